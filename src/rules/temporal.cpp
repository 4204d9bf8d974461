#include "rules/temporal.h"

#include <array>
#include <cstdio>

namespace rules {

namespace {

constexpr std::int64_t kYearMax = 999'999'999;
constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::int32_t kOffsetMax = 18 * 3'600;

// Reads from the left of a text; every function leaves the text as it was where it says no.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool done() const { return rest_.empty(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // Between `low` and `high` digits.
  std::optional<std::int64_t> digits(std::size_t low, std::size_t high) {
    std::size_t count = 0;
    std::int64_t number = 0;
    while (count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9') {
      if (count == high) return std::nullopt;
      number = number * 10 + (rest_[count] - '0');
      ++count;
    }
    if (count < low) return std::nullopt;
    taken_ = count;
    rest_.remove_prefix(count);
    return number;
  }
  [[nodiscard]] std::size_t taken() const { return taken_; }

 private:
  std::string_view rest_;
  std::size_t taken_ = 0;
};

// ".5" -> 500,000,000; digits beyond the ninth are dropped.
enum class Digits { required, optional };

std::optional<std::uint32_t> fraction(Reader& reader, Digits digits = Digits::required) {
  if (!reader.take('.')) return 0U;
  std::uint32_t nanos = 0;
  std::size_t count = 0;
  while (!reader.done() && reader.rest().front() >= '0' && reader.rest().front() <= '9') {
    if (count < 9) nanos = nanos * 10 + static_cast<std::uint32_t>(reader.rest().front() - '0');
    reader.take(reader.rest().front());
    if (++count > 64) return std::nullopt;
  }
  if (count == 0 && digits == Digits::required) return std::nullopt;
  for (; count < 9; ++count) nanos *= 10;
  return nanos;
}

std::optional<Date> read_date(Reader& reader) {
  const bool negative = reader.take('-');
  const std::optional<std::int64_t> year = reader.digits(4, 9);
  if (!year || (reader.taken() > 4 && *year < 10'000)) return std::nullopt;
  // A longer year has no leading zero.
  if (reader.taken() > 4) {
    std::int64_t smallest = 1;
    for (std::size_t i = 1; i < reader.taken(); ++i) smallest *= 10;
    if (*year < smallest) return std::nullopt;
  }
  if (!reader.take('-')) return std::nullopt;
  const std::optional<std::int64_t> month = reader.digits(2, 2);
  if (!month || !reader.take('-')) return std::nullopt;
  const std::optional<std::int64_t> day = reader.digits(2, 2);
  if (!day) return std::nullopt;
  return Date::of(negative ? -*year : *year, *month, *day);
}

std::optional<Zone> read_zone(Reader& reader) {
  Zone zone;
  if (reader.done()) return zone;
  if (reader.take('Z') || reader.take('z')) {
    zone.kind = Zone::Kind::offset;
    return zone;
  }
  if (reader.take('@')) {
    zone.kind = Zone::Kind::named;
    zone.name = std::string{reader.rest()};
    if (!is_zone_name(zone.name)) return std::nullopt;
    while (!reader.done()) reader.take(reader.rest().front());
    return zone;
  }
  const bool negative = reader.take('-');
  if (!negative && !reader.take('+')) return std::nullopt;
  const std::optional<std::int64_t> hours = reader.digits(2, 2);
  if (!hours || !reader.take(':')) return std::nullopt;
  const std::optional<std::int64_t> minutes = reader.digits(2, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  std::int64_t seconds = 0;
  if (reader.take(':')) {
    const std::optional<std::int64_t> rest = reader.digits(2, 2);
    if (!rest || *rest > 59) return std::nullopt;
    seconds = *rest;
  }
  zone.kind = Zone::Kind::offset;
  zone.offset_seconds = static_cast<std::int32_t>(*hours * 3'600 + *minutes * 60 + seconds);
  if (zone.offset_seconds > kOffsetMax) return std::nullopt;
  if (negative) zone.offset_seconds = -zone.offset_seconds;
  return zone;
}

std::optional<Time> read_time(Reader& reader) {
  const std::optional<std::int64_t> hour = reader.digits(2, 2);
  if (!hour || *hour > 23 || !reader.take(':')) return std::nullopt;
  const std::optional<std::int64_t> minute = reader.digits(2, 2);
  if (!minute || *minute > 59 || !reader.take(':')) return std::nullopt;
  const std::optional<std::int64_t> second = reader.digits(2, 2);
  if (!second || *second > 59) return std::nullopt;
  const std::optional<std::uint32_t> nanos = fraction(reader);
  if (!nanos) return std::nullopt;
  std::optional<Zone> zone = read_zone(reader);
  if (!zone || !reader.done()) return std::nullopt;
  return Time{static_cast<std::uint8_t>(*hour), static_cast<std::uint8_t>(*minute),
              static_cast<std::uint8_t>(*second), *nanos, std::move(*zone)};
}

std::string nanos_text(std::uint32_t nanos) {
  if (nanos == 0) return "";
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(), buffer.size(), ".%09u", nanos);
  std::string text{buffer.data()};
  while (text.back() == '0') text.pop_back();
  return text;
}

std::string zone_text(const Zone& zone) {
  switch (zone.kind) {
    case Zone::Kind::local:
      return "";
    case Zone::Kind::named:
      return "@" + zone.name;
    case Zone::Kind::offset:
      break;
  }
  if (zone.offset_seconds == 0) return "Z";
  const int magnitude = zone.offset_seconds < 0 ? -zone.offset_seconds : zone.offset_seconds;
  std::array<char, 40> buffer{};
  const char sign = zone.offset_seconds < 0 ? '-' : '+';
  if (magnitude % 60 != 0) {
    std::snprintf(buffer.data(), buffer.size(), "%c%02d:%02d:%02d", sign, magnitude / 3'600,
                  magnitude / 60 % 60, magnitude % 60);
  } else {
    std::snprintf(buffer.data(), buffer.size(), "%c%02d:%02d", sign, magnitude / 3'600,
                  magnitude / 60 % 60);
  }
  return buffer.data();
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

}  // namespace

int days_in_month(std::int64_t year, int month) {
  if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::optional<Date> Date::of(std::int64_t year, std::int64_t month, std::int64_t day) {
  if (year < -kYearMax || year > kYearMax || month < 1 || month > 12 || day < 1) {
    return std::nullopt;
  }
  if (day > days_in_month(year, static_cast<int>(month))) return std::nullopt;
  return Date{static_cast<std::int32_t>(year), static_cast<std::uint8_t>(month),
              static_cast<std::uint8_t>(day)};
}

std::optional<Date> Date::parse(std::string_view text) {
  Reader reader{text};
  const std::optional<Date> date = read_date(reader);
  return reader.done() ? date : std::nullopt;
}

// The civil calendar as eras of 400 years that begin on 1 March, so that the leap day comes last.
std::int64_t Date::day_number() const {
  const std::int64_t y = std::int64_t{year} - (month <= 2 ? 1 : 0);
  const std::int64_t era = floor_divide(y, 400);
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

std::optional<Date> Date::from_day_number(std::int64_t days) {
  if (days < -400'000'000'000 || days > 400'000'000'000) return std::nullopt;
  const std::int64_t z = days + 719'468;
  const std::int64_t era = floor_divide(z, 146'097);
  const std::int64_t day_of_era = z - era * 146'097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  const std::int64_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  return of(year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day);
}

std::string Date::to_text() const {
  std::array<char, 32> buffer{};
  const int magnitude = year < 0 ? -year : year;
  std::snprintf(buffer.data(), buffer.size(), "%s%04d-%02d-%02d", year < 0 ? "-" : "", magnitude,
                int{month}, int{day});
  return buffer.data();
}

std::optional<Time> Time::parse(std::string_view text) {
  Reader reader{text};
  return read_time(reader);
}

std::string Time::to_text() const {
  std::array<char, 16> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%02d:%02d:%02d", int{hour}, int{minute},
                int{second});
  return buffer.data() + nanos_text(nanosecond) + zone_text(zone);
}

std::optional<DateTime> DateTime::parse(std::string_view text) {
  Reader reader{text};
  const std::optional<Date> date = read_date(reader);
  if (!date) return std::nullopt;
  if (reader.done()) return DateTime{*date, {}};
  if (!reader.take('T')) return std::nullopt;
  // 24:00:00 is the midnight that ends the day.
  if (reader.rest().substr(0, 8) == "24:00:00") {
    const std::string next = "00:00:00" + std::string{reader.rest().substr(8)};
    Reader midnight{next};
    std::optional<Time> time = read_time(midnight);
    const std::optional<Date> day = Date::from_day_number(date->day_number() + 1);
    if (!time || !day || time->nanosecond != 0) return std::nullopt;
    return DateTime{*day, std::move(*time)};
  }
  std::optional<Time> time = read_time(reader);
  if (!time) return std::nullopt;
  return DateTime{*date, std::move(*time)};
}

std::int64_t DateTime::epoch_second() const {
  const std::int64_t local = date.day_number() * kSecondsPerDay + time.second_of_day();
  return local - offset_of(time.zone, local).value_or(0);
}

std::optional<DateTime> DateTime::from_epoch(std::int64_t second, std::uint32_t nanosecond,
                                             const Zone& zone) {
  // The offset is asked for a local time, which needs the offset: two rounds settle it.
  std::int64_t local = second + offset_of(zone, second).value_or(0);
  local = second + offset_of(zone, local).value_or(0);
  const std::int64_t day = floor_divide(local, kSecondsPerDay);
  const std::int64_t rest = local - day * kSecondsPerDay;
  const std::optional<Date> date = Date::from_day_number(day);
  if (!date) return std::nullopt;
  return DateTime{*date, Time{static_cast<std::uint8_t>(rest / 3'600),
                              static_cast<std::uint8_t>(rest / 60 % 60),
                              static_cast<std::uint8_t>(rest % 60), nanosecond, zone}};
}

std::string DateTime::to_text() const {
  return date.to_text() + "T" + time.to_text();
}

std::string YearsMonths::to_text() const {
  if (months == 0) return "P0M";
  const std::int64_t magnitude = months < 0 ? -months : months;
  std::string text = months < 0 ? "-P" : "P";
  if (magnitude / 12 != 0) text += std::to_string(magnitude / 12) + "Y";
  if (magnitude % 12 != 0) text += std::to_string(magnitude % 12) + "M";
  return text;
}

std::string DaysTime::to_text() const {
  if (seconds == 0 && nanoseconds == 0) return "PT0S";
  const bool negative = seconds < 0 || nanoseconds < 0;
  const std::int64_t magnitude = seconds < 0 ? -seconds : seconds;
  const auto nanos = static_cast<std::uint32_t>(nanoseconds < 0 ? -nanoseconds : nanoseconds);
  std::string text = negative ? "-P" : "P";
  if (magnitude / kSecondsPerDay != 0) text += std::to_string(magnitude / kSecondsPerDay) + "D";
  const std::int64_t rest = magnitude % kSecondsPerDay;
  if (rest == 0 && nanos == 0) return text;
  text += "T";
  if (rest / 3'600 != 0) text += std::to_string(rest / 3'600) + "H";
  if (rest / 60 % 60 != 0) text += std::to_string(rest / 60 % 60) + "M";
  if (rest % 60 != 0 || nanos != 0) text += std::to_string(rest % 60) + nanos_text(nanos) + "S";
  return text;
}

std::optional<YearsMonths> parse_years_months(std::string_view text) {
  Reader reader{text};
  const bool negative = reader.take('-');
  if (!reader.take('P')) return std::nullopt;
  std::int64_t months = 0;
  bool any = false;
  for (const char unit : {'Y', 'M'}) {
    Reader ahead = reader;
    const std::optional<std::int64_t> number = ahead.digits(1, 15);
    if (!number || !ahead.take(unit)) continue;
    months += unit == 'Y' ? *number * 12 : *number;
    any = true;
    reader = ahead;
  }
  if (!any || !reader.done()) return std::nullopt;
  return YearsMonths{negative ? -months : months};
}

std::optional<DaysTime> parse_days_time(std::string_view text) {
  Reader reader{text};
  const bool negative = reader.take('-');
  if (!reader.take('P')) return std::nullopt;
  std::int64_t seconds = 0;
  std::uint32_t nanos = 0;
  bool any = false;
  Reader ahead = reader;
  if (const auto days = ahead.digits(1, 13); days && ahead.take('D')) {
    seconds = *days * kSecondsPerDay;
    any = true;
    reader = ahead;
  }
  if (reader.take('T')) {
    bool any_time = false;
    for (const char unit : {'H', 'M', 'S'}) {
      ahead = reader;
      const std::optional<std::int64_t> number = ahead.digits(1, 15);
      std::optional<std::uint32_t> part = 0U;
      if (number && unit == 'S') part = fraction(ahead, Digits::optional);
      if (!number || !part || !ahead.take(unit)) continue;
      const std::int64_t factor = unit == 'H' ? 3'600 : unit == 'M' ? 60 : 1;
      seconds += *number * factor;
      nanos = *part;
      any_time = true;
      reader = ahead;
    }
    if (!any_time) return std::nullopt;
    any = true;
  }
  if (!any || !reader.done()) return std::nullopt;
  const auto signed_nanos = static_cast<std::int32_t>(nanos);
  return negative ? DaysTime{-seconds, -signed_nanos} : DaysTime{seconds, signed_nanos};
}

}  // namespace rules
