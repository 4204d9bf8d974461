#pragma once
// account_reach.h - whether somebody administers an officer wherever that officer stands.
//
// An account opens more than the unit it was made in: its identity number brings the posts of the
// roster, main and second, those that lie ahead too, and it may hold grants, delegations and
// absences elsewhere.  Whoever decides who gets in by it (its number, its password, its factors)
// decides on all of that.
#include "casework/failure.h"
#include "casework/officers.h"
#include "casework/organisation_register.h"

namespace casework {

// As he would stand now if his account said this: his post by his number, and what comes with that;
// not what he was given by name.
[[nodiscard]] party::Officer as_written_now(const Officers& officers, party::Officer written);

// The agencies at which he stands, or will, as his account says or would say; of agencies that are
// no more their heirs.  What comes to everybody at his agency in his roles comes with the agency.
// `organisations`: none where the organisation is fixed.
[[nodiscard]] std::vector<party::AgencyId> places_of(const Officers& officers,
                                                     const OrganisationRegister* organisations,
                                                     const party::Officer& account, Instant at);

// Failure `holds-more-elsewhere` (forbidden): at one of those places `by` does not administer.
[[nodiscard]] Answer<base::Done> may_manage_everywhere(const party::Officer& by,
                                                       const Officers& officers,
                                                       const OrganisationRegister* organisations,
                                                       const party::Officer& account, Instant at);

}  // namespace casework
