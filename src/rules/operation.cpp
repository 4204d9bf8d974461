#include "rules/operation.h"

#include <algorithm>

#include "rules/function.h"

namespace rules {

namespace {

constexpr Nanoseconds kBillion = 1'000'000'000;
constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::int64_t kMonthsMax = 12'000'000'000;

template <class T>
Value or_null(std::optional<T> result) {
  return result ? Value{*std::move(result)} : Value{};
}

Value years_months(std::int64_t months) {
  if (months > kMonthsMax || months < -kMonthsMax) return {};
  return YearsMonths{months};
}

Value plus(const DateTime& moment, const DaysTime& duration) {
  const Nanoseconds total = Nanoseconds{moment.epoch_second()} * kBillion + moment.time.nanosecond +
                            nanoseconds_of(duration);
  Nanoseconds second = total / kBillion;
  Nanoseconds nano = total % kBillion;
  if (nano < 0) {
    nano += kBillion;
    --second;
  }
  return or_null(DateTime::from_epoch(static_cast<std::int64_t>(second),
                                      static_cast<std::uint32_t>(nano), moment.time.zone));
}

Value plus(const DateTime& moment, const YearsMonths& duration) {
  const std::optional<Date> date = plus_months(moment.date, duration.months);
  if (!date) return {};
  return DateTime{*date, moment.time};
}

Value plus(const Date& date, const DaysTime& duration) {
  const Nanoseconds total =
      Nanoseconds{date.day_number()} * kSecondsPerDay * kBillion + nanoseconds_of(duration);
  const Nanoseconds per_day = kSecondsPerDay * kBillion;
  Nanoseconds day = total / per_day;
  if (total % per_day < 0) --day;
  return or_null(Date::from_day_number(static_cast<std::int64_t>(day)));
}

Value plus(const Time& time, const DaysTime& duration) {
  const Nanoseconds per_day = kSecondsPerDay * kBillion;
  Nanoseconds total =
      (Nanoseconds{time.second_of_day()} * kBillion + time.nanosecond + nanoseconds_of(duration)) %
      per_day;
  if (total < 0) total += per_day;
  const auto second = static_cast<std::int64_t>(total / kBillion);
  return Time{static_cast<std::uint8_t>(second / 3'600),
              static_cast<std::uint8_t>(second / 60 % 60), static_cast<std::uint8_t>(second % 60),
              static_cast<std::uint32_t>(total % kBillion), time.zone};
}

DaysTime negated(const DaysTime& duration) {
  return {-duration.seconds, -duration.nanoseconds};
}

bool is_local(const Zone& zone) {
  return zone.kind == Zone::Kind::local;
}

DateTime midnight(const Date& date) {
  return {date, Time{0, 0, 0, 0, Zone{Zone::Kind::offset, 0, {}}}};
}

Nanoseconds on_time_line(const DateTime& moment) {
  return Nanoseconds{moment.epoch_second()} * kBillion + moment.time.nanosecond;
}

// A time of day in UTC; a named zone by its offset on 1 January 1970 of its clock.
Nanoseconds on_day(const Time& time) {
  const std::int64_t offset = offset_of(time.zone, time.second_of_day()).value_or(0);
  return Nanoseconds{time.second_of_day() - offset} * kBillion + time.nanosecond;
}

// Where the value lies on its own line; nothing for kinds without order.
template <class T>
int order(const T& a, const T& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

// Both as moments, where one of them is one and the other a moment or a date.
std::optional<std::pair<DateTime, DateTime>> moments(const Value& a, const Value& b) {
  const auto moment = [](const Value& value) -> std::optional<DateTime> {
    if (value.if_date_time() != nullptr) return *value.if_date_time();
    if (value.if_date() != nullptr) return midnight(*value.if_date());
    return std::nullopt;
  };
  const std::optional<DateTime> left = moment(a);
  const std::optional<DateTime> right = moment(b);
  if (!left || !right || is_local(left->time.zone) != is_local(right->time.zone)) {
    return std::nullopt;
  }
  return std::pair{*left, *right};
}

Value scaled(const DaysTime& duration, const Decimal& factor, bool by_division) {
  // Nanoseconds need up to 28 digits, which a decimal holds exactly.
  const auto high = Decimal::multiply(Decimal{duration.seconds}, Decimal{1'000'000'000});
  const auto total = high ? Decimal::add(*high, Decimal{duration.nanoseconds}) : std::nullopt;
  const auto result = !total        ? std::nullopt
                      : by_division ? Decimal::divide(*total, factor)
                                    : Decimal::multiply(*total, factor);
  if (!result) return {};
  const auto seconds = Decimal::divide(*result, Decimal{1'000'000'000});
  const auto whole = seconds ? Decimal::round(*seconds, 0, Rounding::down) : std::nullopt;
  const auto integer = whole ? whole->to_integer() : std::nullopt;
  if (!integer) return {};
  const auto rest = Decimal::subtract(*seconds, *whole);
  const auto nanos = rest ? Decimal::multiply(*rest, Decimal{1'000'000'000}) : std::nullopt;
  const auto rounded = nanos ? Decimal::round(*nanos, 0, Rounding::down) : std::nullopt;
  if (!rounded) return {};
  return or_null(
      days_time_of(Nanoseconds{*integer} * kBillion + rounded->to_integer().value_or(0)));
}

Value scaled(const YearsMonths& duration, const Decimal& factor, bool by_division) {
  const auto result = by_division ? Decimal::divide(Decimal{duration.months}, factor)
                                  : Decimal::multiply(Decimal{duration.months}, factor);
  const auto whole = result ? Decimal::round(*result, 0, Rounding::down) : std::nullopt;
  const auto integer = whole ? whole->to_integer() : std::nullopt;
  return integer ? years_months(*integer) : Value{};
}

std::optional<bool> lists_equal(const List& a, const List& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const std::optional<bool> same = equals(a[i], b[i]);
    if (!same || !*same) return same;
  }
  return true;
}

std::vector<const Context::Entry*> by_name(const Context& context) {
  std::vector<const Context::Entry*> entries;
  entries.reserve(context.size());
  for (const Context::Entry& entry : context.entries()) entries.push_back(&entry);
  std::ranges::sort(entries, {},
                    [](const Context::Entry* entry) -> const std::string& { return entry->name; });
  return entries;
}

std::optional<bool> contexts_equal(const Context& a, const Context& b) {
  if (a.size() != b.size()) return false;
  const std::vector<const Context::Entry*> left = by_name(a);
  const std::vector<const Context::Entry*> right = by_name(b);
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i]->name != right[i]->name) return false;
  }
  for (std::size_t i = 0; i < left.size(); ++i) {
    const std::optional<bool> same = equals(left[i]->value, right[i]->value);
    if (!same || !*same) return same;
  }
  return true;
}

}  // namespace

Nanoseconds nanoseconds_of(const DaysTime& duration) {
  return Nanoseconds{duration.seconds} * kBillion + duration.nanoseconds;
}

std::optional<DaysTime> days_time_of(Nanoseconds nanoseconds) {
  const Nanoseconds seconds = nanoseconds / kBillion;
  constexpr Nanoseconds kSecondsMax = 9'000'000'000'000'000;
  if (seconds > kSecondsMax || seconds < -kSecondsMax) return std::nullopt;
  return DaysTime{static_cast<std::int64_t>(seconds),
                  static_cast<std::int32_t>(nanoseconds % kBillion)};
}

std::optional<Date> plus_months(const Date& date, std::int64_t months) {
  if (months > kMonthsMax || months < -kMonthsMax) return std::nullopt;
  const std::int64_t total = std::int64_t{date.year} * 12 + (date.month - 1) + months;
  const std::int64_t month = ((total % 12) + 12) % 12;
  const std::int64_t year = (total - month) / 12;
  const int last = days_in_month(year, static_cast<int>(month) + 1);
  return Date::of(year, month + 1, std::min<int>(date.day, last));
}

Value add(const Value& a, const Value& b) {
  if (a.if_number() != nullptr && b.if_number() != nullptr) {
    return or_null(Decimal::add(*a.if_number(), *b.if_number()));
  }
  if (a.if_string() != nullptr && b.if_string() != nullptr) {
    return *a.if_string() + *b.if_string();
  }
  if (const DaysTime* duration = b.if_days_time()) {
    if (a.if_date_time() != nullptr) return plus(*a.if_date_time(), *duration);
    if (a.if_date() != nullptr) return plus(*a.if_date(), *duration);
    if (a.if_time() != nullptr) return plus(*a.if_time(), *duration);
    if (a.if_days_time() != nullptr) {
      return or_null(days_time_of(nanoseconds_of(*a.if_days_time()) + nanoseconds_of(*duration)));
    }
    return {};
  }
  if (const YearsMonths* duration = b.if_years_months()) {
    if (a.if_date_time() != nullptr) return plus(*a.if_date_time(), *duration);
    if (a.if_date() != nullptr) return or_null(plus_months(*a.if_date(), duration->months));
    if (a.if_years_months() != nullptr) {
      return years_months(a.if_years_months()->months + duration->months);
    }
    return {};
  }
  // A duration in front: the same sum.
  const bool duration_first = a.kind() == Kind::days_time || a.kind() == Kind::years_months;
  const bool moment_second =
      b.kind() == Kind::date || b.kind() == Kind::time || b.kind() == Kind::date_time;
  if (duration_first && moment_second) return add(b, a);
  return {};
}

Value subtract(const Value& a, const Value& b) {
  if (a.if_number() != nullptr && b.if_number() != nullptr) {
    return or_null(Decimal::subtract(*a.if_number(), *b.if_number()));
  }
  if (b.if_days_time() != nullptr) return add(a, negated(*b.if_days_time()));
  if (b.if_years_months() != nullptr) return add(a, YearsMonths{-b.if_years_months()->months});
  if (a.if_time() != nullptr && b.if_time() != nullptr) {
    if (is_local(a.if_time()->zone) != is_local(b.if_time()->zone)) return {};
    return or_null(days_time_of(on_day(*a.if_time()) - on_day(*b.if_time())));
  }
  if (a.if_date() != nullptr && b.if_date() != nullptr) {
    const std::int64_t days = a.if_date()->day_number() - b.if_date()->day_number();
    return or_null(days_time_of(Nanoseconds{days} * kSecondsPerDay * kBillion));
  }
  if (const auto pair = moments(a, b)) {
    return or_null(days_time_of(on_time_line(pair->first) - on_time_line(pair->second)));
  }
  return {};
}

Value multiply(const Value& a, const Value& b) {
  if (const Decimal* factor = b.if_number()) {
    if (a.if_number() != nullptr) return or_null(Decimal::multiply(*a.if_number(), *factor));
    if (a.if_days_time() != nullptr) return scaled(*a.if_days_time(), *factor, false);
    if (a.if_years_months() != nullptr) return scaled(*a.if_years_months(), *factor, false);
    return {};
  }
  return a.if_number() != nullptr && b.if_number() == nullptr &&
                 (b.if_days_time() != nullptr || b.if_years_months() != nullptr)
             ? multiply(b, a)
             : Value{};
}

Value divide(const Value& a, const Value& b) {
  if (const Decimal* divisor = b.if_number()) {
    if (divisor->is_zero()) return {};
    if (a.if_number() != nullptr) return or_null(Decimal::divide(*a.if_number(), *divisor));
    if (a.if_days_time() != nullptr) return scaled(*a.if_days_time(), *divisor, true);
    if (a.if_years_months() != nullptr) return scaled(*a.if_years_months(), *divisor, true);
    return {};
  }
  if (a.if_years_months() != nullptr && b.if_years_months() != nullptr) {
    return or_null(Decimal::divide(Decimal{a.if_years_months()->months},
                                   Decimal{b.if_years_months()->months}));
  }
  if (a.if_days_time() != nullptr && b.if_days_time() != nullptr) {
    const auto number = [](const DaysTime& duration) {
      const auto high = Decimal::multiply(Decimal{duration.seconds}, Decimal{1'000'000'000});
      return Decimal::add(*high, Decimal{duration.nanoseconds});
    };
    return or_null(Decimal::divide(*number(*a.if_days_time()), *number(*b.if_days_time())));
  }
  return {};
}

Value power(const Value& a, const Value& b) {
  if (a.if_number() == nullptr || b.if_number() == nullptr) return {};
  return or_null(Decimal::power(*a.if_number(), *b.if_number()));
}

Value negate(const Value& a) {
  if (a.if_number() != nullptr) return a.if_number()->negated();
  if (a.if_days_time() != nullptr) return negated(*a.if_days_time());
  if (a.if_years_months() != nullptr) return YearsMonths{-a.if_years_months()->months};
  return {};
}

std::optional<bool> equals(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
  if (a.kind() != b.kind()) {
    if (const auto pair = moments(a, b)) {
      return on_time_line(pair->first) == on_time_line(pair->second);
    }
    return std::nullopt;
  }
  switch (a.kind()) {
    case Kind::list:
      return lists_equal(*a.if_list(), *b.if_list());
    case Kind::context:
      return contexts_equal(*a.if_context(), *b.if_context());
    case Kind::time: {
      if (is_local(a.if_time()->zone) != is_local(b.if_time()->zone)) return false;
      // Equality is to the second, as the standard lists its parts; order is exact.
      return on_day(*a.if_time()) / kBillion == on_day(*b.if_time()) / kBillion;
    }
    case Kind::date_time:
      if (is_local(a.if_date_time()->time.zone) != is_local(b.if_date_time()->time.zone)) {
        return false;
      }
      return a.if_date_time()->epoch_second() == b.if_date_time()->epoch_second();
    case Kind::range: {
      const Range& left = *a.if_range();
      const Range& right = *b.if_range();
      return left.low_closed == right.low_closed && left.high_closed == right.high_closed &&
             left.comparison == right.comparison && equals(left.low, right.low) == true &&
             equals(left.high, right.high) == true;
    }
    case Kind::function:
      return a.if_function() == b.if_function() ||
             (a.if_function()->builtin != nullptr &&
              a.if_function()->builtin == b.if_function()->builtin);
    default:
      return a == b;
  }
}

std::optional<int> compare(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) {
    if (const auto pair = moments(a, b)) {
      return order(on_time_line(pair->first), on_time_line(pair->second));
    }
    return std::nullopt;
  }
  switch (a.kind()) {
    case Kind::number:
      return order(*a.if_number(), *b.if_number());
    case Kind::string:
      return order(*a.if_string(), *b.if_string());
    case Kind::date:
      return order(*a.if_date(), *b.if_date());
    case Kind::time:
      if (is_local(a.if_time()->zone) != is_local(b.if_time()->zone)) return std::nullopt;
      return order(on_day(*a.if_time()), on_day(*b.if_time()));
    case Kind::date_time:
      if (is_local(a.if_date_time()->time.zone) != is_local(b.if_date_time()->time.zone)) {
        return std::nullopt;
      }
      return order(on_time_line(*a.if_date_time()), on_time_line(*b.if_date_time()));
    case Kind::years_months:
      return order(a.if_years_months()->months, b.if_years_months()->months);
    case Kind::days_time:
      return order(nanoseconds_of(*a.if_days_time()), nanoseconds_of(*b.if_days_time()));
    default:
      return std::nullopt;
  }
}

std::optional<bool> includes(const Range& range, const Value& value) {
  const bool low_absent = range.low.is_null();
  const bool high_absent = range.high.is_null();
  if (range.comparison ? low_absent && high_absent : low_absent || high_absent) {
    return std::nullopt;
  }
  bool inside = true;
  if (!range.low.is_null()) {
    const std::optional<int> low = compare(value, range.low);
    if (!low) return std::nullopt;
    inside = range.low_closed ? *low >= 0 : *low > 0;
  }
  if (!range.high.is_null()) {
    const std::optional<int> high = compare(value, range.high);
    if (!high) return std::nullopt;
    inside = inside && (range.high_closed ? *high <= 0 : *high < 0);
  }
  return inside;
}

std::optional<bool> passes(const Value& input, const Value& test) {
  if (const Range* range = test.if_range()) {
    if (const Range* own = input.if_range()) return equals(Value{*own}, test);
    return includes(*range, input);
  }
  if (const List* list = test.if_list()) {
    if (input.if_list() != nullptr && equals(input, test) == true) return true;
    for (const Value& item : *list) {
      const std::optional<bool> passed =
          item.if_range() != nullptr ? includes(*item.if_range(), input) : equals(input, item);
      if (passed == true) return true;
    }
    return false;
  }
  return equals(input, test);
}

}  // namespace rules
