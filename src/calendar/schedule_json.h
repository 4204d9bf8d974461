#pragma once
// schedule_json.h - an office's own schedule for the API and the store.
//
//   {"hours": [{"valid_from": "2026-01-01", "source": "…", "provisional": false,
//               "processing": {"mon": ["07:30-11:30", "13:30-17:00"], …}, "reception": {…}}],
//    "closures": [{"first": "…", "last": "…", "hours": "07:30-11:30" | null,
//                  "reason": {"vi", "en"}, "act": "…"}],
//    "extra_days": [{"on": "…", "processing": ["…"], "reception": ["…"],
//                    "reason": {"vi", "en"}, "act": "…"}]}
//
// Reading back what was written gives the same schedule.
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "calendar/office_schedule.h"

namespace calendar {

[[nodiscard]] base::json::object to_json(const OfficeSchedule& schedule);

// What is wrong and what would be right, for the person who typed it.
struct ScheduleProblem {
  std::string path;  // "hours/0/processing/mon/1"; empty for the whole
  std::string code;  // for programs: "missing", "not_a_date", "overlap", ...
  Bilingual message;

  friend bool operator==(const ScheduleProblem&, const ScheduleProblem&) = default;
};

// Every problem at once (at most 100).  A schedule that is read has no overlap and no
// contradiction; together with hours, its own or inherited, OfficeCalendar::build takes it. Without
// `hours` it inherits them; without `reception` the counter is open during `processing`; a closure
// without `last` is one day.  Sets of hours may come in any order.
[[nodiscard]] base::Result<OfficeSchedule, std::vector<ScheduleProblem>> read_schedule(
    const base::json::value& json);

}  // namespace calendar
