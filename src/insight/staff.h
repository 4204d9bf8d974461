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
inline constexpr Period kAlways{Instant::min(), Instant::max()};
[[nodiscard]] inline Period both(const Period& one, const Period& other) {
  return {std::max(one.from, other.from), std::min(one.until, other.until)};
}

// Somebody over the time in which he is as `officer` says: whose main post changes is there once
// for every post.
struct StaffMember {
  party::Officer officer;
  bool account_active = true;
  Period holds = kAlways;

  // Unlike any other's: the officer's id, then of what he becomes later the moment.
  [[nodiscard]] std::string key() const {
    if (holds.from == Instant::min()) return officer.id.text;
    return officer.id.text + kLater + calendar::to_iso(holds.from);
  }
  static constexpr char kLater = '\n';
};
using StaffMemberPtr = std::shared_ptr<const StaffMember>;

}  // namespace insight
