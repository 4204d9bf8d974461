// lint_results.cpp - result documents without a code, or with one that is none.
#include "catalogue/finding_text.h"
#include "catalogue/lint_rules.h"

namespace catalogue {

void lint_results(const Entry& entry, std::vector<Finding>& found) {
  if (entry.results.empty()) {
    found.push_back(finding_about(entry, FindingKind::result_missing, "results", ""));
  }
  for (std::size_t i = 0; i < entry.results.size(); ++i) {
    const StatedResult& result = entry.results[i];
    const std::string where = "results/" + std::to_string(i);
    if (result.code.empty()) {
      found.push_back(finding_about(entry, FindingKind::result_without_code, where, result.name));
    } else if (!result.code_understood) {
      found.push_back(
          finding_about(entry, FindingKind::result_code_unknown_form, where, result.code));
    }
  }
}

}  // namespace catalogue
