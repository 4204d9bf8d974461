// property.cpp - what a path reaches in values that are no contexts: `date.year`, `range.start`.
#include "rules/operation.h"

namespace rules {

namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;

std::optional<Value> of_date(const Date& date, std::string_view name) {
  if (name == "year") return Value{date.year};
  if (name == "month") return Value{static_cast<int>(date.month)};
  if (name == "day") return Value{static_cast<int>(date.day)};
  if (name == "weekday") {
    // 1970-01-01 was a Thursday; Monday is 1.
    const std::int64_t days = date.day_number() + 3;
    return Value{((days % 7) + 7) % 7 + 1};
  }
  return std::nullopt;
}

std::optional<Value> of_time(const Time& time, std::string_view name, std::int64_t local_second) {
  if (name == "hour") return Value{static_cast<int>(time.hour)};
  if (name == "minute") return Value{static_cast<int>(time.minute)};
  if (name == "second") return Value{static_cast<int>(time.second)};
  if (name == "time offset") {
    const std::optional<std::int32_t> offset = offset_of(time.zone, local_second);
    return offset ? Value{DaysTime{*offset, 0}} : Value{};
  }
  if (name == "timezone") {
    return time.zone.kind == Zone::Kind::named ? Value{time.zone.name} : Value{};
  }
  return std::nullopt;
}

std::optional<Value> of_duration(const YearsMonths& duration, std::string_view name) {
  if (name == "years") return Value{duration.months / 12};
  if (name == "months") return Value{duration.months % 12};
  return std::nullopt;
}

std::optional<Value> of_duration(const DaysTime& duration, std::string_view name) {
  if (name == "days") return Value{duration.seconds / kSecondsPerDay};
  if (name == "hours") return Value{duration.seconds % kSecondsPerDay / 3'600};
  if (name == "minutes") return Value{duration.seconds % 3'600 / 60};
  if (name == "seconds") {
    if (duration.nanoseconds == 0) return Value{duration.seconds % 60};
    const auto nanos = Decimal::divide(Decimal{duration.nanoseconds}, Decimal{1'000'000'000});
    const auto seconds = Decimal::add(Decimal{duration.seconds % 60}, nanos.value_or(Decimal{}));
    return Value{seconds.value_or(Decimal{})};
  }
  return std::nullopt;
}

std::optional<Value> of_range(const Range& range, std::string_view name) {
  if (name == "start") return range.low;
  if (name == "end") return range.high;
  if (name == "start included") return Value{range.low_closed};
  if (name == "end included") return Value{range.high_closed};
  return std::nullopt;
}

}  // namespace

std::optional<Value> property(const Value& value, std::string_view name) {
  switch (value.kind()) {
    case Kind::date: {
      if (auto found = of_date(*value.if_date(), name)) return found;
      // A date is its midnight in UTC where a time is asked of it.
      return of_time(Time{0, 0, 0, 0, Zone{Zone::Kind::offset, 0, {}}}, name, 0);
    }
    case Kind::time:
      return of_time(*value.if_time(), name, value.if_time()->second_of_day());
    case Kind::date_time: {
      const DateTime& moment = *value.if_date_time();
      if (auto found = of_date(moment.date, name)) return found;
      return of_time(moment.time, name,
                     moment.date.day_number() * kSecondsPerDay + moment.time.second_of_day());
    }
    case Kind::years_months:
      return of_duration(*value.if_years_months(), name);
    case Kind::days_time:
      return of_duration(*value.if_days_time(), name);
    case Kind::range:
      return of_range(*value.if_range(), name);
    default:
      return std::nullopt;
  }
}

}  // namespace rules
