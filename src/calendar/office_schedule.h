#pragma once
// office_schedule.h - what an office says about its own time: weekly hours, closures, extra days.
//
// Weekly hours have a history (each set is valid from a date), so that a past deadline is explained
// by the hours of that time.  Reception hours (the counter is open) are apart from processing hours
// (limits run).  A plain value; OfficeCalendar::build checks it and joins it with the national
// days.
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "calendar/instant.h"
#include "calendar/language.h"

namespace calendar {

// Half-open: [from, to).
struct Interval {
  TimeOfDay from;
  TimeOfDay to;

  friend bool operator==(const Interval&, const Interval&) = default;
};

// "07:30-11:30", and what people type for it: blanks around, an en dash.  nullopt unless it is two
// times of day of which the first is earlier.
[[nodiscard]] std::optional<Interval> parse_interval(std::string_view text);
// "07:30-11:30".
[[nodiscard]] std::string to_text(const Interval& interval);

// Names for machines, Monday first.
inline constexpr std::array<std::string_view, 7> kWeekdays{"mon", "tue", "wed", "thu",
                                                           "fri", "sat", "sun"};

// Monday first.  Intervals of a day are in order and do not touch.
using WeeklyIntervals = std::array<std::vector<Interval>, 7>;

struct WeeklyHours {
  Date valid_from;
  WeeklyIntervals processing;
  WeeklyIntervals reception;
  std::string source;       // where the hours come from, for people
  bool provisional = true;  // not confirmed by the office

  friend bool operator==(const WeeklyHours&, const WeeklyHours&) = default;
};

// An office's own closure, first and last day included; with `hours` only that part of each day.
struct Closure {
  Date first;
  Date last;
  std::optional<Interval> hours;
  Bilingual reason;
  std::string act;

  friend bool operator==(const Closure&, const Closure&) = default;
};

// A rest day on which this office works, by make-up or by its own decision.  On a day that is
// worked anyway the processing hours change nothing; reception hours, if any, always replace those
// of the day.
struct ExtraDay {
  Date on;
  std::vector<Interval> processing;
  std::vector<Interval> reception;
  Bilingual reason;
  std::string act;

  friend bool operator==(const ExtraDay&, const ExtraDay&) = default;
};

struct OfficeSchedule {
  // The first set also serves all time before it.  Empty only in a schedule that inherits them.
  std::vector<WeeklyHours> hours;
  std::vector<Closure> closures{};
  std::vector<ExtraDay> extra_days{};

  friend bool operator==(const OfficeSchedule&, const OfficeSchedule&) = default;
};

// Monday to Friday 07:30 to 11:30 and 13:30 to 17:30, for reception and processing alike, marked
// provisional: the hours of Nghệ An's offices are not confirmed.
[[nodiscard]] OfficeSchedule default_schedule();

// What an office keeps whose upper office keeps `upper`: its own weekly hours if it has any, else
// the upper's; closures and extra days of both.  On a day for which the office has a closure or an
// extra day of its own, those of the upper do not apply.  build() accepts the result if it accepts
// both (`own` may be without hours).
[[nodiscard]] OfficeSchedule inherit(const OfficeSchedule& upper, const OfficeSchedule& own);

// Fault `invalid` where build() would refuse the schedule whatever the national days are.
[[nodiscard]] base::Outcome<base::Done> check(const OfficeSchedule& schedule);

}  // namespace calendar
