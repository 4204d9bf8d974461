// Random deadlines against a slow reference that walks minute by minute (slow_deadline.h), and the
// promises of deadline.h.  MOTCUA_SEED repeats a run, MOTCUA_CASES makes it longer.
#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <string>

#include <gtest/gtest.h>

#include "base/random.h"
#include "calendar/deadline.h"
#include "calendar/slow_deadline.h"
#include "calendar/test_calendar.h"

namespace calendar {
namespace {

using std::chrono::days;
using std::chrono::minutes;

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

class Deadlines : public testing::Test {
 protected:
  static constexpr std::uint64_t kOffices = 25;

  Deadlines() { std::cout << "seed " << seed_ << ", " << cases_ << " cases\n"; }

  std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }
  int number(int least, int most) {
    return least + static_cast<int>(below(static_cast<std::uint64_t>(most - least) + 1));
  }
  bool one_in(std::uint64_t n) { return below(n) == 0; }
  Date some_day() { return test::on("2026-01-01") + days{number(0, 700)}; }

  std::vector<Interval> some_hours() {
    std::vector<Interval> hours;
    int at = number(0, 700);
    for (int i = number(1, 3); i > 0; --i) {
      const int to = std::min(1440, at + number(1, 300));
      if (to > at) hours.push_back({TimeOfDay{at}, TimeOfDay{to}});
      at = to + number(1, 120);
      if (at >= 1440) break;
    }
    return hours;
  }

  // Now and then the plain office, else one with odd hours, Saturdays, a change of hours, extra
  // days and closures of days and of parts of days.
  OfficeSchedule some_schedule() {
    OfficeSchedule schedule = default_schedule();
    if (one_in(4)) return schedule;
    if (one_in(2)) schedule.hours[0].processing[5] = {{hour_minute(7, 30), hour_minute(11, 30)}};
    if (one_in(2)) {
      WeeklyHours later = schedule.hours[0];
      later.valid_from = some_day();
      for (auto& day : later.processing) day = one_in(4) ? std::vector<Interval>{} : some_hours();
      later.processing[below(7)] = some_hours();
      schedule.hours.push_back(later);
    }
    for (int i = number(0, 4); i > 0; --i) {
      Closure closure{some_day(), {}, std::nullopt, {"Nghỉ", "Closed"}, ""};
      closure.last = closure.first + days{number(0, 6)};
      if (one_in(2))
        closure.hours = Interval{TimeOfDay{number(0, 700)}, TimeOfDay{number(701, 1440)}};
      schedule.closures.push_back(closure);
    }
    for (int i = number(0, 6); i > 0; --i) add_extra_day(schedule, some_day());
    return schedule;
  }
  // Unless the day has one, or is closed.
  void add_extra_day(OfficeSchedule& schedule, Date on) {
    const bool taken = std::ranges::any_of(schedule.extra_days,
                                           [&](const ExtraDay& day) { return day.on == on; }) ||
                       std::ranges::any_of(schedule.closures, [&](const Closure& closure) {
                         return !closure.hours && closure.first <= on && on <= closure.last;
                       });
    if (!taken) schedule.extra_days.push_back({on, some_hours(), {}, {"Làm thêm", "Extra"}, ""});
  }

  Limit some_limit() {
    switch (below(7)) {
      case 0:
      case 1:
        return *Limit::of_halves(LimitUnit::working_days, number(1, 60));
      case 2:
        return *Limit::of_halves(LimitUnit::working_hours, number(1, 250));
      case 3:
        return *Limit::of_halves(LimitUnit::calendar_days, 2 * number(1, 90));
      case 4:
        return *Limit::of_halves(LimitUnit::months, 2 * number(1, 20));
      case 5:
        return *Limit::of_halves(LimitUnit::years, 2 * number(1, 2));
      default:
        return *Limit::parse("same-day");
    }
  }

  enum class Open { never, sometimes };

  // Up to four pauses, some of no length, in any order; rarely two overlap.
  void add_pauses(DeadlineRequest& asked, Open open) {
    Instant at = asked.start - minutes{number(0, 2000)};
    for (int i = number(0, 4); i > 0; --i) {
      at += minutes{one_in(8) ? 0 : number(0, 8000)};
      const Instant to = at + minutes{one_in(10) ? 0 : number(0, one_in(3) ? 20000 : 600)};
      asked.pauses.push_back({at, to, PauseReason::supplement});
      at = to;
    }
    if (open == Open::sometimes && one_in(6)) asked.pauses.push_back({at, std::nullopt, {}});
    for (std::size_t i = asked.pauses.size(); i > 1; --i) {
      std::swap(asked.pauses[i - 1], asked.pauses[below(i)]);
    }
  }

  DeadlineRequest some_request(Open open = Open::never) {
    DeadlineRequest asked{
        .start = test::at("2026-01-01T00:00") + minutes{static_cast<int>(below(600ULL * 1440))},
        .limit = some_limit()};
    if (one_in(3)) asked.cutoff = kUsualCutoff;
    if (one_in(6)) asked.cutoff = TimeOfDay{number(0, 1440)};
    if (one_in(2)) add_pauses(asked, open);
    if (one_in(5)) asked.restart = asked.start + minutes{number(0, 20000)};
    return asked;
  }

  [[nodiscard]] static std::string shown(const DeadlineRequest& asked) {
    std::string text = to_iso(asked.start) + " + " + asked.limit.text();
    if (asked.cutoff) text += " cut-off " + to_text(*asked.cutoff);
    for (const Pause& pause : asked.pauses) {
      text += " pause " + to_iso(pause.from) + " to " + (pause.to ? to_iso(*pause.to) : "ever");
    }
    if (asked.restart) text += " restart " + to_iso(*asked.restart);
    return text;
  }

  // The due instant of a request that has one.
  static Instant due(const DeadlineRequest& asked, const OfficeCalendar& office) {
    const auto result = due_of(asked, office);
    EXPECT_TRUE(result.has_value() && result->has_value()) << shown(asked);
    return result.has_value() ? result->value_or(Instant{}) : Instant{};
  }

  const std::uint64_t seed_ = from_environment("MOTCUA_SEED", 20260820);
  const std::uint64_t cases_ = from_environment("MOTCUA_CASES", 20000);
  base::SeededRandom random_{seed_};
};

TEST_F(Deadlines, AgreeWithAMinuteByMinuteReference) {
  for (std::uint64_t o = 0; o < kOffices; ++o) {
    const OfficeCalendar office = test::office(some_schedule());
    test::SlowDeadline reference(office);
    for (std::uint64_t i = 0; i < cases_ / kOffices; ++i) {
      DeadlineRequest asked = some_request(Open::sometimes);
      if (one_in(50) && !asked.pauses.empty()) {  // overlapping, or backwards
        asked.pauses.push_back(asked.pauses.front());
        asked.pauses.back().from += minutes{number(-5, 5)};
      }
      if (one_in(100)) asked.restart = asked.start - minutes{1};
      const test::SlowAnswer expected = reference.answer(asked);
      const auto result = deadline(asked, office);
      ASSERT_EQ(result.has_value(), !expected.refused) << shown(asked);
      if (!result) continue;
      ASSERT_EQ(result->due.has_value(), expected.due.has_value()) << shown(asked);
      ASSERT_EQ(to_iso(result->due.value_or(Instant{})), to_iso(expected.due.value_or(Instant{})))
          << shown(asked);
      ASSERT_EQ(result->remaining_halves, expected.remaining_halves) << shown(asked);
      ASSERT_EQ(result->remaining_minutes, expected.remaining_minutes) << shown(asked);
    }
  }
}

TEST_F(Deadlines, AreTheSameWithoutTheirDerivation) {
  for (std::uint64_t o = 0; o < kOffices; ++o) {
    const OfficeCalendar office = test::office(some_schedule());
    for (std::uint64_t i = 0; i < cases_ / kOffices; ++i) {
      DeadlineRequest asked = some_request(Open::sometimes);
      asked.start += std::chrono::milliseconds{below(60000)};
      for (Pause& pause : asked.pauses) pause.from += std::chrono::milliseconds{below(100)};
      if (one_in(50)) asked.start += days{365 * number(-80, 80)};
      const auto explained = deadline(asked, office);
      const auto bare = due_of(asked, office);
      ASSERT_EQ(explained.has_value(), bare.has_value()) << shown(asked);
      if (explained) {
        ASSERT_EQ(explained->due, *bare) << shown(asked);
      } else {
        ASSERT_EQ(explained.error(), bare.error()) << shown(asked);
      }
    }
  }
}

TEST_F(Deadlines, NeverMoveBackwardsWhenTheLimitGrows) {
  const OfficeCalendar office = test::office(some_schedule());
  for (std::uint64_t i = 0; i < cases_; ++i) {
    const DeadlineRequest asked = some_request();
    const LimitUnit unit = asked.limit.unit();
    if (unit == LimitUnit::same_day) continue;
    const bool halves = unit == LimitUnit::working_days || unit == LimitUnit::working_hours;
    DeadlineRequest longer = asked;
    longer.limit =
        *Limit::of_halves(unit, asked.limit.halves() + (halves ? number(1, 20) : 2 * number(1, 5)));
    ASSERT_GE(due(longer, office), due(asked, office)) << shown(asked);
  }
}

TEST_F(Deadlines, NeverMoveBackwardsByAPause) {
  const OfficeCalendar office = test::office(some_schedule());
  for (std::uint64_t i = 0; i < cases_; ++i) {
    DeadlineRequest asked = some_request();
    if (asked.pauses.empty()) add_pauses(asked, Open::never);
    if (asked.pauses.empty()) continue;
    DeadlineRequest without = asked;
    Pause& last = *std::ranges::max_element(
        without.pauses, {}, [](const Pause& pause) { return std::pair(pause.from, *pause.to); });
    const Pause removed = std::exchange(last, without.pauses.back());
    without.pauses.pop_back();
    ASSERT_GE(due(asked, office), due(without, office)) << shown(asked);
    DeadlineRequest longer = without;
    longer.pauses.push_back({removed.from, *removed.to + minutes{number(0, 5000)}, removed.reason});
    ASSERT_GE(due(longer, office), due(asked, office)) << shown(asked);
    longer.pauses.back().to.reset();
    const auto never = due_of(longer, office);
    ASSERT_TRUE(never.has_value()) << shown(longer);
    if (never->has_value()) {
      ASSERT_LE(**never, removed.from) << shown(longer);
    }
  }
}

TEST_F(Deadlines, NeverMoveBackwardsByAnotherDayOff) {
  for (std::uint64_t o = 0; o < kOffices; ++o) {
    OfficeSchedule schedule = some_schedule();
    const OfficeCalendar before = test::office(schedule);
    const Date off = some_day();
    const Date until = off + days{number(0, 4)};
    std::erase_if(schedule.extra_days,
                  [&](const ExtraDay& day) { return off <= day.on && day.on <= until; });
    schedule.closures.push_back({off, until, std::nullopt, {"Nghỉ", "Closed"}, ""});
    const OfficeCalendar closed = test::office(schedule);
    for (std::uint64_t i = 0; i < cases_ / kOffices; ++i) {
      const DeadlineRequest asked = some_request();
      ASSERT_GE(due(asked, closed), due(asked, before))
          << shown(asked) << " closed on " << to_iso(off) << " to " << to_iso(until);
    }
  }
}

TEST_F(Deadlines, NeverMoveOnByAnExtraWorkingDay) {
  for (std::uint64_t o = 0; o < kOffices; ++o) {
    OfficeSchedule schedule = some_schedule();
    const OfficeCalendar before = test::office(schedule);
    const Date from = some_day();
    for (int i = 0; i < 10; ++i) add_extra_day(schedule, from + days{i});
    const OfficeCalendar busier = test::office(schedule);
    for (std::uint64_t i = 0; i < cases_ / kOffices; ++i) {
      DeadlineRequest asked = some_request();
      // Half of the cases begin near the extra days.
      if (one_in(2) && !asked.restart) {
        asked.start = at_local(from, TimeOfDay{0}) + minutes{number(-5 * 1440, 12 * 1440)};
      }
      ASSERT_LE(due(asked, busier), due(asked, before))
          << shown(asked) << " extra days from " << to_iso(from);
    }
  }
}

TEST_F(Deadlines, LieAtTheEndOfWorkingTime) {
  const OfficeCalendar office = test::office(some_schedule());
  for (std::uint64_t i = 0; i < cases_; ++i) {
    const DeadlineRequest asked = some_request();
    const Instant end = due(asked, office);
    ASSERT_GT(end, asked.start) << shown(asked);
    ASSERT_EQ(working_minutes_between(end - minutes{1}, end, office), 1) << shown(asked);
    if (asked.limit.unit() == LimitUnit::working_hours) continue;
    const Date last = local_date(end - minutes{1});
    const bool half = asked.limit.halves() % 2 == 1;
    ASSERT_EQ(end == office.end_of_last_interval(last),
              !half || working_minutes_between(end, at_local(last, TimeOfDay{1440}), office) == 0)
        << shown(asked);
  }
}

TEST_F(Deadlines, AccountForEveryDayOfTheirTermOnce) {
  for (std::uint64_t o = 0; o < kOffices; ++o) {
    const OfficeCalendar office = test::office(some_schedule());
    for (std::uint64_t i = 0; i < cases_ / kOffices; ++i) {
      DeadlineRequest asked = some_request();
      if (asked.limit.unit() != LimitUnit::working_days) {
        asked.limit = *Limit::of_halves(LimitUnit::working_days, number(1, 60));
      }
      const auto result = deadline(asked, office);
      ASSERT_TRUE(result.has_value()) << shown(asked);
      std::optional<Date> next;
      std::int64_t halves = 0;
      for (const DerivationStep& step : result->steps) {
        if (step.kind == StepKind::counted) halves += step.halves;
        if (step.last == Date{}) continue;
        ASSERT_EQ(step.first, next.value_or(step.first)) << shown(asked);
        next = step.last + days{1};
      }
      ASSERT_EQ(halves, asked.limit.halves()) << shown(asked);
      ASSERT_EQ(next, local_date(*result->due - minutes{1}) + days{1}) << shown(asked);
    }
  }
}

class WorkingTime : public Deadlines {};

TEST_F(WorkingTime, AgreesWithMinutesCountedOneByOne) {
  for (std::uint64_t o = 0; o < kOffices; ++o) {
    const OfficeCalendar office = test::office(some_schedule());
    const test::SlowDeadline reference(office);
    for (std::uint64_t i = 0; i < cases_ / kOffices / 10; ++i) {
      const Instant from =
          test::at("2026-02-01T00:00") + minutes{static_cast<int>(below(500ULL * 1440))};
      const std::int64_t amount = number(1, one_in(4) ? 10000 : 600);
      const auto end = add_working_minutes(from, amount, office);
      ASSERT_TRUE(end.has_value());
      ASSERT_EQ(reference.minutes_between(from, *end), amount) << to_iso(from) << " + " << amount;
      ASSERT_TRUE(reference.works_at(*end - minutes{1})) << to_iso(from) << " + " << amount;
      ASSERT_EQ(working_minutes_between(from, *end, office), amount);

      const Instant back = working_minutes_before(*end, amount, office);
      ASSERT_GE(back, from);
      ASSERT_EQ(reference.minutes_between(back, *end), amount) << to_iso(*end) << " - " << amount;
      ASSERT_TRUE(reference.works_at(back)) << to_iso(*end) << " - " << amount;

      const Instant notice = notice_due(from, 1, office);
      Instant slow = from - days{1};
      while (!reference.works_at(slow) && !reference.works_at(slow - minutes{1}))
        slow -= minutes{1};
      ASSERT_EQ(to_iso(notice), to_iso(slow)) << to_iso(from);

      const TimeOfDay cutoff = TimeOfDay{number(0, 1440)};
      const Instant handed_on = transfer_due(from, cutoff, office);
      const bool in_time = reference.works_on(local_date(from)) && local_time(from) <= cutoff;
      const Instant midnight = at_local(local_date(from) + days{1}, TimeOfDay{0});
      Instant expected = midnight;
      if (in_time && reference.minutes_between(from, midnight) > 0) {
        while (!reference.works_at(expected - minutes{1})) expected -= minutes{1};
      } else {
        while (!reference.works_at(expected)) expected += minutes{1};
      }
      ASSERT_EQ(to_iso(handed_on), to_iso(expected)) << to_iso(from) << " " << to_text(cutoff);
    }
  }
}

}  // namespace
}  // namespace calendar
