#pragma once
// step_bpmn.h - reads the steps of a process from the extension attributes of its user tasks.
// Internal to procedure; docs/formats/procedure.md has the table of attributes.
#include <string>
#include <vector>

#include "bpmn/process.h"
#include "form/definition_problem.h"
#include "procedure/step.h"

namespace procedure {

// One step for each user task, in document order; what is missing or misspelt is a problem.
[[nodiscard]] std::vector<Step> read_steps(const bpmn::Process& process, const std::string& file,
                                           form::DefinitionProblems& problems);

}  // namespace procedure
