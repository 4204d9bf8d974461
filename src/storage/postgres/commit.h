#pragma once
// commit.h - commands: each one call of one function in the database, and what became of it when
// the connection was lost on the way.
#include <vector>

#include "casework/store.h"
#include "storage/postgres/pool.h"

namespace storage::postgres {

using Committing = base::Result<casework::Committed, casework::CommitError>;

[[nodiscard]] Committing write_commit(Pool& pool, const std::string& tenant,
                                      const casework::Commit& commit, Deadline deadline);
// Each a transaction of its own; together they wait for the disk once.
[[nodiscard]] std::vector<Committing> write_commits(Pool& pool, const std::string& tenant,
                                                    const std::vector<casework::Commit>& commits,
                                                    std::chrono::milliseconds patience);

[[nodiscard]] base::Outcome<std::optional<casework::RequestRecord>> read_request(
    Connection& connection, const std::string& tenant, const casework::RequestKey& request,
    Deadline deadline);
// What it finds is on disk when it returns: the answer to a repeated request rests on it.
[[nodiscard]] base::Outcome<std::optional<casework::RequestRecord>> find_request_on_disk(
    Connection& connection, const std::string& tenant, const casework::RequestKey& request,
    Deadline deadline);

}  // namespace storage::postgres
