#pragma once
// commit.h - the transaction of one command.
#include "casework/store.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

// Writes everything of `commit`, inside the caller's savepoint.  On an error the caller takes the
// savepoint back.
[[nodiscard]] base::Result<casework::Committed, casework::CommitError> write_commit(
    Database& database, const std::string& tenant, const casework::Commit& commit);

}  // namespace storage::sqlite
