#include "procedure/authority.h"

namespace procedure {

std::string_view to_text(Authority::Rule rule) {
  switch (rule) {
    case Authority::Rule::commune_of_place:
      return "commune_of_place";
    case Authority::Rule::lead_and_committee:
      return "lead_and_committee";
    case Authority::Rule::agency:
      return "agency";
    case Authority::Rule::decision:
      return "decision";
  }
  return "";
}

std::optional<Authority::Rule> find_authority_rule(std::string_view text) {
  for (const Authority::Rule rule :
       {Authority::Rule::commune_of_place, Authority::Rule::lead_and_committee,
        Authority::Rule::agency, Authority::Rule::decision}) {
    if (to_text(rule) == text) return rule;
  }
  return std::nullopt;
}

}  // namespace procedure
