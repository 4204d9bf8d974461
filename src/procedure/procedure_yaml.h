#pragma once
// procedure_yaml.h - reads procedure.yaml, the part of a package that is neither form, process nor
// decision.  Internal to procedure; docs/formats/procedure.md is the format.
#include <string>
#include <string_view>

#include "form/definition_problem.h"
#include "procedure/procedure.h"
#include "procedure/tree.h"

namespace procedure {

// Fills what the file says; what it cannot read is a problem and stays empty.
[[nodiscard]] Procedure read_procedure_yaml(std::string_view text, const std::string& file,
                                            form::DefinitionProblems& problems);

// The same of a file that has been read already; problems have no lines.
[[nodiscard]] Procedure read_procedure_tree(const Tree& root, const std::string& file,
                                            form::DefinitionProblems& problems);

}  // namespace procedure
