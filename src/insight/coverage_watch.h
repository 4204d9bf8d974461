#pragma once
// coverage_watch.h - coverage as it is now, kept up with what changes.
//
// Whoever asks gets the answer of this moment: what has changed since (officers, what they hold,
// what is published, the organisation, the day) is taken in first, as far as possible without
// counting the rest anew.  Thread-safe; a view stays as it was.
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "casework/workplace.h"
#include "insight/coverage.h"
#include "insight/demand_reading.h"

namespace insight {

// How far ahead gaps are looked for.
inline constexpr std::chrono::days kForesight{90};

struct CoverageView {
  std::shared_ptr<const party::Organisation> organisation;
  std::shared_ptr<const Coverage> coverage;
  std::int64_t number = 0;  // grows with every change
  std::chrono::microseconds took{0};
  std::map<std::string, std::string> troubles{};  // procedures that could not be read
};
using CoverageViewPtr = std::shared_ptr<const CoverageView>;

class CoverageWatch {
 public:
  explicit CoverageWatch(casework::Workplace& workplace) : workplace_(workplace) {}

  [[nodiscard]] base::Outcome<CoverageViewPtr> now();
  // For a day beyond the foresight, or gone by: counted for that day, by the officers, the
  // organisation and the publications as they are known today.
  [[nodiscard]] base::Outcome<CoverageViewPtr> on(calendar::Date day);

  [[nodiscard]] AuthorityPtr authority() const { return workplace_.authority->now(); }

  // What the view would be if these were in force: for foreseeing.  `take` is given the reader
  // under the watch's lock.
  using TakeDemands = std::function<void(DemandReader& reader, const Period& period)>;
  [[nodiscard]] base::Outcome<base::Done> read_demands(const TakeDemands& take);

 private:
  [[nodiscard]] base::Outcome<base::Done> refresh();
  [[nodiscard]] base::Outcome<base::Done> begin_anew(const Period& period);
  [[nodiscard]] base::Outcome<std::set<std::string>> codes() const;
  [[nodiscard]] std::string signature_of(const std::string& code) const;
  [[nodiscard]] base::Outcome<bool> take_procedures(Changes& changes);
  [[nodiscard]] bool take_staff(Changes& changes);
  [[nodiscard]] std::string moves_now() const;
  void put(Coverage coverage, std::chrono::steady_clock::time_point begun);

  casework::Workplace& workplace_;
  std::mutex mutex_;
  const party::Organisation* seen_organisation_ = nullptr;
  casework::CompetenceModelPtr seen_table_;
  AuthorityPtr seen_authority_;
  std::string seen_moves_;  // of the decisions of phân cấp, and which of them count now
  std::shared_ptr<const party::Organisation> organisation_;
  std::unique_ptr<DemandReader> reader_;
  std::int64_t seen_sequence_ = -1;
  std::map<std::string, std::string> signatures_;      // of what is published, by code
  std::map<std::string, std::uint64_t> fingerprints_;  // of officers, by id
  CoverageViewPtr view_;
};

// Everybody with an account, as he is now.
[[nodiscard]] std::vector<StaffMemberPtr> staff_of(const casework::Workplace& workplace);

}  // namespace insight
