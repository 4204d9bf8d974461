#pragma once
// national_days.h - the days off of the whole country and the rest days that are worked instead.
//
// A year that the government has published is taken as published.  A year that it has not is
// computed from the law (statutory_days.h) and marked provisional, so that a long limit can be
// counted at all.
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/fault.h"
#include "calendar/instant.h"
#include "calendar/language.h"

namespace calendar {

enum class DayOffKind {
  holiday,       // named by the Labour Code or a resolution
  swapped,       // a working day given free against a rest day that is worked
  compensation,  // the day after a holiday that fell on a weekly rest day
};

struct DayOff {
  Date on;
  DayOffKind kind = DayOffKind::holiday;
  Bilingual name;
  std::string act;           // the act that makes the day free, as cited
  bool provisional = false;  // computed, or published but not yet confirmed

  friend bool operator==(const DayOff&, const DayOff&) = default;
};

// A weekly rest day that is worked, with the hours of the weekday of `instead_of`.
struct MakeUpDay {
  Date on;
  Date instead_of;
  std::string act;

  friend bool operator==(const MakeUpDay&, const MakeUpDay&) = default;
};

struct NationalYear {
  int year = 0;
  std::vector<DayOff> days_off;
  std::vector<MakeUpDay> make_up_days;
};

class NationalDays {
 public:
  // The span for which days are known or computed.  Outside it nothing counts.
  static constexpr int kFirstYear = 2000;
  static constexpr int kLastYear = 2099;

  // Computes every year in the span that is not among `published`.  Fault `invalid`: a year twice
  // or outside the span, a day outside its year or twice, a make-up day that is also a day off.
  [[nodiscard]] static base::Outcome<NationalDays> from(std::vector<NationalYear> published);

  [[nodiscard]] const DayOff* find_day_off(Date on) const;
  [[nodiscard]] const MakeUpDay* find_make_up_day(Date on) const;
  [[nodiscard]] bool is_published(int year) const;
  // In order of date.
  [[nodiscard]] const std::vector<DayOff>& days_off() const { return days_off_; }
  [[nodiscard]] const std::vector<MakeUpDay>& make_up_days() const { return make_up_days_; }

 private:
  std::vector<DayOff> days_off_;
  std::vector<MakeUpDay> make_up_days_;
  std::vector<int> published_years_;
};

}  // namespace calendar
