#pragma once
// commit.h - the transaction of one command.
#include "casework/store.h"
#include "storage/sqlite/database.h"
#include "storage/sqlite/journal_rows.h"

namespace storage::sqlite {

// Writes everything of `commit`, inside the caller's transaction; `sealed` is seal_events of it. On
// an error the caller takes it back.
[[nodiscard]] base::Result<casework::Committed, casework::CommitError> write_commit(
    Database& database, const std::string& tenant, const casework::Commit& commit,
    const std::vector<Sealed>& sealed);

}  // namespace storage::sqlite
