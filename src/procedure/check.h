#pragma once
// check.h - static checks of a procedure: what can be known to be wrong before the first dossier.
#include "form/definition_problem.h"
#include "form/dictionary.h"
#include "procedure/package.h"
#include "procedure/procedure.h"

namespace procedure {

// Every reachable user task has a role, an outcome and a limit; the limits of the counted steps
// along the main path (the first way forward at each gateway) make up the internal total, which is
// not longer than the published limit; the last case takes all the rest; every decision, template
// and dictionary code that is named exists; every case has its fees.
[[nodiscard]] form::DefinitionProblems check(const Procedure& procedure,
                                             const form::Dictionary& dictionary,
                                             const PackageFiles& files);

}  // namespace procedure
