#pragma once
// calendar_yaml.h - the texts of data/calendars: national days, the hours of offices, rules about
// time.
//
// The format is described in docs/formats/calendar-yaml.md.  Text in, value out; aliases and
// anchors are refused, and so is any text above 256 KiB.
#include <string_view>

#include "base/fault.h"
#include "calendar/national_days.h"
#include "calendar/office_schedule.h"
#include "calendar/time_rules.h"

namespace calendar {

// Fault `invalid` with the place and what is wrong there.
[[nodiscard]] base::Outcome<NationalDays> parse_national_days(std::string_view yaml);
[[nodiscard]] base::Outcome<OfficeSchedule> parse_office_schedule(std::string_view yaml);
[[nodiscard]] base::Outcome<TimeRulebook> parse_time_rules(std::string_view yaml);

}  // namespace calendar
