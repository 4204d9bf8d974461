#pragma once
// definition_rows.h - versions of packages, overlays, catalogue entries and what was decided on
// them.
#include <optional>
#include <string>
#include <vector>

#include "casework/store.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

// Inside the caller's transaction; conflict as casework::Store says.
[[nodiscard]] base::Outcome<base::Done> write_definitions(
    Database& database, const std::string& tenant,
    const std::vector<casework::DefinitionRow>& rows);

[[nodiscard]] base::Outcome<std::optional<casework::DefinitionRow>> read_definition(
    Database& database, const std::string& tenant, const std::string& kind, const std::string& key,
    std::int64_t version);
[[nodiscard]] base::Outcome<std::vector<casework::DefinitionRow>> read_definitions(
    Database& database, const std::string& tenant, const casework::DefinitionQuery& query);
[[nodiscard]] base::Outcome<std::vector<casework::DefinitionRow>> read_definition_history(
    Database& database, const std::string& tenant, const std::string& kind, const std::string& key);
[[nodiscard]] base::Outcome<std::int64_t> read_definitions_sequence(Database& database);

}  // namespace storage::sqlite
