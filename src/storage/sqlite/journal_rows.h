#pragma once
// journal_rows.h - leaves, heads and tiles of the journal, and the records that have leaves.
//
// A record gets its leaf in the transaction that writes it: one writer, so indices follow the order
// of commits and have no gaps.  Leaf hashes of level 0 are rows of their own; tiles are stored from
// level 1 up.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "casework/store.h"
#include "journal/leaf.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

// The secret half of a leaf; made before the writer's turn, for it costs a hash of the payload.
struct Sealed {
  std::string salt;
  journal::Hash content{};
};
[[nodiscard]] Sealed seal(const dossier::Actor& actor, std::string_view payload);
[[nodiscard]] std::vector<Sealed> seal_events(const casework::Commit& commit);

// Appends one leaf; its index.
[[nodiscard]] base::Outcome<std::int64_t> append_leaf(Database& database, const std::string& tenant,
                                                      const journal::Leaf& leaf);
// Gives up to `limit` records of an earlier program their leaf, oldest first; how many.
[[nodiscard]] base::Outcome<std::int64_t> append_missing_leaves(Database& database,
                                                                const std::string& tenant,
                                                                int limit);

[[nodiscard]] base::Outcome<base::Done> write_accesses(Database& database,
                                                       const std::string& tenant,
                                                       const std::vector<casework::AccessRow>& rows,
                                                       const std::vector<Sealed>& sealed);
[[nodiscard]] base::Outcome<std::vector<casework::AccessRow>> read_accesses(
    Database& database, const std::string& tenant, const std::string& dossier, int limit);

[[nodiscard]] base::Outcome<std::int64_t> read_journal_size(Database& database,
                                                            const std::string& tenant);
[[nodiscard]] base::Outcome<std::string> read_leaf_hashes(Database& database,
                                                          const std::string& tenant,
                                                          std::int64_t from, std::int64_t count);
[[nodiscard]] base::Outcome<std::optional<casework::JournalLeaf>> read_leaf(
    Database& database, const std::string& tenant, const std::string& subject,
    std::int64_t sequence);
[[nodiscard]] base::Outcome<std::optional<casework::JournalRecord>> read_record(
    Database& database, const std::string& tenant, std::int64_t index);
[[nodiscard]] base::Outcome<base::Done> visit_records(
    Database& database, const std::string& tenant,
    const std::function<bool(const casework::JournalRecord&)>& visit);

[[nodiscard]] base::Outcome<base::Done> write_head(Database& database, const std::string& tenant,
                                                   const casework::HeadRow& head,
                                                   const std::vector<casework::TileRow>& tiles);
[[nodiscard]] base::Outcome<std::vector<casework::HeadRow>> read_heads(Database& database,
                                                                       const std::string& tenant,
                                                                       std::int64_t from_size,
                                                                       int limit);
[[nodiscard]] base::Outcome<std::optional<casework::HeadRow>> read_last_head(
    Database& database, const std::string& tenant);
[[nodiscard]] base::Outcome<std::optional<std::string>> read_tile(Database& database,
                                                                  const std::string& tenant,
                                                                  int level, std::int64_t number);

}  // namespace storage::sqlite
