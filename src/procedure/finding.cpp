#include "procedure/finding.h"

#include <algorithm>

namespace procedure {

std::string_view to_text(Severity severity) {
  return severity == Severity::error ? "error" : "warning";
}

bool has_error(const Findings& findings) {
  return std::ranges::any_of(findings,
                             [](const Finding& one) { return one.severity == Severity::error; });
}

Findings to_findings(const form::DefinitionProblems& problems) {
  Findings findings;
  for (const form::DefinitionProblem& one : problems) {
    findings.push_back({Severity::error, one.file, one.line, one.message, one.remedy});
  }
  return findings;
}

std::string to_text(const Finding& finding) {
  std::string text = finding.file + ":" + std::to_string(finding.line) + ": ";
  text.append(to_text(finding.severity)).append(": ").append(finding.message);
  if (!finding.remedy.empty()) text.append(" -> ").append(finding.remedy);
  return text;
}

}  // namespace procedure
