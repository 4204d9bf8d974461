#pragma once
// time_rows.h - what time passing means: wakes, running clocks, versions of calendars.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "casework/store.h"
#include "storage/postgres/connection.h"

namespace storage::postgres {

[[nodiscard]] base::Outcome<std::vector<casework::WakeRow>> read_wakes_due(
    Connection& connection, const std::string& tenant, casework::Instant now, int limit,
    Deadline deadline);
[[nodiscard]] base::Outcome<std::optional<casework::Instant>> read_next_wake(
    Connection& connection, const std::string& tenant, Deadline deadline);
[[nodiscard]] base::Outcome<base::Done> write_wakes(Connection& connection,
                                                    const std::string& tenant,
                                                    const std::vector<casework::WakeRow>& rows,
                                                    Deadline deadline);
// On a connection that nobody else needs: `visit` may take its time.
[[nodiscard]] base::Outcome<base::Done> visit_running(
    Connection& connection, const std::string& tenant, const std::string& agency_prefix,
    const std::function<bool(const casework::RunningRow&)>& visit);

[[nodiscard]] base::Outcome<std::vector<casework::CalendarVersionRow>> read_calendars(
    Connection& connection, const std::string& tenant, Deadline deadline);
// The version that is there afterwards; conflict as casework::Store says.  May be done again.
[[nodiscard]] base::Outcome<std::int64_t> append_calendar(
    Connection& connection, const std::string& tenant, const casework::CalendarVersionRow& row,
    std::int64_t expected_version, const std::optional<casework::RequestKey>& request,
    Deadline deadline);

}  // namespace storage::postgres
