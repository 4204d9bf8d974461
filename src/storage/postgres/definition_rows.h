#pragma once
// definition_rows.h - versions of packages, overlays, catalogue entries and what was decided on
// them.
#include <optional>
#include <string>
#include <vector>

#include "casework/store.h"
#include "storage/postgres/connection.h"

namespace storage::postgres {

// Conflict as casework::Store says.
[[nodiscard]] base::Outcome<base::Done> write_definitions(
    Connection& connection, const std::string& tenant,
    const std::vector<casework::DefinitionRow>& rows, Deadline deadline);

[[nodiscard]] base::Outcome<std::optional<casework::DefinitionRow>> read_definition(
    Connection& connection, const std::string& tenant, const std::string& kind,
    const std::string& key, std::int64_t version, Deadline deadline);
[[nodiscard]] base::Outcome<std::vector<casework::DefinitionRow>> read_definitions(
    Connection& connection, const std::string& tenant, const casework::DefinitionQuery& query,
    Deadline deadline);
[[nodiscard]] base::Outcome<std::vector<casework::DefinitionRow>> read_definition_history(
    Connection& connection, const std::string& tenant, const std::string& kind,
    const std::string& key, Deadline deadline);
[[nodiscard]] base::Outcome<std::int64_t> read_definitions_sequence(Connection& connection,
                                                                    const std::string& tenant,
                                                                    Deadline deadline);

}  // namespace storage::postgres
