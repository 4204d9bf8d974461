#pragma once
// staff.h - the people that coverage counts, and the time it looks at.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "calendar/instant.h"
#include "party/officer.h"

namespace insight {

using calendar::Instant;

// [from, until)
struct Period {
  Instant from{};
  Instant until{};

  [[nodiscard]] bool is_empty() const { return until <= from; }
  [[nodiscard]] bool holds(Instant at) const { return from <= at && at < until; }
  friend bool operator==(const Period&, const Period&) = default;
};
[[nodiscard]] inline Period both(const Period& one, const Period& other) {
  return {std::max(one.from, other.from), std::min(one.until, other.until)};
}

struct StaffMember {
  party::Officer officer;
  bool account_active = true;
};
using StaffMemberPtr = std::shared_ptr<const StaffMember>;

}  // namespace insight
