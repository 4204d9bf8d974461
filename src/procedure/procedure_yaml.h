#pragma once
// procedure_yaml.h - reads procedure.yaml, the part of a package that is neither form, process nor
// decision.  Internal to procedure; docs/formats/procedure.md is the format.
#include <string>
#include <string_view>

#include "form/definition_problem.h"
#include "procedure/procedure.h"

namespace procedure {

// Fills what the file says; what it cannot read is a problem and stays empty.
[[nodiscard]] Procedure read_procedure_yaml(std::string_view text, const std::string& file,
                                            form::DefinitionProblems& problems);

}  // namespace procedure
