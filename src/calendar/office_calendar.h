#pragma once
// office_calendar.h - when an office works: the national days together with its own schedule.
//
// A value, cheap to copy and safe to share between threads; its tables take about 150 KiB, so
// offices with equal schedules had better share one.  Only processing hours count in deadlines.
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
#include "calendar/office_schedule.h"

namespace calendar {

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
  static constexpr Date kFirstDay{std::chrono::year{NationalDays::kFirstYear} / 1 / 1};
  static constexpr Date kEndDay{std::chrono::year{NationalDays::kLastYear + 1} / 1 / 1};

  // Fault `invalid`: no hours at all, intervals out of order or overlapping, a closure that ends
  // before it begins or is longer than two years, an extra day twice, without hours or wholly
  // closed.  How many entries there are is for the readers of schedules to bound.
  [[nodiscard]] static base::Outcome<OfficeCalendar> build(
      std::shared_ptr<const NationalDays> national, OfficeSchedule schedule);

  // True if the office works at all on that day.
  [[nodiscard]] bool is_working_day(Date on) const { return working_minutes(on) != 0; }
  // Processing hours of the day; empty if off.  The span lives as long as any copy of the calendar.
  [[nodiscard]] std::span<const Interval> working_intervals(Date on) const;
  // Counter hours of the day; empty if off.
  [[nodiscard]] std::span<const Interval> reception_intervals(Date on) const;
  [[nodiscard]] int working_minutes(Date on) const {
    const auto offset = (on - kFirstDay).count();
    return offset >= 0 && offset < (kEndDay - kFirstDay).count()
               ? minutes_of_pattern_[pattern_of_day_[offset]]
               : 0;
  }
  // Null: it is a working day.
  [[nodiscard]] std::shared_ptr<const WhyOff> why_off(Date on) const;
  // The same without ownership: valid as long as a copy of the calendar lives.
  [[nodiscard]] const WhyOff* find_why_off(Date on) const;
  // What makes the rest day `on` a working day; null for any other day.
  [[nodiscard]] std::shared_ptr<const MakeUpDay> make_up_day(Date on) const;
  // What makes this office work on a rest day, or null where it rests or works anyway.
  [[nodiscard]] std::shared_ptr<const ExtraDay> extra_day(Date on) const;
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
  explicit OfficeCalendar(std::shared_ptr<const Table> table);
  std::shared_ptr<const Table> table_;
  // Into the table: a limit is a walk over days, and these two loads are its step.
  const std::uint16_t* pattern_of_day_;
  const int* minutes_of_pattern_;
};

}  // namespace calendar
