#pragma once
// authority_gate.h - who may record which grant, delegation or absence, and who may see it.
//
// Nobody in his own favour.  An administrator within his unit; a leader or head his own authority;
// an officer his own absence.  Everybody else: no.
#include "casework/failure.h"
#include "casework/workplace.h"
#include "party/authority_entry.h"

namespace casework {

[[nodiscard]] Answer<base::Done> may_record(const Workplace& workplace, const party::Officer& by,
                                            const party::AuthorityEntry& entry, Instant at);
[[nodiscard]] Answer<base::Done> may_revoke(const Workplace& workplace, const party::Officer& by,
                                            const party::AuthorityEntry& entry, Instant at);
// It concerns him or his agency, or an agency below his where he answers for those.
[[nodiscard]] bool may_see(const Workplace& workplace, const party::Officer& by,
                           const party::AuthorityEntry& entry, Instant at);

}  // namespace casework
