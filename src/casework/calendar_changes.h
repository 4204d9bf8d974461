#pragma once
// calendar_changes.h - an office's calendar is changed, what that would move, and moving it.
//
// Three separate acts, so that nobody's date moves behind his back: look at what would move, save a
// new version (history is kept, no due date moves), and have the due dates worked out anew.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "calendar/schedule_json.h"
#include "casework/execute.h"
#include "casework/failure.h"
#include "casework/workplace.h"

namespace casework {

struct MovedDate {
  std::string dossier;
  std::string code;
  Instant from{};
  Instant to{};
};

struct CalendarPreview {
  std::int64_t checked = 0;   // open dossiers whose clock runs
  std::int64_t standing = 0;  // whose clock stands: their date comes later anyway
  std::int64_t moved = 0;
  std::int64_t earlier = 0;
  std::int64_t later = 0;
  std::int64_t newly_overdue = 0;  // would lie in the past
  std::int64_t unreadable = 0;     // could not be worked out; left as they are
  std::vector<MovedDate> sample;   // the first hundred
};

// Open dossiers of that office and those below it: by `proposed`, or by the calendar as it is
// saved.  Reads one snapshot, writes nothing.
[[nodiscard]] Answer<CalendarPreview> preview_calendar(
    Workplace& workplace, const std::string& office,
    const std::optional<calendar::OfficeSchedule>& proposed);

struct CalendarChange {
  std::string office;
  calendar::OfficeSchedule schedule;
  std::string reason;
  std::string act;
  std::int64_t expected_version = 0;  // 0: it had none of its own
};
// The new version.  Failure `stale` when somebody else saved meanwhile; `forbidden` unless the
// officer manages calendars there.
[[nodiscard]] Answer<std::int64_t> change_calendar(Workplace& workplace,
                                                   const party::Officer& officer,
                                                   const CalendarChange& change,
                                                   const RequestKey& request);

struct DatesMoved {
  std::int64_t moved = 0;
  std::int64_t remaining = 0;  // run again
  struct Failed {
    std::string code;
    Bilingual reason;
  };
  std::vector<Failed> failed;
};
// Works out the due dates of at most `limit` dossiers that the saved calendar moves.
[[nodiscard]] Answer<DatesMoved> recompute_due_dates(Workplace& workplace,
                                                     const party::Officer& officer,
                                                     const std::string& office,
                                                     const dossier::RecomputeDue& command,
                                                     int limit, const RequestKey& request);

// The office if the organisation has it, and whether this officer may change its calendar.
[[nodiscard]] Answer<base::Done> may_manage_calendar(const Workplace& workplace,
                                                     const party::Officer& officer,
                                                     const std::string& office, Instant at);
[[nodiscard]] Answer<const party::Agency*> find_office(const Workplace& workplace,
                                                       const std::string& office);

// The bodies of api/openapi.yaml.
[[nodiscard]] base::json::object calendars_json(const Workplace& workplace);
[[nodiscard]] Answer<base::json::object> calendar_json(const Workplace& workplace,
                                                       const std::string& office);
[[nodiscard]] Answer<base::json::object> calendar_version_json(const Workplace& workplace,
                                                               const std::string& office,
                                                               std::int64_t version);
[[nodiscard]] Answer<base::json::object> calendar_year_json(const Workplace& workplace,
                                                            const std::string& office, int year);
[[nodiscard]] base::json::object to_json(const CalendarPreview& preview);
[[nodiscard]] base::json::object to_json(const DatesMoved& moved);

}  // namespace casework
