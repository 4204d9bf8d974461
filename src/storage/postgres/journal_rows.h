#pragma once
// journal_rows.h - leaves, heads and tiles of the journal, and the records that have leaves.
//
// A commit only puts its records into journal_queue, together with their content hash; they get
// their index when the queue is integrated, by one program at a time.  So no command waits for the
// one place where the tree grows.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "casework/store.h"
#include "storage/postgres/connection.h"
#include "storage/postgres/seal.h"

namespace storage::postgres {

// `again`: an earlier attempt may have been written; whatever of it is there is not written twice.
[[nodiscard]] base::Outcome<base::Done> write_accesses(Connection& connection,
                                                       const std::string& tenant,
                                                       const std::vector<casework::AccessRow>& rows,
                                                       const std::vector<Sealed>& sealed,
                                                       bool again, Deadline deadline);
[[nodiscard]] base::Outcome<std::vector<casework::AccessRow>> read_accesses(
    Connection& connection, const std::string& tenant, const std::string& dossier, int limit,
    Deadline deadline);

// One batch of the queue; how many there were.  May be done again.
[[nodiscard]] base::Outcome<std::int64_t> integrate_some(Connection& connection,
                                                         const std::string& tenant,
                                                         Deadline deadline);

[[nodiscard]] base::Outcome<std::int64_t> read_journal_size(Connection& connection,
                                                            const std::string& tenant,
                                                            Deadline deadline);
[[nodiscard]] base::Outcome<std::string> read_leaf_hashes(Connection& connection,
                                                          const std::string& tenant,
                                                          std::int64_t from, std::int64_t count,
                                                          Deadline deadline);
[[nodiscard]] base::Outcome<std::optional<casework::JournalLeaf>> read_leaf(
    Connection& connection, const std::string& tenant, const std::string& subject,
    std::int64_t sequence, Deadline deadline);
[[nodiscard]] base::Outcome<std::optional<casework::JournalRecord>> read_record(
    Connection& connection, const std::string& tenant, std::int64_t index, Deadline deadline);
// On a connection that nobody else needs: `visit` may take its time.
[[nodiscard]] base::Outcome<base::Done> visit_records(
    Connection& connection, const std::string& tenant,
    const std::function<bool(const casework::JournalRecord&)>& visit);

[[nodiscard]] base::Outcome<base::Done> write_head(Connection& connection,
                                                   const std::string& tenant,
                                                   const casework::HeadRow& head,
                                                   const std::vector<casework::TileRow>& tiles,
                                                   Deadline deadline);
[[nodiscard]] base::Outcome<base::Done> write_timestamp(Connection& connection,
                                                        const std::string& tenant,
                                                        std::int64_t size, const std::string& token,
                                                        Deadline deadline);
[[nodiscard]] base::Outcome<std::vector<casework::HeadRow>> read_heads(Connection& connection,
                                                                       const std::string& tenant,
                                                                       std::int64_t from_size,
                                                                       int limit,
                                                                       Deadline deadline);
[[nodiscard]] base::Outcome<std::optional<casework::HeadRow>> read_last_head(
    Connection& connection, const std::string& tenant, Deadline deadline);
[[nodiscard]] base::Outcome<std::optional<std::string>> read_tile(Connection& connection,
                                                                  const std::string& tenant,
                                                                  int level, std::int64_t number,
                                                                  Deadline deadline);

}  // namespace storage::postgres
