// builtin_temporal.cpp - functions of dates and times, and the current moment as the caller gives
// it.
#include <array>

#include "rules/argument.h"
#include "rules/operation.h"

namespace rules {

namespace {

// The date of a date, or of a date and time.
std::optional<Date> date_in(const Value& argument) {
  const Value& value = single(argument);
  if (value.if_date() != nullptr) return *value.if_date();
  if (value.if_date_time() != nullptr) return value.if_date_time()->date;
  return std::nullopt;
}

int day_of_year_of(const Date& date) {
  return static_cast<int>(date.day_number() - Date{date.year, 1, 1}.day_number()) + 1;
}

// 0 is Monday.
int weekday_of(const Date& date) {
  return static_cast<int>(((date.day_number() + 3) % 7 + 7) % 7);
}

Value day_of_year(Evaluator& evaluator, const Arguments& arguments) {
  const std::optional<Date> date = date_in(arguments[0]);
  return date ? Value{day_of_year_of(*date)} : wrong_kind(evaluator, "a date is expected");
}

Value day_of_week(Evaluator& evaluator, const Arguments& arguments) {
  static constexpr std::array<const char*, 7> kNames{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                     "Friday", "Saturday", "Sunday"};
  const std::optional<Date> date = date_in(arguments[0]);
  if (!date) return wrong_kind(evaluator, "a date is expected");
  return kNames[static_cast<std::size_t>(weekday_of(*date))];
}

Value month_of_year(Evaluator& evaluator, const Arguments& arguments) {
  static constexpr std::array<const char*, 12> kNames{
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const std::optional<Date> date = date_in(arguments[0]);
  if (!date) return wrong_kind(evaluator, "a date is expected");
  return kNames[date->month - 1U];
}

// ISO 8601: the week belongs to the year in which its Thursday lies.
Value week_of_year(Evaluator& evaluator, const Arguments& arguments) {
  const std::optional<Date> date = date_in(arguments[0]);
  if (!date) return wrong_kind(evaluator, "a date is expected");
  const std::optional<Date> thursday =
      Date::from_day_number(date->day_number() + 3 - weekday_of(*date));
  if (!thursday) return no_result(evaluator, "beyond the calendar");
  return (day_of_year_of(*thursday) - 1) / 7 + 1;
}

// Whole months between the two, towards zero; of moments the days count, not the hours.
Value years_and_months(Evaluator& evaluator, const Arguments& arguments) {
  const std::optional<Date> from = date_in(arguments[0]);
  const std::optional<Date> to = date_in(arguments[1]);
  if (!from || !to) return wrong_kind(evaluator, "two dates are expected");
  std::int64_t months = (std::int64_t{to->year} - from->year) * 12 + to->month - from->month;
  if (months > 0 && to->day < from->day) --months;
  if (months < 0 && to->day > from->day) ++months;
  return YearsMonths{months};
}

Value now(Evaluator& evaluator, const Arguments& /*arguments*/) {
  return value_or_null(evaluator, evaluator.bounds().now, "the caller gave no current time");
}

Value today(Evaluator& evaluator, const Arguments& /*arguments*/) {
  if (!evaluator.bounds().now) return no_result(evaluator, "the caller gave no current time");
  return evaluator.bounds().now->date;
}

// The same value in the same form: what `=` calls equal may still be written differently.
Value is(Evaluator& /*evaluator*/, const Arguments& arguments) {
  const Value& a = arguments[0];
  const Value& b = arguments[1];
  if (a.kind() != b.kind()) return false;
  if (a.if_time() != nullptr || a.if_date_time() != nullptr) return a == b;
  return equals(a, b) == true;
}

constexpr std::array kFunctions{
    Builtin{"day of year", "date", day_of_year},
    Builtin{"day of week", "date", day_of_week},
    Builtin{"month of year", "date", month_of_year},
    Builtin{"week of year", "date", week_of_year},
    Builtin{"years and months duration", "from,to", years_and_months},
    Builtin{"now", "", now},
    Builtin{"today", "", today},
    Builtin{"is", "value1?,value2?", is},
};

}  // namespace

std::span<const Builtin> temporal_builtins() {
  return kFunctions;
}

}  // namespace rules
