#pragma once
// lunar.h - the Vietnamese lunar calendar, computed from the positions of sun and moon at
// UTC+07:00.
//
// Good for 1900 to 2199.  Before 1968 Vietnam's official calendar used other meridians; this module
// then gives the proleptic answer for UTC+07:00.  Checked month by month against an independent
// ephemeris: of 3,698 months from 1901 to 2199 one differs, that of July 1967, whose new moon came
// three seconds after midnight.
#include <optional>

#include "calendar/instant.h"

namespace calendar {

inline constexpr int kLunarYearMin = 1900;
inline constexpr int kLunarYearMax = 2199;

struct LunarDate {
  int year = 0;   // the year in which the lunar year begins
  int month = 0;  // 1 to 12
  int day = 0;    // 1 to 30
  bool leap = false;

  friend bool operator==(const LunarDate&, const LunarDate&) = default;
};

// nullopt outside the years above, and for a day or leap month that does not exist.
[[nodiscard]] std::optional<Date> from_lunar(const LunarDate& lunar);
[[nodiscard]] std::optional<LunarDate> to_lunar(Date on);
// The first day of Tết.  Requires: kLunarYearMin <= year <= kLunarYearMax.
[[nodiscard]] Date lunar_new_year(int year);

}  // namespace calendar
