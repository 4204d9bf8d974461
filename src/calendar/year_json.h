#pragma once
// year_json.h - the days of a year as an office keeps them, for a screen.
#include "base/json.h"
#include "calendar/office_calendar.h"

namespace calendar {

// One object for each day of the year, in order:
//   {"on": "2026-08-22", "works": true, "kind": "make_up", "intervals": ["07:30-11:30", …],
//    "reception": […], "why": {"vi", "en"} | null, "act": "…", "provisional": false}
// `kind`: "work" (an ordinary working day), "make_up", "extra", "partly_closed", "weekly_rest",
// "holiday", "swapped", "compensation" or "closure"; `why` is null for "work" only.
// Requires: NationalDays::kFirstYear <= year <= NationalDays::kLastYear.
[[nodiscard]] base::json::array year_json(int year, const OfficeCalendar& office);

}  // namespace calendar
