#pragma once
// draft_form.h - the default form of a draft: who applies, how to reach him, what is asked.
//
// Internal to the drafts.
#include <string>
#include <vector>

#include "base/json.h"
#include "catalogue/draft_policy.h"
#include "catalogue/entry.h"
#include "procedure/procedure.h"

namespace catalogue {

// A case as the draft has it: the question `request_case` chooses it by its id.
struct DraftCase {
  std::string id;
  Bilingual name;
};

// Text of form.yaml.  `fee_field`: lines of DraftFees::field.
[[nodiscard]] std::string draft_form(const Entry& entry, procedure::Level level,
                                     const std::vector<DraftCase>& cases,
                                     const std::string& fee_field, const DraftPolicy& policy);

// Id of the field that names the commune, where a commune decides.
inline constexpr const char* kPlaceField = "place_commune";
inline constexpr const char* kCaseField = "request_case";

}  // namespace catalogue
