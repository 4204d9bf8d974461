#include "casework/officer_watch.h"

#include <algorithm>

namespace casework {

base::Outcome<int> OfficerWatch::refresh(Store& store, Officers& officers) {
  constexpr int kShare = 100;
  const auto begun = std::chrono::steady_clock::now();
  int changed = 0;
  std::string trouble;
  for (const AccountRow& row : TRY(store.accounts())) {
    Seen now{.officer = row.officer, .active = row.active};
    Seen& before = seen_[row.username];
    if (before == now) continue;
    before = std::move(now);
    auto officer = [&]() -> base::Outcome<party::Officer> {
      const base::json::value json = TRY(base::parse_json(row.officer));
      return read_officer(json);
    }();
    if (!officer) {
      trouble += "account " + row.username + ": " + officer.error().message + "; ";
      continue;
    }
    officers.remember(row, *std::move(officer));
    ++changed;
  }
  const auto ended = std::chrono::steady_clock::now();
  next_ = ended + std::max<std::chrono::nanoseconds>(std::chrono::milliseconds{900},
                                                     (ended - begun) * kShare);
  if (!trouble.empty()) return base::fault(base::FaultCode::invalid, std::move(trouble));
  return changed;
}

}  // namespace casework
