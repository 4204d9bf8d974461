#include "bpmn/finding.h"

#include <algorithm>

namespace bpmn {

bool has_error(const std::vector<Finding>& findings) {
  return std::ranges::any_of(findings,
                             [](const Finding& f) { return f.severity == Severity::error; });
}

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "";
}

std::string to_text(const Finding& finding) {
  std::string text;
  if (finding.line > 0) text += std::to_string(finding.line) + ": ";
  text += to_string(finding.severity);
  text += ": ";
  if (!finding.element.empty()) text += finding.element + ": ";
  return text + finding.message;
}

}  // namespace bpmn
