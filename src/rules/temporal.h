#pragma once
// temporal.h - the dates, times and durations of FEEL, as plain values.
//
// This is ISO 8601 as FEEL reads it, not the office's calendar: nothing here knows a holiday.
// Time zones by name come from ICU's own table.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rules {

// Proleptic Gregorian; years -999,999,999 to 999,999,999.
struct Date {
  std::int32_t year = 1;
  std::uint8_t month = 1;
  std::uint8_t day = 1;

  // "2026-08-20"; nothing for another form or a day that does not exist.
  [[nodiscard]] static std::optional<Date> parse(std::string_view text);
  [[nodiscard]] static std::optional<Date> of(std::int64_t year, std::int64_t month,
                                              std::int64_t day);
  [[nodiscard]] static std::optional<Date> from_day_number(std::int64_t days);
  // Days since 1970-01-01.
  [[nodiscard]] std::int64_t day_number() const;
  [[nodiscard]] std::string to_text() const;
  friend auto operator<=>(const Date&, const Date&) = default;
};

// Where a clock time holds: nowhere in particular, at an offset, or in a named zone.
struct Zone {
  enum class Kind : std::uint8_t { local, offset, named };
  Kind kind = Kind::local;
  std::int32_t offset_seconds = 0;  // of Kind::offset
  std::string name;                 // of Kind::named, such as "Asia/Ho_Chi_Minh"

  friend bool operator==(const Zone&, const Zone&) = default;
};

struct Time {
  std::uint8_t hour = 0;
  std::uint8_t minute = 0;
  std::uint8_t second = 0;
  std::uint32_t nanosecond = 0;
  Zone zone;

  // "07:30:00", "07:30:00.5+07:00", "07:30:00Z", "07:30:00@Asia/Ho_Chi_Minh".
  [[nodiscard]] static std::optional<Time> parse(std::string_view text);
  [[nodiscard]] std::int64_t second_of_day() const { return hour * 3600 + minute * 60 + second; }
  [[nodiscard]] std::string to_text() const;
  friend bool operator==(const Time&, const Time&) = default;
};

struct DateTime {
  Date date;
  Time time;

  // "2026-08-20T07:30:00+07:00"; a date alone is its midnight.
  [[nodiscard]] static std::optional<DateTime> parse(std::string_view text);
  // The moment on the time line; a local time counts as UTC.
  [[nodiscard]] std::int64_t epoch_second() const;
  [[nodiscard]] static std::optional<DateTime> from_epoch(std::int64_t second,
                                                          std::uint32_t nanosecond,
                                                          const Zone& zone);
  [[nodiscard]] std::string to_text() const;
  friend bool operator==(const DateTime&, const DateTime&) = default;
};

struct YearsMonths {
  std::int64_t months = 0;

  [[nodiscard]] std::string to_text() const;  // "P1Y2M"
  friend auto operator<=>(const YearsMonths&, const YearsMonths&) = default;
};

// Seconds and nanoseconds have the same sign.
struct DaysTime {
  std::int64_t seconds = 0;
  std::int32_t nanoseconds = 0;

  [[nodiscard]] std::string to_text() const;  // "P2DT3H"
  friend auto operator<=>(const DaysTime&, const DaysTime&) = default;
};

// "P1Y2M" is years and months, "P2DT3H" days and time; a text that mixes them is neither.
[[nodiscard]] std::optional<YearsMonths> parse_years_months(std::string_view text);
[[nodiscard]] std::optional<DaysTime> parse_days_time(std::string_view text);

// Seconds east of UTC of `zone` for a clock showing `local_second` (seconds since 1970-01-01
// there). Nothing for a zone without place.
[[nodiscard]] std::optional<std::int32_t> offset_of(const Zone& zone, std::int64_t local_second);
[[nodiscard]] bool is_zone_name(std::string_view name);
[[nodiscard]] int days_in_month(std::int64_t year, int month);

}  // namespace rules
