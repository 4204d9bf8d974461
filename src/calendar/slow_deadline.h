#pragma once
// slow_deadline.h - the statutory clock a second time, minute by minute, for the tests.
//
// Slow and obvious: it knows of an office only which minutes are worked, and shares no code with
// deadline().
#include <optional>
#include <vector>

#include "calendar/deadline.h"

namespace calendar::test {

struct SlowAnswer {
  bool refused = false;
  std::optional<Instant> due{};  // none while an open pause lasts
  std::int64_t remaining_halves = 0;
  std::int64_t remaining_minutes = 0;
};

// The minutes of six years from December 2025, one by one.  Requests must lie well inside, begin
// and pause on whole minutes.
class SlowDeadline {
 public:
  explicit SlowDeadline(const OfficeCalendar& office) {
    works_.assign(kDays * 1440, 0);
    day_works_.assign(kDays, 0);
    for (std::size_t day = 0; day < kDays; ++day) {
      for (const Interval& interval : office.working_intervals(date(day))) {
        for (int m = interval.from.minutes; m < interval.to.minutes; ++m) {
          works_[day * 1440 + static_cast<std::size_t>(m)] = 1;
          day_works_[day] = 1;
        }
      }
    }
  }

  [[nodiscard]] SlowAnswer answer(const DeadlineRequest& asked) {
    if (contradicts_itself(asked)) return {.refused = true};
    const std::size_t begins = minute_of(asked.restart.value_or(asked.start));
    take_pauses(asked.pauses, begins);
    const std::size_t at = rolled_over(begins, asked);
    switch (asked.limit.unit()) {
      case LimitUnit::working_hours:
        return hours(at, asked.limit.working_minutes());
      case LimitUnit::same_day:
        return working_days(at / 1440, 2);
      case LimitUnit::working_days:
        return working_days(at / 1440 + 1, asked.limit.halves());
      case LimitUnit::calendar_days: {
        const std::size_t event = at / 1440;
        return wall_days(event, event, event + static_cast<std::size_t>(asked.limit.halves()) / 2);
      }
      case LimitUnit::months:
        return wall_days(begins / 1440, at / 1440, corresponding(at / 1440, 1, asked.limit));
      case LimitUnit::years:
        return wall_days(begins / 1440, at / 1440, corresponding(at / 1440, 12, asked.limit));
    }
    return {};
  }

  // Working minutes of [from, to), counted one by one.
  [[nodiscard]] std::int64_t minutes_between(Instant from, Instant to) const {
    std::int64_t sum = 0;
    for (std::size_t m = minute_of(from); m < minute_of(to); ++m) sum += works_[m];
    return sum;
  }
  [[nodiscard]] bool works_at(Instant minute) const { return works_[minute_of(minute)] == 1; }
  [[nodiscard]] bool works_on(Date on) const {
    return day_works_[static_cast<std::size_t>((on - kFirst).count())] == 1;
  }

 private:
  static constexpr std::size_t kDays = 2192;
  static constexpr Date kFirst{std::chrono::year{2025} / 12 / 1};
  struct Stretch {
    std::size_t from;
    std::size_t to;
  };

  [[nodiscard]] static Date date(std::size_t day) {
    return kFirst + std::chrono::days{static_cast<int>(day)};
  }
  [[nodiscard]] static std::size_t minute_of(Instant at) {
    return static_cast<std::size_t>(
        std::chrono::floor<std::chrono::minutes>(at - at_local(kFirst, TimeOfDay{0})).count());
  }
  [[nodiscard]] static Instant instant(std::size_t minute) {
    return at_local(kFirst, TimeOfDay{0}) + std::chrono::minutes{static_cast<int>(minute)};
  }
  [[nodiscard]] static bool contradicts_itself(const DeadlineRequest& asked) {
    for (std::size_t i = 0; i < asked.pauses.size(); ++i) {
      const Pause& a = asked.pauses[i];
      if (a.to && *a.to < a.from) return true;
      for (std::size_t j = 0; j < asked.pauses.size(); ++j) {
        const Pause& b = asked.pauses[j];
        if (i == j || a.to == a.from || b.to == b.from) continue;
        // b begins inside a.
        if (b.from >= a.from && (!a.to || b.from < *a.to)) return true;
      }
    }
    return asked.restart && *asked.restart < asked.start;
  }
  void take_pauses(const std::vector<Pause>& pauses, std::size_t begins) {
    pauses_.clear();
    for (const Pause& pause : pauses) {
      const std::size_t to = pause.to ? minute_of(*pause.to) : works_.size();
      const std::size_t from = std::max(begins, minute_of(pause.from));
      if (from < to) pauses_.push_back({from, to});
    }
  }
  [[nodiscard]] bool paused(std::size_t minute) const {
    for (const Stretch& pause : pauses_) {
      if (pause.from <= minute && minute < pause.to) return true;
    }
    return false;
  }
  // Is any minute of the day (any working minute of it) paused?
  [[nodiscard]] bool day_paused(std::size_t day, bool working_only) const {
    for (const Stretch& pause : pauses_) {
      const std::size_t to = std::min(pause.to, (day + 1) * 1440);
      for (std::size_t m = std::max(pause.from, day * 1440); m < to; ++m) {
        if (!working_only || works_[m] == 1) return true;
      }
    }
    return false;
  }

  [[nodiscard]] std::size_t rolled_over(std::size_t at, const DeadlineRequest& asked) const {
    const bool same_day = asked.limit.unit() == LimitUnit::same_day;
    if (!asked.cutoff && !same_day) return at;
    const int cutoff = asked.cutoff.value_or(kUsualCutoff).minutes;
    bool in_time = day_works_[at / 1440] == 1 && static_cast<int>(at % 1440) <= cutoff;
    if (in_time && same_day) {
      // Is there a working minute left today?
      in_time = false;
      for (std::size_t m = at; m < (at / 1440 + 1) * 1440; ++m) in_time = in_time || works_[m] == 1;
    }
    if (in_time) return at;
    std::size_t next = (at / 1440 + 1) * 1440;
    while (works_[next] == 0) ++next;
    return next;
  }
  [[nodiscard]] SlowAnswer hours(std::size_t at, std::int64_t left) const {
    for (; at < works_.size(); ++at) {
      if (works_[at] == 1 && !paused(at) && --left == 0) return {.due = instant(at + 1)};
    }
    return {.remaining_minutes = left};
  }
  [[nodiscard]] SlowAnswer working_days(std::size_t day, int halves) const {
    for (; day < kDays; ++day) {
      if (day_works_[day] == 0 || day_paused(day, true)) continue;
      if (halves == 1) return {.due = half_of(day)};
      halves -= 2;
      if (halves == 0) return {.due = end_of(day)};
    }
    return {.remaining_halves = halves};
  }
  // Every paused day after `base` puts `last` off by one.
  [[nodiscard]] SlowAnswer wall_days(std::size_t base, std::size_t event, std::size_t last) const {
    for (std::size_t day = base + 1; day <= last; ++day) {
      if (!day_paused(day, false)) continue;
      if (only_open_pause(day)) {
        return {.remaining_halves = 2 * static_cast<std::int64_t>(last - std::max(day - 1, event))};
      }
      ++last;
    }
    for (; last < kDays; ++last) {
      if (day_works_[last] == 1 && !day_paused(last, true)) return {.due = end_of(last)};
    }
    return {};
  }
  [[nodiscard]] bool only_open_pause(std::size_t day) const {
    for (const Stretch& pause : pauses_) {
      const bool touches = pause.from < (day + 1) * 1440 && pause.to > day * 1440;
      if (touches && pause.to != works_.size()) return false;
    }
    return true;
  }
  [[nodiscard]] static std::size_t corresponding(std::size_t event, int months,
                                                 const Limit& limit) {
    const std::chrono::year_month_day from{date(event)};
    int year = static_cast<int>(from.year());
    int month = static_cast<int>(static_cast<unsigned>(from.month()));
    for (int i = 0; i < months * limit.halves() / 2; ++i) {
      if (++month == 13) {
        month = 1;
        ++year;
      }
    }
    int day = static_cast<int>(static_cast<unsigned>(from.day()));
    while (!make_date(year, month, day)) --day;
    return static_cast<std::size_t>((*make_date(year, month, day) - kFirst).count());
  }
  [[nodiscard]] Instant end_of(std::size_t day) const {
    std::size_t m = (day + 1) * 1440;
    while (works_[m - 1] == 0) --m;
    return instant(m);
  }
  [[nodiscard]] Instant half_of(std::size_t day) const {
    int whole = 0;
    for (std::size_t m = day * 1440; m < (day + 1) * 1440; ++m) whole += works_[m];
    int left = (whole + 1) / 2;
    std::size_t m = day * 1440;
    for (;; ++m) {
      if (works_[m] == 1 && --left == 0) return instant(m + 1);
    }
  }

  std::vector<char> works_;
  std::vector<char> day_works_;
  std::vector<Stretch> pauses_;
};

}  // namespace calendar::test
