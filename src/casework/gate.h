#pragma once
// gate.h - may this officer do this to this dossier?  The use cases' way to party::may.
#include "casework/failure.h"
#include "casework/workplace.h"
#include "dossier/dossier.h"
#include "party/authority.h"

namespace casework {

// With a task: the task's agency, role and holder.  Without: the agency where the work lies (that
// of the oldest open task, else the competent one).
[[nodiscard]] party::Verdict may_act(const party::Officer& officer, party::Action action,
                                     const dossier::Dossier& dossier, const dossier::Task* task,
                                     Instant at);

// Any agency that takes part in the dossier will do: for seeing it, payments, printing.
[[nodiscard]] party::Verdict may_at_any_part(const party::Officer& officer, party::Action action,
                                             const dossier::Dossier& dossier, Instant at);

// The competent agency alone: for what its head signs.
[[nodiscard]] party::Verdict may_for_agency(const party::Officer& officer, party::Action action,
                                            const dossier::Dossier& dossier, Instant at);

[[nodiscard]] Answer<base::Done> require(const party::Verdict& verdict);

}  // namespace casework
