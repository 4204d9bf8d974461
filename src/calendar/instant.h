#pragma once
// instant.h - civil dates, moments and times of day in Vietnam, and their texts.
//
// A Date is a day as the office's wall calendar shows it; an Instant is a moment on the world's
// time line.  Vietnam is UTC+07:00 on every date here, without summer time; historic offsets before
// 1975 are not modelled.  Parsers refuse dates that do not exist, and years outside 1800 to 2999.
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace calendar {

using Date = std::chrono::sys_days;
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

// Minutes since local midnight, 0 to 1440 (24:00 closes an interval that reaches midnight).
struct TimeOfDay {
  int minutes = 0;

  friend constexpr auto operator<=>(TimeOfDay, TimeOfDay) = default;
};

[[nodiscard]] constexpr TimeOfDay hour_minute(int hour, int minute = 0) {
  return TimeOfDay{hour * 60 + minute};
}

// Vietnam's distance from UTC.
inline constexpr std::chrono::hours kVietnamOffset{7};

[[nodiscard]] constexpr Date local_date(Instant at) {
  return std::chrono::floor<std::chrono::days>(at + kVietnamOffset);
}
// The minute that has begun: seconds are cut off.
[[nodiscard]] constexpr TimeOfDay local_time(Instant at) {
  const auto since_midnight = (at + kVietnamOffset) - Instant{local_date(at)};
  return TimeOfDay{
      static_cast<int>(std::chrono::floor<std::chrono::minutes>(since_midnight).count())};
}
[[nodiscard]] constexpr Instant at_local(Date on, TimeOfDay time) {
  return Instant{on} + std::chrono::minutes{time.minutes} - kVietnamOffset;
}

// The date of this year, month and day, or nullopt if there is no such day.
[[nodiscard]] std::optional<Date> make_date(int year, int month, int day);
[[nodiscard]] int year_of(Date on);

// "2026-08-20T10:00:00+07:00"; milliseconds only where there are any.
[[nodiscard]] std::string to_iso(Instant at);
// "2026-08-20".
[[nodiscard]] std::string to_iso(Date on);
// "20/08/2026", as offices write it.
[[nodiscard]] std::string to_vietnamese(Date on);
// "10:00 ngày 20/08/2026".
[[nodiscard]] std::string to_vietnamese(Instant at);
// "07:30".
[[nodiscard]] std::string to_text(TimeOfDay time);
// "thứ Hai" ... "Chủ nhật", "Monday" ... are in explain; this one is for machine formats: 1 =
// Monday
// ... 7 = Sunday (ISO 8601).
[[nodiscard]] int iso_weekday(Date on);

// "2026-08-20T10:00", with seconds and up to nine digits of fraction (cut to milliseconds) if there
// are any; a zone Z or +hh:mm or +hhmm; without a zone it is Vietnam's.  A blank instead of T is
// accepted, a date alone is not.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);
// Strictly "2026-08-20".
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);
// "20/8/2026", "20/08/2026", "20-08-2026", "20.08.2026".
[[nodiscard]] std::optional<Date> parse_vietnamese_date(std::string_view text);
// "7:30", "07:30", "24:00".
[[nodiscard]] std::optional<TimeOfDay> parse_time_of_day(std::string_view text);

}  // namespace calendar
