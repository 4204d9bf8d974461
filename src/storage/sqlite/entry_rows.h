#pragma once
// entry_rows.h - small records that are replaced as a whole, and the words they are found by.
#include <optional>
#include <string>
#include <vector>

#include "casework/store.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

// Inside the caller's transaction; conflict as casework::Store says.
[[nodiscard]] base::Outcome<base::Done> write_entries(Database& database, const std::string& tenant,
                                                      const std::vector<casework::EntryRow>& rows);
[[nodiscard]] base::Outcome<base::Done> erase_entries(Database& database, const std::string& tenant,
                                                      const std::vector<casework::EntryKey>& keys);
// How many.
[[nodiscard]] base::Outcome<std::int64_t> erase_expired_entries(Database& database,
                                                                const std::string& tenant,
                                                                casework::Instant now);

[[nodiscard]] base::Outcome<std::optional<casework::EntryRow>> read_entry(Database& database,
                                                                          const std::string& tenant,
                                                                          const std::string& kind,
                                                                          const std::string& key);
[[nodiscard]] base::Outcome<std::vector<casework::EntryRow>> read_entries(
    Database& database, const std::string& tenant, const casework::EntryQuery& query);
[[nodiscard]] base::Outcome<std::vector<casework::EntryRow>> read_entries_found_by(
    Database& database, const std::string& tenant, const std::string& kind, const std::string& word,
    int limit);

}  // namespace storage::sqlite
