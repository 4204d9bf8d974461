#pragma once
// alarm.h - tells the administrators of a unit that nobody is there, or soon will be, for a step.
//
// What was told is kept (register entries, one an agency), so that a gap is told once, again when
// it grows, and again when one foreseen has come; also over a restart.  The mail goes through the
// outbox, once for a recipient and round; the desk's banner reads the gaps themselves.
#include <cstdint>

#include "base/json.h"
#include "casework/failure.h"
#include "insight/coverage_json.h"
#include "insight/duty.h"

namespace insight {

// Gaps that begin within it are told beforehand.
inline constexpr std::chrono::days kToldAhead{7};
// Messages to the outbox are of this source: rows of kind "inbound/coverage".
inline constexpr const char* kAlarmSource = "coverage";

struct AlarmRound {
  std::int64_t told = 0;   // gaps that are new, or more than was told
  std::int64_t ended = 0;  // agencies that have none any more
  std::int64_t mails = 0;
};
// `ahead`: today's view and those of the days for which alarms are raised.
[[nodiscard]] Answer<AlarmRound> raise_alarms(casework::Workplace& workplace,
                                              const std::vector<CoverageViewPtr>& ahead,
                                              const DutyRound& round, Instant now);

// What the desk shows on every page: {"steps", "procedures", "agencies", "soon", "next_at",
// "dossiers", "gaps"}, of what is within reach.
[[nodiscard]] base::json::object alarms_json(const std::vector<CoverageViewPtr>& ahead,
                                             const Reach& reach,
                                             const std::vector<casework::DutyCall>& calls,
                                             Instant now);
// The dossiers that wait for somebody, without anything personal.
[[nodiscard]] base::json::object calls_json(const CoverageView& view, const Reach& reach,
                                            const std::vector<casework::DutyCall>& calls);

// The administrators who look after the accounts of that agency: its own, else those of the nearest
// agency above it that has some.
[[nodiscard]] std::vector<StaffMemberPtr> administrators_of(const CoverageView& view,
                                                            const party::AgencyId& agency,
                                                            Instant now);

// One line for a person.
[[nodiscard]] std::string line_of(const SeenGap& seen, Instant now);

}  // namespace insight
