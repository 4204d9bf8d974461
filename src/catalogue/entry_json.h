#pragma once
// entry_json.h - an Entry as JSON and back, for the store (docs/formats/catalogue.md).
#include "base/fault.h"
#include "base/json.h"
#include "catalogue/entry.h"
#include "catalogue/finding.h"
#include "catalogue/lint.h"

namespace catalogue {

[[nodiscard]] base::json::object to_json(const Entry& entry);
// Fault `corrupt` where it is not what to_json writes.
[[nodiscard]] base::Outcome<Entry> read_entry(const base::json::value& json);
[[nodiscard]] base::json::object to_json(const Finding& finding);
[[nodiscard]] base::json::object to_json(const Decision& decision);
[[nodiscard]] base::Outcome<Decision> read_decision(const base::json::value& json);

// Hash of the published content: of the page's record and of the list row beside it.  `body` of a
// definition is unchanged while this is.
[[nodiscard]] std::string definition_digest(const Entry& entry);

}  // namespace catalogue
