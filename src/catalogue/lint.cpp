#include "catalogue/lint.h"

#include <set>
#include <string>

#include "catalogue/lint_rules.h"

namespace catalogue {

std::vector<Finding> lint(const Entry& entry) {
  std::vector<Finding> found;
  lint_identity(entry, found);
  if (!entry.list_only) {
    lint_limits(entry, found);
    lint_fees(entry, found);
    lint_components(entry, found);
    lint_results(entry, found);
  }
  if (found.size() > static_cast<std::size_t>(kFindingsMax)) found.resize(kFindingsMax);
  // The same fault of the same text twice: told apart by their order.
  std::set<std::string> ids;
  for (Finding& finding : found) {
    const std::string id = finding.id;
    for (int n = 2; !ids.insert(finding.id).second; ++n) finding.id = id + "-" + std::to_string(n);
  }
  return found;
}

}  // namespace catalogue
