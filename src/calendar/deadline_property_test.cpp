// Random deadlines against a slow reference that walks minute by minute, and the promises of the
// header.  MOTCUA_SEED repeats a run, MOTCUA_CASES makes it longer.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>

#include <gtest/gtest.h>

#include "base/random.h"
#include "calendar/deadline.h"
#include "calendar/test_calendar.h"

namespace calendar {
namespace {

using std::chrono::days;
using std::chrono::minutes;

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// The minutes of four years, one by one.
class Reference {
 public:
  explicit Reference(const OfficeCalendar& office) : first_(test::on("2025-12-01")) {
    constexpr int kDays = 1461;
    works_.assign(kDays * 1440, 0);
    day_works_.assign(kDays, 0);
    for (int day = 0; day < kDays; ++day) {
      for (const Interval& interval : office.working_intervals(first_ + days{day})) {
        for (int m = interval.from.minutes; m < interval.to.minutes; ++m) {
          works_[static_cast<std::size_t>(day * 1440 + m)] = 1;
          day_works_[static_cast<std::size_t>(day)] = 1;
        }
      }
    }
  }

  // The due instant of a request without restart, with at most one pause that ends.
  [[nodiscard]] Instant due(const DeadlineRequest& asked) const {
    std::size_t at = minute_of(asked.start);
    if (asked.cutoff || asked.limit.unit() == LimitUnit::same_day) {
      const int cutoff = asked.cutoff.value_or(kUsualCutoff).minutes;
      if (!day_works(at / 1440) || static_cast<int>(at % 1440) > cutoff) {
        do {
          at = (at / 1440 + 1) * 1440;
        } while (!day_works(at / 1440));
        while (works_[at] == 0) ++at;
      }
    }
    const LimitUnit unit = asked.limit.unit();
    if (unit == LimitUnit::working_hours) {
      std::int64_t left = asked.limit.working_minutes();
      for (;; ++at) {
        if (works_[at] == 1 && !is_paused(asked, at) && --left == 0) return instant(at + 1);
      }
    }
    int halves = unit == LimitUnit::same_day ? 2 : asked.limit.halves();
    for (std::size_t day = at / 1440 + (unit == LimitUnit::same_day ? 0 : 1);; ++day) {
      const bool wall = unit == LimitUnit::calendar_days;
      if (halves > 0) {
        if ((!wall && !day_works(day)) || day_paused(asked, day, wall)) continue;
        halves -= 2;
        if (halves > 0) continue;
      }
      // The limit has run out; wall days move on to a working day without a pause.
      if (!day_works(day) || day_paused(asked, day, false)) continue;
      if (halves == -1) return half_of(day);
      return end_of(day);
    }
  }

 private:
  [[nodiscard]] std::size_t minute_of(Instant at) const {
    return static_cast<std::size_t>(
        std::chrono::floor<minutes>(at - at_local(first_, TimeOfDay{0})).count());
  }
  [[nodiscard]] Instant instant(std::size_t minute) const {
    return at_local(first_, TimeOfDay{0}) + minutes{static_cast<int>(minute)};
  }
  [[nodiscard]] bool is_paused(const DeadlineRequest& asked, std::size_t minute) const {
    return std::any_of(asked.pauses.begin(), asked.pauses.end(), [&](const Pause& pause) {
      return pause.from <= instant(minute) && instant(minute) < *pause.to;
    });
  }
  [[nodiscard]] bool day_works(std::size_t day) const { return day_works_[day] == 1; }
  [[nodiscard]] bool day_paused(const DeadlineRequest& asked, std::size_t day, bool wall) const {
    if (asked.pauses.empty()) return false;
    for (std::size_t m = day * 1440; m < (day + 1) * 1440; ++m) {
      if ((wall || works_[m] == 1) && is_paused(asked, m)) return true;
    }
    return false;
  }
  [[nodiscard]] Instant end_of(std::size_t day) const {
    std::size_t m = (day + 1) * 1440;
    while (works_[m - 1] == 0) --m;
    return instant(m);
  }
  [[nodiscard]] Instant half_of(std::size_t day) const {
    const auto begin = works_.begin() + static_cast<std::ptrdiff_t>(day * 1440);
    auto left = (std::count(begin, begin + 1440, 1) + 1) / 2;
    std::size_t m = day * 1440;
    for (;; ++m) {
      if (works_[m] == 1 && --left == 0) return instant(m + 1);
    }
  }

  Date first_;
  std::vector<char> works_;
  std::vector<char> day_works_;
};

class Deadlines : public testing::Test {
 protected:
  Deadlines() { std::cout << "seed " << seed_ << ", " << cases_ << " cases\n"; }

  std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }

  Instant moment() {
    return test::at("2026-01-01T00:00") + minutes{static_cast<int>(below(500ULL * 1440))};
  }

  Limit limit() {
    switch (below(4)) {
      case 0:
        return *Limit::of_halves(LimitUnit::working_days, 1 + static_cast<int>(below(50)));
      case 1:
        return *Limit::of_halves(LimitUnit::working_hours, 1 + static_cast<int>(below(200)));
      case 2:
        return *Limit::of_halves(LimitUnit::calendar_days, 2 + 2 * static_cast<int>(below(60)));
      default:
        return *Limit::parse("same-day");
    }
  }

  DeadlineRequest request() {
    DeadlineRequest asked{.start = moment(), .limit = limit()};
    if (below(2) == 0) asked.cutoff = kUsualCutoff;
    if (below(2) == 0) add_pause(asked);
    return asked;
  }

  void add_pause(DeadlineRequest& asked) {
    const Instant from = asked.start + minutes{static_cast<int>(below(20000))};
    asked.pauses.push_back(
        {from, from + minutes{static_cast<int>(below(10000))}, PauseReason::supplement});
  }

  [[nodiscard]] static std::string shown(const DeadlineRequest& asked) {
    std::string text = to_iso(asked.start) + " + " + asked.limit.text();
    if (asked.cutoff) text += " cut-off " + to_text(*asked.cutoff);
    for (const Pause& pause : asked.pauses) {
      text += " pause " + to_iso(pause.from) + " to " + to_iso(*pause.to);
    }
    return text;
  }

  const std::uint64_t seed_ = from_environment("MOTCUA_SEED", 20260820);
  const std::uint64_t cases_ = from_environment("MOTCUA_CASES", 20000);
  base::SeededRandom random_{seed_};
  const OfficeCalendar office_ = test::office();
};

TEST_F(Deadlines, AgreeWithAMinuteByMinuteReference) {
  const Reference reference(office_);
  for (std::uint64_t i = 0; i < cases_ / 20; ++i) {
    const DeadlineRequest asked = request();
    const auto result = deadline(asked, office_);
    ASSERT_TRUE(result.has_value()) << shown(asked);
    ASSERT_EQ(to_iso(*result->due), to_iso(reference.due(asked))) << shown(asked);
  }
}

TEST_F(Deadlines, NeverMoveBackwardsWhenTheLimitGrows) {
  for (std::uint64_t i = 0; i < cases_; ++i) {
    const DeadlineRequest asked = request();
    if (asked.limit.unit() == LimitUnit::same_day) continue;
    DeadlineRequest longer = asked;
    const int more = 2 * static_cast<int>(1 + below(10)) -
                     (asked.limit.unit() == LimitUnit::calendar_days ? 0 : 1);
    longer.limit = *Limit::of_halves(asked.limit.unit(), asked.limit.halves() + more);
    ASSERT_GE(*deadline(longer, office_)->due, *deadline(asked, office_)->due) << shown(asked);
  }
}

TEST_F(Deadlines, NeverMoveBackwardsByAPause) {
  for (std::uint64_t i = 0; i < cases_; ++i) {
    DeadlineRequest asked = request();
    asked.pauses.clear();
    DeadlineRequest paused = asked;
    add_pause(paused);
    DeadlineRequest paused_longer = paused;
    *paused_longer.pauses[0].to += minutes{static_cast<int>(below(5000))};
    const Instant due = *deadline(asked, office_)->due;
    const Instant later = *deadline(paused, office_)->due;
    ASSERT_GE(later, due) << shown(paused);
    ASSERT_GE(*deadline(paused_longer, office_)->due, later) << shown(paused_longer);
  }
}

TEST_F(Deadlines, NeverMoveBackwardsByAnotherDayOff) {
  for (std::uint64_t office_number = 0; office_number < 20; ++office_number) {
    OfficeSchedule schedule = default_schedule();
    const Date off = test::on("2026-01-01") + days{static_cast<int>(below(500))};
    schedule.closures.push_back(
        {off, off + days{static_cast<int>(below(4))}, std::nullopt, {"Nghỉ", "Closed"}, ""});
    const OfficeCalendar closed = test::office(schedule);
    for (std::uint64_t i = 0; i < cases_ / 20; ++i) {
      const DeadlineRequest asked = request();
      ASSERT_GE(*deadline(asked, closed)->due, *deadline(asked, office_)->due)
          << shown(asked) << " closed on " << to_iso(off);
    }
  }
}

TEST_F(Deadlines, LieAtTheEndOfWorkingTime) {
  for (std::uint64_t i = 0; i < cases_; ++i) {
    const DeadlineRequest asked = request();
    const Instant due = *deadline(asked, office_)->due;
    ASSERT_GT(due, asked.start) << shown(asked);
    ASSERT_EQ(working_minutes_between(due - minutes{1}, due, office_), 1) << shown(asked);
  }
}

}  // namespace
}  // namespace calendar
