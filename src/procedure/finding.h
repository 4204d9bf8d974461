#pragma once
// finding.h - what a package's designer is told: where, what is wrong, what to write instead.
#include <string>
#include <string_view>
#include <vector>

#include "form/definition_problem.h"

namespace procedure {

enum class Severity {
  error,    // it cannot be published like this
  warning,  // worth a second look; never stops anything
};

struct Finding {
  Severity severity = Severity::error;
  std::string file;     // name within the package
  int line = 0;         // first line is 1; 0 when the whole file is meant
  std::string message;  // what is wrong
  std::string remedy;   // what to write instead

  friend bool operator==(const Finding&, const Finding&) = default;
};

using Findings = std::vector<Finding>;

[[nodiscard]] std::string_view to_text(Severity severity);
[[nodiscard]] bool has_error(const Findings& findings);
// Reading problems are errors.
[[nodiscard]] Findings to_findings(const form::DefinitionProblems& problems);
// "procedure.yaml:12: error: message -> remedy".
[[nodiscard]] std::string to_text(const Finding& finding);

}  // namespace procedure
