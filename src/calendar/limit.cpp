#include "calendar/limit.h"

#include <array>

#include "calendar/digits.h"

namespace calendar {
namespace {

struct UnitText {
  LimitUnit unit;
  std::string_view suffix;
};
constexpr std::array<UnitText, 5> kUnits{{{LimitUnit::working_days, "wd"},
                                          {LimitUnit::calendar_days, "d"},
                                          {LimitUnit::working_hours, "h"},
                                          {LimitUnit::months, "mo"},
                                          {LimitUnit::years, "y"}}};
constexpr std::string_view kSameDay = "same-day";

bool has_halves(LimitUnit unit) {
  return unit == LimitUnit::working_days || unit == LimitUnit::working_hours;
}

// The most half units of a unit that stay within 3,650 days.
std::int64_t halves_max(LimitUnit unit) {
  switch (unit) {
    case LimitUnit::working_days:
    case LimitUnit::calendar_days:
      return 2LL * kLimitDaysMax;
    case LimitUnit::working_hours:
      return 2LL * kLimitDaysMax * kWorkingHoursPerDay;
    case LimitUnit::months:
      return 2LL * 119;
    case LimitUnit::years:
      return 2LL * 9;
    case LimitUnit::same_day:
      return 0;
  }
  return 0;
}

std::string amount(std::int64_t halves, char point) {
  std::string text = std::to_string(halves / 2);
  if (halves % 2 != 0) text += std::string{point} + "5";
  return text;
}

}  // namespace

base::Result<Limit, LimitRefusal> Limit::of_halves(LimitUnit unit, std::int64_t halves) {
  if (unit == LimitUnit::same_day) {
    if (halves != 0) return base::Failure{LimitRefusal::malformed};
    return Limit(unit, 0);
  }
  if (halves == 0) return base::Failure{LimitRefusal::zero};
  if (halves < 0 || halves > halves_max(unit)) return base::Failure{LimitRefusal::out_of_range};
  if (halves % 2 != 0 && !has_halves(unit)) return base::Failure{LimitRefusal::not_halves};
  return Limit(unit, static_cast<int>(halves));
}

base::Result<Limit, LimitRefusal> Limit::parse(std::string_view text) {
  if (text == kSameDay) return of_halves(LimitUnit::same_day, 0);
  if (text.size() > 24) return base::Failure{LimitRefusal::malformed};
  // Nine digits are read; a longer run is out of range whatever its unit.
  const auto whole = internal::take_number(text, 1, 9);
  if (!whole) return base::Failure{LimitRefusal::malformed};
  bool too_long = false;
  while (!text.empty() && internal::is_digit(text.front())) {
    too_long = true;
    text.remove_prefix(1);
  }
  bool half = false;
  bool other_fraction = false;
  if (internal::take_char(text, '.') || internal::take_char(text, ',')) {
    bool any = false;
    for (bool first = true; !text.empty() && internal::is_digit(text.front()); first = false) {
      any = true;
      const char digit = text.front();
      if (first && digit == '5') {
        half = true;
      } else if (digit != '0') {
        other_fraction = true;
      }
      text.remove_prefix(1);
    }
    if (!any) return base::Failure{LimitRefusal::malformed};
  }
  for (const UnitText& unit : kUnits) {
    if (unit.suffix != text) continue;
    if (too_long) return base::Failure{LimitRefusal::out_of_range};
    if (other_fraction) return base::Failure{LimitRefusal::not_halves};
    return of_halves(unit.unit, 2LL * *whole + (half ? 1 : 0));
  }
  return base::Failure{LimitRefusal::malformed};
}

std::int64_t Limit::working_minutes() const {
  if (unit_ == LimitUnit::working_days) return halves_ * std::int64_t{kWorkingHoursPerDay} * 30;
  if (unit_ == LimitUnit::working_hours) return halves_ * std::int64_t{30};
  return 0;
}

std::string Limit::text() const {
  if (unit_ == LimitUnit::same_day) return std::string(kSameDay);
  for (const UnitText& unit : kUnits) {
    if (unit.unit == unit_) return amount(halves_, '.') + std::string(unit.suffix);
  }
  return {};
}

std::string to_words(const Limit& limit, Language language) {
  if (language == Language::vietnamese) {
    const std::string number = amount(limit.halves(), ',');
    switch (limit.unit()) {
      case LimitUnit::working_days:
        return number + " ngày làm việc";
      case LimitUnit::calendar_days:
        return number + " ngày";
      case LimitUnit::working_hours:
        return number + " giờ làm việc";
      case LimitUnit::months:
        return number + " tháng";
      case LimitUnit::years:
        return number + " năm";
      case LimitUnit::same_day:
        return "trong ngày";
    }
    return {};
  }
  const std::string number = amount(limit.halves(), '.');
  const std::string s = limit.halves() == 2 ? "" : "s";
  switch (limit.unit()) {
    case LimitUnit::working_days:
      return number + " working day" + s;
    case LimitUnit::calendar_days:
      return number + " day" + s;
    case LimitUnit::working_hours:
      return number + " working hour" + s;
    case LimitUnit::months:
      return number + " month" + s;
    case LimitUnit::years:
      return number + " year" + s;
    case LimitUnit::same_day:
      return "the same day";
  }
  return {};
}

std::string working_time_in_words(std::int64_t minutes, Language language) {
  const bool vi = language == Language::vietnamese;
  constexpr std::int64_t kDay = std::int64_t{kWorkingHoursPerDay} * 60;
  std::string text;
  const auto add = [&](std::int64_t count, const char* vietnamese, const char* english) {
    if (count == 0) return;
    if (!text.empty()) text += " ";
    text += std::to_string(count) + " " + (vi ? vietnamese : english);
    if (!vi && count != 1) text += "s";
  };
  add(minutes / kDay, "ngày", "working day");
  add(minutes % kDay / 60, "giờ", "hour");
  add(minutes % 60, "phút", "minute");
  if (text.empty()) return vi ? "0 phút" : "0 minutes";
  return vi ? text + " làm việc" : text;
}

std::string explain(LimitRefusal refusal, Language language) {
  const bool vi = language == Language::vietnamese;
  switch (refusal) {
    case LimitRefusal::malformed:
      return vi ? "Thời hạn phải viết như 3wd (ngày làm việc), 30d (ngày), 168h (giờ làm việc), "
                  "2mo "
                  "(tháng), 1y (năm) hoặc same-day (trong ngày)."
                : "A limit is written like 3wd (working days), 30d (days), 168h (working hours), "
                  "2mo "
                  "(months), 1y (years) or same-day.";
    case LimitRefusal::not_halves:
      return vi ? "Chỉ ngày làm việc và giờ làm việc được có nửa đơn vị, ví dụ 1.5wd."
                : "Only working days and working hours may have a half, such as 1.5wd.";
    case LimitRefusal::zero:
      return vi ? "Thời hạn phải lớn hơn 0: hãy nhập ít nhất 0.5wd, 0.5h, 1d, 1mo, 1y, hoặc "
                  "same-day "
                  "(trong ngày)."
                : "A limit must be more than 0: give at least 0.5wd, 0.5h, 1d, 1mo, 1y, or "
                  "same-day.";
    case LimitRefusal::out_of_range:
      return vi ? "Thời hạn không được quá 3.650 ngày (29.200 giờ, 119 tháng, 9 năm): hãy kiểm tra "
                  "con "
                  "số và đơn vị."
                : "A limit may not exceed 3,650 days (29,200 hours, 119 months, 9 years): check "
                  "the "
                  "number and its unit.";
  }
  return {};
}

}  // namespace calendar
