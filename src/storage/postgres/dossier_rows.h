#pragma once
// dossier_rows.h - one dossier and its events.
#include <optional>
#include <string>
#include <vector>

#include "casework/store.h"
#include "storage/postgres/connection.h"

namespace storage::postgres {

[[nodiscard]] base::Outcome<std::optional<casework::LoadedDossier>> read_dossier(
    Connection& connection, const std::string& tenant, const std::string& id, Deadline deadline);
[[nodiscard]] base::Outcome<std::vector<casework::StoredEvent>> read_events(
    Connection& connection, const std::string& tenant, const std::string& id, std::int64_t version,
    Deadline deadline);

}  // namespace storage::postgres
