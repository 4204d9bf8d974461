#pragma once
// reach.h - the steps of a procedure that some dossier can come to.
#include <vector>

#include "procedure/procedure.h"

namespace insight {

// In the order of the process.  A step behind no flow at all is not among them; one behind a
// condition is, whatever the condition says.
[[nodiscard]] std::vector<const procedure::Step*> reachable_steps(
    const procedure::Procedure& procedure);

}  // namespace insight
