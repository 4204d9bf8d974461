#pragma once
// authority_gate.h - who may record which grant, delegation or absence, and who may see it.
//
// Nobody in his own favour.  An administrator within his unit, whoever it is taken from; a leader
// or head his own authority; an officer his own absence.  Everybody else: no.
#include <optional>
#include <vector>

#include "casework/failure.h"
#include "casework/workplace.h"
#include "party/authority_entry.h"

namespace casework {

[[nodiscard]] Answer<base::Done> may_record(const Workplace& workplace, const party::Officer& by,
                                            const party::AuthorityEntry& entry, Instant at);
// Where what the absent officer holds beyond his post goes to his deputy: everywhere (nothing) when
// he records his absence himself, else where it is the recorder's to give.
[[nodiscard]] std::optional<std::vector<party::AgencyId>> passes_on_at(
    const Workplace& workplace, const party::Officer& by, const party::AuthorityEntry& entry,
    Instant at);
[[nodiscard]] Answer<base::Done> may_revoke(const Workplace& workplace, const party::Officer& by,
                                            const party::AuthorityEntry& entry, Instant at);
// It concerns him or his agency, or an agency below his where he answers for those.
[[nodiscard]] bool may_see(const Workplace& workplace, const party::Officer& by,
                           const party::AuthorityEntry& entry, Instant at);

}  // namespace casework
