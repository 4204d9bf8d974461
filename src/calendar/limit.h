#pragma once
// limit.h - how long something may take, in the units that the law and the offices use.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "calendar/language.h"

namespace calendar {

enum class LimitUnit {
  working_days,   // `3wd`, `1.5wd`
  calendar_days,  // `30d`
  working_hours,  // `168h`, `0.5h`; eight of them are a working day
  months,         // `2mo`
  years,          // `1y`
  same_day,       // `same-day`; received after the cut-off (15:00) it is the next working day
};

enum class LimitRefusal {
  malformed,    // not a number with one of the units wd, d, h, mo, y, nor same-day
  not_halves,   // other fractions than .5, or a fraction where only whole units exist
  zero,         // a limit of nothing cannot be kept
  out_of_range  // more than 3,650 days
};

inline constexpr int kWorkingHoursPerDay = 8;
inline constexpr int kLimitDaysMax = 3650;

class Limit {
 public:
  // "3wd", "1.5wd", "30d", "168h", "2mo", "1y", "same-day".
  [[nodiscard]] static base::Result<Limit, LimitRefusal> parse(std::string_view text);
  // `halves` half units; for the units that have no halves it must be even; 0 for same_day only.
  [[nodiscard]] static base::Result<Limit, LimitRefusal> of_halves(LimitUnit unit,
                                                                   std::int64_t halves);

  [[nodiscard]] LimitUnit unit() const { return unit_; }
  // Half units: 3 for `1.5wd`.
  [[nodiscard]] int halves() const { return halves_; }
  // Working minutes for working days and hours; 0 for the units of the wall calendar.
  [[nodiscard]] std::int64_t working_minutes() const;
  // What parse() reads.
  [[nodiscard]] std::string text() const;

  friend bool operator==(const Limit&, const Limit&) = default;

 private:
  Limit(LimitUnit unit, int halves) : unit_(unit), halves_(halves) {}
  LimitUnit unit_;
  int halves_;
};

// "3 ngày làm việc", "1,5 ngày làm việc"; "3 working days", "1.5 working days".
[[nodiscard]] std::string to_words(const Limit& limit, Language language);
// "2 ngày 4 giờ làm việc" / "2 working days 4 hours": minutes of working time, 8 hours a day.
[[nodiscard]] std::string working_time_in_words(std::int64_t minutes, Language language);
// What is wrong and what would be right, for a person.
[[nodiscard]] std::string explain(LimitRefusal refusal, Language language);

}  // namespace calendar
