#pragma once
// process_test.h - plays all scenarios of a package, each in an office of its own, and says what
// came of it.
#include "casework/publications.h"
#include "cli/rehearsal_office.h"
#include "procedure/package.h"
#include "rehearsal/run_record.h"

namespace cli {

// Thread-safe.  Fault `invalid` when a scenario cannot be read: file, line, what and remedy.
[[nodiscard]] base::Outcome<rehearsal::RunRecord> run_process_test(
    const casework::ProcedurePtr& procedure, const procedure::PackageFiles& files,
    const RehearsalSurroundings& around);

}  // namespace cli
