#include "party/officer.h"

#include <algorithm>

namespace party {

bool Officer::has_role(Role role) const {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

bool Officer::is_active_on(calendar::Date on) const {
  return (!active_from || *active_from <= on) && (!active_to || on <= *active_to);
}

bool Officer::is_absent_at(calendar::Instant at) const {
  return std::ranges::any_of(
      absences, [at](const Absence& away) { return away.from <= at && at < away.until; });
}

bool Officer::answers_for(const AgencyId& asked) const {
  return asked == agency || std::ranges::find(takes_over, asked) != takes_over.end();
}

}  // namespace party
