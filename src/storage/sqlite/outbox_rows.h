#pragma once
// outbox_rows.h - what is to be done outside after a commit, who is at it, and the messages of
// other systems, which are done like it.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "casework/store.h"
#include "storage/sqlite/database.h"
#include "storage/sqlite/journal_rows.h"

namespace storage::sqlite {

[[nodiscard]] base::Outcome<std::vector<casework::OutboxRow>> read_outbox_due(
    Database& database, const std::string& tenant, casework::Instant now, int limit);
// What a claim could take; a few more than it asks for, because others look at the same time.
[[nodiscard]] base::Outcome<std::vector<std::int64_t>> read_claimable(
    Database& database, const std::string& tenant, const casework::OutboxClaim& claim);
[[nodiscard]] base::Outcome<casework::OutboxCounts> read_outbox_counts(Database& database,
                                                                       const std::string& tenant,
                                                                       casework::Instant now);
[[nodiscard]] base::Outcome<casework::OutboxPage> read_outbox_page(
    Database& database, const std::string& tenant, const casework::OutboxQuery& query);
[[nodiscard]] base::Outcome<std::optional<casework::InboundRecord>> read_inbound(
    Database& database, const std::string& tenant, const std::string& source,
    const std::string& key);

// These write, inside the caller's transaction.

[[nodiscard]] base::Outcome<base::Done> write_outbox_row(Database& database,
                                                         const std::string& tenant,
                                                         const std::string& dossier,
                                                         const casework::OutboxItem& item,
                                                         casework::Instant at);
// Those of `candidates` that still can be taken.
[[nodiscard]] base::Outcome<std::vector<casework::OutboxRow>> take_outbox_rows(
    Database& database, const std::string& tenant, const casework::OutboxClaim& claim,
    const std::vector<std::int64_t>& candidates);
[[nodiscard]] base::Outcome<std::int64_t> write_outbox_order(Database& database,
                                                             const std::string& tenant,
                                                             const casework::OutboxOrder& order,
                                                             const casework::RequestKey& request,
                                                             const Sealed& sealed);
[[nodiscard]] base::Outcome<std::int64_t> purge_outbox(Database& database,
                                                       const std::string& tenant,
                                                       casework::Instant before, int limit);
// What is done of a dossier, and of messages about it.
[[nodiscard]] base::Outcome<base::Done> erase_outbox(Database& database, const std::string& tenant,
                                                     const std::string& dossier);
[[nodiscard]] base::Outcome<casework::InboundRecord> write_inbound(
    Database& database, const std::string& tenant, const casework::InboundMessage& message);

}  // namespace storage::sqlite
