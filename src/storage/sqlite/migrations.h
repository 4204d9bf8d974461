#pragma once
// migrations.h - the numbered, forward-only changes of the SQLite store's schema.
#include <cstdint>

#include "base/fault.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

// Brings an older (or empty) store to this program's version, one transaction a step.  Fault
// `invalid` when the store was written by a newer program: the way back is a restore.
[[nodiscard]] base::Outcome<base::Done> migrate(Database& database);
// The same, but only up to `version`: how tests make a store of an earlier program.
[[nodiscard]] base::Outcome<base::Done> migrate_to(Database& database, std::int64_t version);
// The newest one that this program knows.
[[nodiscard]] std::int64_t newest_schema();

}  // namespace storage::sqlite
