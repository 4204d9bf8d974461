#include "calendar/national_days.h"

#include <algorithm>

#include "calendar/statutory_days.h"

namespace calendar {
namespace {

constexpr auto by_date = [](const auto& a, const auto& b) { return a.on < b.on; };

template <class Day>
const Day* find_in(const std::vector<Day>& days, Date on) {
  const auto found = std::lower_bound(days.begin(), days.end(), on,
                                      [](const Day& day, Date date) { return day.on < date; });
  return found != days.end() && found->on == on ? &*found : nullptr;
}

}  // namespace

base::Outcome<NationalDays> NationalDays::from(std::vector<NationalYear> published) {
  NationalDays result;
  for (NationalYear& year : published) {
    const auto refuse = [&](const std::string& why) {
      return base::fault(base::FaultCode::invalid,
                         "year " + std::to_string(year.year) + ": " + why);
    };
    if (year.year < kFirstYear || year.year > kLastYear) return refuse("outside 2000 to 2099");
    if (result.is_published(year.year)) return refuse("given twice");
    result.published_years_.push_back(year.year);
    for (DayOff& day : year.days_off) {
      if (year_of(day.on) != year.year) return refuse("day " + to_iso(day.on) + " of another year");
      result.days_off_.push_back(std::move(day));
    }
    for (MakeUpDay& day : year.make_up_days) {
      if (year_of(day.on) != year.year) return refuse("day " + to_iso(day.on) + " of another year");
      result.make_up_days_.push_back(std::move(day));
    }
  }
  for (int year = kFirstYear; year <= kLastYear; ++year) {
    if (result.is_published(year)) continue;
    for (DayOff& day : statutory_year(year).days_off) result.days_off_.push_back(std::move(day));
  }
  std::sort(result.days_off_.begin(), result.days_off_.end(), by_date);
  std::sort(result.make_up_days_.begin(), result.make_up_days_.end(), by_date);
  const auto twice = [](const auto& days) {
    return std::adjacent_find(days.begin(), days.end(),
                              [](const auto& a, const auto& b) { return a.on == b.on; });
  };
  if (const auto day = twice(result.days_off_); day != result.days_off_.end()) {
    return base::fault(base::FaultCode::invalid, "day off " + to_iso(day->on) + " given twice");
  }
  if (const auto day = twice(result.make_up_days_); day != result.make_up_days_.end()) {
    return base::fault(base::FaultCode::invalid, "make-up day " + to_iso(day->on) + " given twice");
  }
  for (const MakeUpDay& day : result.make_up_days_) {
    if (result.find_day_off(day.on) != nullptr) {
      return base::fault(base::FaultCode::invalid, to_iso(day.on) + " is both off and worked");
    }
    if (iso_weekday(day.on) < 6) {
      return base::fault(base::FaultCode::invalid,
                         "make-up day " + to_iso(day.on) + " is no weekly rest day");
    }
  }
  return result;
}

const DayOff* NationalDays::find_day_off(Date on) const {
  return find_in(days_off_, on);
}
const MakeUpDay* NationalDays::find_make_up_day(Date on) const {
  return find_in(make_up_days_, on);
}

bool NationalDays::is_published(int year) const {
  return std::find(published_years_.begin(), published_years_.end(), year) !=
         published_years_.end();
}

}  // namespace calendar
