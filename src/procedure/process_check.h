#pragma once
// process_check.h - is the process of a package sound, and does every outcome lead somewhere of its
// own?  Internal to procedure.
#include "procedure/package_findings.h"
#include "procedure/procedure.h"

namespace procedure {

void check_process(const Procedure& procedure, const PackageFiles& files,
                   PackageFindings& findings);

}  // namespace procedure
