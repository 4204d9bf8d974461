#pragma once
// migrations.h - the numbered, forward-only changes of the PostgreSQL store's schema.
//
// The numbers are those of SQLite's migrations: the same number, the same store.  The first one
// here is 6, which makes everything.
#include <cstdint>

#include "base/fault.h"
#include "storage/postgres/connection.h"

namespace storage::postgres {

// Brings an older (or empty) database to this program's version.  Each step is one transaction
// under a lock that only one program holds, so that a step that was cut off is simply done again.
// Fault `invalid` when a newer program wrote the store, or when the role is one that row-level
// security does not bind.
[[nodiscard]] base::Outcome<base::Done> migrate(Connection& connection, Deadline deadline);

}  // namespace storage::postgres
