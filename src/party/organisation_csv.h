#pragma once
// organisation_csv.h - an organisation as text; the format is in docs/formats/organisation-csv.md.
#include <string>
#include <string_view>

#include "base/fault.h"
#include "party/organisation.h"

namespace party {

// At most 16 MiB.  Fault `invalid` names the line.
[[nodiscard]] base::Outcome<Organisation> parse_organisation_csv(std::string_view text);
// What the parser reads, without the head comment.
[[nodiscard]] std::string to_csv(const Organisation& organisation);

}  // namespace party
