#pragma once
// staffing.h - everybody with an account over some days, by the posts that are registered.
#include <cstdint>
#include <vector>

#include "casework/organisation_day.h"
#include "casework/workplace.h"
#include "insight/staff.h"

namespace insight {

// `first`: the organisation of the first day, which is that of all of them; null where none is
// registered: everybody stays as he is.  `begins_now`: the period begins today, when everybody is
// as he is seen at this moment.
[[nodiscard]] std::vector<StaffMemberPtr> staff_over(const casework::Workplace& workplace,
                                                     const casework::OrganisationDay* first,
                                                     const Period& period, bool begins_now);

// Of everything about a member that coverage reads.
[[nodiscard]] std::uint64_t fingerprint_of(const StaffMember& member);

}  // namespace insight
