#include "calendar/statutory_days.h"

#include <algorithm>
#include <set>

#include "calendar/lunar.h"

namespace calendar {
namespace {

using std::chrono::days;

constexpr const char* kLabourCode112 = "Bộ luật Lao động 2019, điều 112";
constexpr const char* kLabourCode111 = "Bộ luật Lao động 2019, điều 111 khoản 3";
constexpr const char* kCultureDay = "Nghị quyết 28/2026/QH16";

}  // namespace

// Source: Bộ luật Lao động 2019, điều 112: 1 January 1 day, lunar New Year 5, Hùng Kings' day (10/3
// lunar) 1, 30 April 1, 1 May 1, National Day 2 (2 September and the day before or after).  NQ
// 28/2026/QH16: 24 November, from 2026.
// Our reading: Tết is the last day of the old lunar year and four of the new; National Day takes
// the neighbour that makes the longer rest (3 September on a Thursday as in 2027, else 1
// September).
NationalYear statutory_year(int year) {
  NationalYear result{year, {}, {}};
  const auto add = [&](Date on, const char* vi, const char* en, const char* act) {
    result.days_off.push_back({on, DayOffKind::holiday, {vi, en}, act, true});
  };
  add(*make_date(year, 1, 1), "Tết Dương lịch", "New Year's Day", kLabourCode112);
  const Date tet = lunar_new_year(year);
  for (int i = -1; i < 4; ++i)
    add(tet + days{i}, "Tết Nguyên đán", "Lunar New Year", kLabourCode112);
  if (const auto kings = from_lunar({year, 3, 10, false})) {
    add(*kings, "Giỗ Tổ Hùng Vương", "Hùng Kings' Commemoration Day", kLabourCode112);
  }
  add(*make_date(year, 4, 30), "Ngày Chiến thắng", "Reunification Day", kLabourCode112);
  add(*make_date(year, 5, 1), "Ngày Quốc tế lao động", "International Labour Day", kLabourCode112);
  const Date national_day = *make_date(year, 9, 2);
  const bool takes_next = iso_weekday(national_day) >= 4;
  add(national_day, "Quốc khánh", "National Day", kLabourCode112);
  add(national_day + days{takes_next ? 1 : -1}, "Quốc khánh", "National Day", kLabourCode112);
  if (year >= 2026) {
    add(*make_date(year, 11, 24), "Ngày Văn hóa Việt Nam", "Vietnamese Culture Day", kCultureDay);
  }

  // Two holidays may fall on one day (Hùng Kings' day on 30 April): the day is free once and
  // another is given for it, like for one on a weekly rest day.
  std::sort(result.days_off.begin(), result.days_off.end(),
            [](const DayOff& a, const DayOff& b) { return a.on < b.on; });
  std::set<Date> taken;
  std::vector<DayOff> kept;
  std::vector<DayOff> owed;
  for (DayOff& day : result.days_off) {
    const bool twice = !taken.insert(day.on).second;
    if (twice || iso_weekday(day.on) >= 6) owed.push_back(day);
    if (!twice) kept.push_back(std::move(day));
  }
  // Source: Bộ luật Lao động 2019, điều 111 khoản 3 (compensation on the next working day).
  for (DayOff& day : owed) {
    Date on = day.on + days{1};
    while (iso_weekday(on) >= 6 || taken.contains(on)) on += days{1};
    if (year_of(on) != year) continue;
    taken.insert(on);
    kept.push_back({on,
                    DayOffKind::compensation,
                    {"Nghỉ bù " + day.name.vi, "Compensation for " + day.name.en},
                    kLabourCode111,
                    true});
  }
  std::sort(kept.begin(), kept.end(), [](const DayOff& a, const DayOff& b) { return a.on < b.on; });
  result.days_off = std::move(kept);
  return result;
}

}  // namespace calendar
