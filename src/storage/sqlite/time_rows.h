#pragma once
// time_rows.h - what time passing means: wakes, running clocks, versions of calendars.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "casework/store.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

[[nodiscard]] base::Outcome<std::vector<casework::WakeRow>> read_wakes_due(
    Database& database, const std::string& tenant, casework::Instant now, int limit);
[[nodiscard]] base::Outcome<std::optional<casework::Instant>> read_next_wake(
    Database& database, const std::string& tenant);
[[nodiscard]] base::Outcome<base::Done> visit_running(
    Database& database, const std::string& tenant, const std::string& agency_prefix,
    const std::function<bool(const casework::RunningRow&)>& visit);
[[nodiscard]] base::Outcome<std::vector<casework::CalendarVersionRow>> read_calendars(
    Database& database, const std::string& tenant);

// These two write, inside the caller's transaction.
[[nodiscard]] base::Outcome<base::Done> write_wakes(Database& database, const std::string& tenant,
                                                    const std::vector<casework::WakeRow>& rows);
// The version that is there afterwards; conflict as casework::Store says.
[[nodiscard]] base::Outcome<std::int64_t> append_calendar(
    Database& database, const std::string& tenant, const casework::CalendarVersionRow& row,
    std::int64_t expected_version, const std::optional<casework::RequestKey>& request);

}  // namespace storage::sqlite
