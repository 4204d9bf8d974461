#pragma once
// lint_rules.h - the rules of lint.h by what they look at.
#include <vector>

#include "catalogue/entry.h"
#include "catalogue/finding.h"

namespace catalogue {

void lint_identity(const Entry& entry, std::vector<Finding>& found);
void lint_limits(const Entry& entry, std::vector<Finding>& found);
void lint_fees(const Entry& entry, std::vector<Finding>& found);
void lint_components(const Entry& entry, std::vector<Finding>& found);
void lint_results(const Entry& entry, std::vector<Finding>& found);

}  // namespace catalogue
