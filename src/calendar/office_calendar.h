#pragma once
// office_calendar.h - when an office works: the national days, its weekly hours, its own closures.
//
// A value, cheap to copy and safe to share between threads.  Weekly hours have a history (each set
// is valid from a date), so that a past deadline is explained by the hours of that time.  Reception
// hours (the counter is open) are apart from processing hours (limits run); only the latter count
// in deadlines.
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/fault.h"
#include "calendar/instant.h"
#include "calendar/language.h"
#include "calendar/national_days.h"

namespace calendar {

// Half-open: [from, to).
struct Interval {
  TimeOfDay from;
  TimeOfDay to;

  friend bool operator==(const Interval&, const Interval&) = default;
};

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

struct OfficeSchedule {
  std::vector<WeeklyHours> hours;  // the first set also serves all time before it
  std::vector<Closure> closures;

  friend bool operator==(const OfficeSchedule&, const OfficeSchedule&) = default;
};

// Monday to Friday 07:30 to 11:30 and 13:30 to 17:30, for reception and processing alike, marked
// provisional: the hours of Nghệ An's offices are not confirmed.
[[nodiscard]] OfficeSchedule default_schedule();

enum class OffReason {
  weekly_rest,   // the office does not work on this weekday
  holiday,       // DayOffKind::holiday
  swapped,       // DayOffKind::swapped
  compensation,  // DayOffKind::compensation
  closure,       // the office's own
};

// Why a day is off.  Name and act are empty for weekly rest.
struct WhyOff {
  OffReason reason = OffReason::weekly_rest;
  Bilingual name;
  std::string act;
  bool provisional = false;

  friend bool operator==(const WhyOff&, const WhyOff&) = default;
};

class OfficeCalendar {
 public:
  // Fault `invalid`: no hours at all, intervals out of order or overlapping, a closure that ends
  // before it begins or is longer than two years, more than 2,000 closures.
  [[nodiscard]] static base::Outcome<OfficeCalendar> build(
      std::shared_ptr<const NationalDays> national, OfficeSchedule schedule);

  // True if the office works at all on that day.
  [[nodiscard]] bool is_working_day(Date on) const { return !working_intervals(on).empty(); }
  // Processing hours of the day; empty if off.  The span lives as long as any copy of the calendar.
  [[nodiscard]] std::span<const Interval> working_intervals(Date on) const;
  // Counter hours of the day; empty if off.
  [[nodiscard]] std::span<const Interval> reception_intervals(Date on) const;
  [[nodiscard]] int working_minutes(Date on) const;
  // Null: it is a working day.
  [[nodiscard]] std::shared_ptr<const WhyOff> why_off(Date on) const;
  // The same without ownership: valid as long as a copy of the calendar lives.
  [[nodiscard]] const WhyOff* find_why_off(Date on) const;
  // What makes the rest day `on` a working day; null for any other day.
  [[nodiscard]] std::shared_ptr<const MakeUpDay> make_up_day(Date on) const;
  // Requires: is_working_day(on).
  [[nodiscard]] Instant start_of_first_interval(Date on) const;
  [[nodiscard]] Instant end_of_last_interval(Date on) const;
  // The first working day after `on`, within ten years; nullopt: there is none.
  [[nodiscard]] std::optional<Date> next_working_day(Date on) const;
  // The weekly hours in force that day, for display.
  [[nodiscard]] const WeeklyHours& weekly_hours(Date on) const;
  // True if the answer about that day may still change: hours not confirmed do not count here, only
  // days off that are computed or not confirmed, and years without a published list.
  [[nodiscard]] bool is_provisional(Date on) const;
  [[nodiscard]] const NationalDays& national_days() const;
  [[nodiscard]] const OfficeSchedule& schedule() const;

 private:
  struct Table;
  explicit OfficeCalendar(std::shared_ptr<const Table> table) : table_(std::move(table)) {}
  std::shared_ptr<const Table> table_;
};

// Working minutes of [from, to), to the minute; negative never: 0 if to <= from.
[[nodiscard]] std::int64_t working_minutes_between(Instant from, Instant to,
                                                   const OfficeCalendar& office);

}  // namespace calendar
