#pragma once
// staffing.h - everybody with an account over some days, by the posts that are registered.
#include <cstdint>
#include <vector>

#include "casework/organisation_day.h"
#include "casework/workplace.h"
#include "insight/demand_reading.h"
#include "insight/staff.h"

namespace insight {

// What people are seen by.  Whoever changes it sees what would be.
struct StaffSources {
  std::vector<casework::OfficerAccountPtr> accounts;  // as written
  AuthorityPtr entries;
  Instant now{};
  // What has lost its post by now ends now.  Else that is left to
  // casework::end_what_lost_its_post(), which records it within seconds.
  bool ends_at_once = false;
};
[[nodiscard]] StaffSources sources_of(const casework::Workplace& workplace);

// `first`: the organisation of the first day, which is that of all of them; null where none is
// registered: everybody stays as he is.
[[nodiscard]] std::vector<StaffMemberPtr> staff_over(const StaffSources& sources,
                                                     const casework::OrganisationDay* first,
                                                     const Period& period);

// Of everything about a member that coverage reads.
[[nodiscard]] std::uint64_t fingerprint_of(const StaffMember& member);

}  // namespace insight
