#include "calendar/instant.h"

#include "calendar/digits.h"

namespace calendar {

using internal::padded;
using internal::take_char;
using internal::take_number;

namespace {

constexpr int kYearMin = 1800;
constexpr int kYearMax = 2999;

std::optional<Date> take_iso_date(std::string_view& rest) {
  const auto year = take_number(rest, 4, 4);
  if (!year || !take_char(rest, '-')) return std::nullopt;
  const auto month = take_number(rest, 2, 2);
  if (!month || !take_char(rest, '-')) return std::nullopt;
  const auto day = take_number(rest, 2, 2);
  if (!day) return std::nullopt;
  return make_date(*year, *month, *day);
}

// The offset in minutes; Vietnam's if there is no text at all.
std::optional<int> parse_zone(std::string_view rest) {
  if (rest.empty()) return 7 * 60;
  if (rest == "Z" || rest == "z") return 0;
  const bool west = rest.front() == '-';
  if (!west && rest.front() != '+') return std::nullopt;
  rest.remove_prefix(1);
  const auto hours = take_number(rest, 2, 2);
  if (!hours || *hours > 18) return std::nullopt;
  int minutes = 0;
  if (!rest.empty()) {
    if (rest.front() == ':') rest.remove_prefix(1);
    const auto read = take_number(rest, 2, 2);
    if (!read || *read > 59 || !rest.empty()) return std::nullopt;
    minutes = *read;
  }
  const int offset = *hours * 60 + minutes;
  return west ? -offset : offset;
}

}  // namespace

std::optional<Date> make_date(int year, int month, int day) {
  if (year < kYearMin || year > kYearMax || month < 1 || month > 12 || day < 1) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return Date{date};
}

int year_of(Date on) {
  return static_cast<int>(std::chrono::year_month_day{on}.year());
}

std::string to_iso(Date on) {
  const std::chrono::year_month_day date{on};
  return padded(static_cast<int>(date.year()), 4) + "-" +
         padded(static_cast<int>(static_cast<unsigned>(date.month())), 2) + "-" +
         padded(static_cast<int>(static_cast<unsigned>(date.day())), 2);
}

std::string to_iso(Instant at) {
  const auto of_day = (at + kVietnamOffset) - Instant{local_date(at)};
  const int milliseconds = static_cast<int>(of_day.count());
  std::string text = to_iso(local_date(at)) + "T" + to_text(local_time(at)) + ":" +
                     padded(milliseconds / 1000 % 60, 2);
  if (milliseconds % 1000 != 0) text += "." + padded(milliseconds % 1000, 3);
  return text + "+07:00";
}

std::string to_vietnamese(Date on) {
  const std::chrono::year_month_day date{on};
  return padded(static_cast<int>(static_cast<unsigned>(date.day())), 2) + "/" +
         padded(static_cast<int>(static_cast<unsigned>(date.month())), 2) + "/" +
         padded(static_cast<int>(date.year()), 4);
}

std::string to_vietnamese(Instant at) {
  return to_text(local_time(at)) + " ngày " + to_vietnamese(local_date(at));
}

std::string to_text(TimeOfDay time) {
  return padded(time.minutes / 60, 2) + ":" + padded(time.minutes % 60, 2);
}

int iso_weekday(Date on) {
  return static_cast<int>(std::chrono::weekday{on}.iso_encoding());
}

std::optional<Instant> parse_instant(std::string_view text) {
  const auto on = take_iso_date(text);
  if (!on) return std::nullopt;
  if (!take_char(text, 'T') && !take_char(text, 't') && !take_char(text, ' ')) return std::nullopt;
  const auto hour = take_number(text, 2, 2);
  if (!hour || !take_char(text, ':')) return std::nullopt;
  const auto minute = take_number(text, 2, 2);
  if (!minute || *hour > 23 || *minute > 59) return std::nullopt;
  int second = 0;
  int milliseconds = 0;
  if (take_char(text, ':')) {
    const auto read = take_number(text, 2, 2);
    if (!read || *read > 59) return std::nullopt;
    second = *read;
    if (take_char(text, '.') || take_char(text, ',')) {
      const std::string_view before = text;
      if (!take_number(text, 1, 9)) return std::nullopt;
      int scale = 100;
      for (std::size_t i = 0; i < before.size() - text.size() && scale > 0; ++i, scale /= 10) {
        milliseconds += (before[i] - '0') * scale;
      }
    }
  }
  const auto offset = parse_zone(text);
  if (!offset) return std::nullopt;
  return Instant{*on} + std::chrono::hours{*hour} + std::chrono::minutes{*minute - *offset} +
         std::chrono::seconds{second} + std::chrono::milliseconds{milliseconds};
}

std::optional<Date> parse_date(std::string_view text) {
  const auto on = take_iso_date(text);
  if (!on || !text.empty()) return std::nullopt;
  return on;
}

std::optional<Date> parse_vietnamese_date(std::string_view text) {
  const auto day = take_number(text, 1, 2);
  if (!day || text.empty()) return std::nullopt;
  const char separator = text.front();
  if (separator != '/' && separator != '-' && separator != '.') return std::nullopt;
  text.remove_prefix(1);
  const auto month = take_number(text, 1, 2);
  if (!month || !take_char(text, separator)) return std::nullopt;
  const auto year = take_number(text, 4, 4);
  if (!year || !text.empty()) return std::nullopt;
  return make_date(*year, *month, *day);
}

std::optional<TimeOfDay> parse_time_of_day(std::string_view text) {
  const auto hour = take_number(text, 1, 2);
  if (!hour || !take_char(text, ':')) return std::nullopt;
  const auto minute = take_number(text, 2, 2);
  if (!minute || !text.empty() || *minute > 59 || *hour > 24) return std::nullopt;
  if (*hour == 24 && *minute != 0) return std::nullopt;
  return hour_minute(*hour, *minute);
}

}  // namespace calendar
