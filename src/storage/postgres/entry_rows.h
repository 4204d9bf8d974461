#pragma once
// entry_rows.h - small records that are replaced as a whole, and the words they are found by.
#include <optional>
#include <string>
#include <vector>

#include "casework/store.h"
#include "storage/postgres/connection.h"

namespace storage::postgres {

// Inside the caller's transaction; conflict as casework::Store says.
[[nodiscard]] base::Outcome<base::Done> write_entries(Connection& connection,
                                                      const std::string& tenant,
                                                      const std::vector<casework::EntryRow>& rows,
                                                      Deadline deadline);
[[nodiscard]] base::Outcome<base::Done> erase_entries(Connection& connection,
                                                      const std::string& tenant,
                                                      const std::vector<casework::EntryKey>& keys,
                                                      Deadline deadline);
// How many.
[[nodiscard]] base::Outcome<std::int64_t> erase_expired_entries(Connection& connection,
                                                                const std::string& tenant,
                                                                casework::Instant now,
                                                                Deadline deadline);

[[nodiscard]] base::Outcome<std::optional<casework::EntryRow>> read_entry(Connection& connection,
                                                                          const std::string& tenant,
                                                                          const std::string& kind,
                                                                          const std::string& key,
                                                                          Deadline deadline);
[[nodiscard]] base::Outcome<std::vector<casework::EntryRow>> read_entries(
    Connection& connection, const std::string& tenant, const casework::EntryQuery& query,
    Deadline deadline);
[[nodiscard]] base::Outcome<std::vector<casework::EntryRow>> read_entries_found_by(
    Connection& connection, const std::string& tenant, const std::string& kind,
    const std::string& word, int limit, Deadline deadline);

}  // namespace storage::postgres
