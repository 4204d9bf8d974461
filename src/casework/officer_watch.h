#pragma once
// officer_watch.h - takes over what other programs on the same store have made of the accounts.
//
// Several servers before one PostgreSQL keep the officers in memory, each its own; a role that one
// of them has taken away must not count at another.  Accounts are few (thousands), so all rows are
// compared with what was seen last; how often follows what that costs.  Not thread-safe: one thread
// watches.
#include <chrono>
#include <map>
#include <string>

#include "casework/officers.h"

namespace casework {

class OfficerWatch {
 public:
  // The number of accounts that were taken over; at first all, since one may have been changed
  // while `officers` was loaded.  A row that makes no sense is left as it was, and told once.
  [[nodiscard]] base::Outcome<int> refresh(Store& store, Officers& officers);
  // At most a hundredth of the time, every second at the most: when to call refresh() again.
  [[nodiscard]] std::chrono::steady_clock::time_point next() const { return next_; }

 private:
  struct Seen {
    std::string officer;
    bool active = true;
    friend bool operator==(const Seen&, const Seen&) = default;
  };
  std::map<std::string, Seen> seen_;  // by user name
  std::chrono::steady_clock::time_point next_{};
};

}  // namespace casework
