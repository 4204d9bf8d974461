#pragma once
// postgres_store.h - casework::Store on PostgreSQL 15 or newer, by libpq.
//
// A command is one call of one function in the database, in a transaction of its own.  A small pool
// of connections serves all callers.  Every row names its tenant, and row-level security keeps the
// connections of one tenant from the rows of another.  Where a connection is lost the store finds
// out by itself what became of the command, through its request key.
#include <chrono>
#include <memory>
#include <string>

#include "casework/store.h"

namespace storage::postgres {

struct StoreOptions {
  // Connections at most; callers beyond it wait.
  int connections = 8;
  // How long a caller waits for the database in all, locks and reconnections included.
  std::chrono::milliseconds patience{10'000};
};

// Connects to `url` ("postgres://user:password@host:port/database?…", as libpq reads it) and brings
// the schema to this program's version.  The role must be neither superuser nor exempt from
// row-level security: `invalid` otherwise, and where the schema is newer than this program.  No
// fault repeats the password.
[[nodiscard]] base::Outcome<std::unique_ptr<casework::Store>> open_store(
    const std::string& url, const std::string& tenant, const StoreOptions& options = {});

}  // namespace storage::postgres
