#pragma once
// test_calendar.h - the shipped calendars, for the tests of this module.
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "base/ensure.h"
#include "calendar/calendar_yaml.h"
#include "calendar/office_calendar.h"

namespace calendar::test {

inline std::string shipped(const std::string& name) {
  std::ifstream file(std::string(PROJECT_ROOT) + "/data/calendars/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline std::shared_ptr<const NationalDays> shipped_days() {
  static const auto days = [] {
    auto parsed = parse_national_days(shipped("vn.yaml"));
    ENSURE(parsed.has_value(), "the shipped calendar is valid");
    return std::make_shared<const NationalDays>(std::move(parsed).value());
  }();
  return days;
}

inline OfficeCalendar office(OfficeSchedule schedule = default_schedule()) {
  auto built = OfficeCalendar::build(shipped_days(), std::move(schedule));
  ENSURE(built.has_value(), "the test's schedule is valid");
  return std::move(built).value();
}

inline Instant at(const char* text) {
  const auto parsed = parse_instant(text);
  ENSURE(parsed.has_value(), "the test's instant is valid");
  return *parsed;
}
inline Date on(const char* text) {
  const auto parsed = parse_date(text);
  ENSURE(parsed.has_value(), "the test's date is valid");
  return *parsed;
}

}  // namespace calendar::test
