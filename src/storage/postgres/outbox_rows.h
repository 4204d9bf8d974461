#pragma once
// outbox_rows.h - what is to be done outside after a commit, and messages that came from outside.
#include <optional>
#include <string>
#include <vector>

#include "casework/store.h"
#include "storage/postgres/connection.h"
#include "storage/postgres/seal.h"

namespace storage::postgres {

[[nodiscard]] base::Outcome<std::vector<casework::OutboxRow>> read_outbox_due(
    Connection& connection, const std::string& tenant, casework::Instant now, int limit,
    Deadline deadline);
[[nodiscard]] base::Outcome<std::vector<casework::OutboxRow>> claim_outbox(
    Connection& connection, const std::string& tenant, const casework::OutboxClaim& claim,
    Deadline deadline);
[[nodiscard]] base::Outcome<casework::OutboxCounts> read_outbox_counts(Connection& connection,
                                                                       const std::string& tenant,
                                                                       casework::Instant now,
                                                                       Deadline deadline);
[[nodiscard]] base::Outcome<casework::OutboxPage> read_outbox_page(
    Connection& connection, const std::string& tenant, const casework::OutboxQuery& query,
    Deadline deadline);
[[nodiscard]] base::Outcome<std::int64_t> write_outbox_order(
    Connection& connection, const std::string& tenant, const casework::OutboxOrder& order,
    const casework::RequestKey& request, const Sealed& sealed, Deadline deadline);
[[nodiscard]] base::Outcome<std::int64_t> purge_outbox(Connection& connection,
                                                       const std::string& tenant,
                                                       casework::Instant before, int limit,
                                                       Deadline deadline);

[[nodiscard]] base::Outcome<std::optional<casework::InboundRecord>> read_inbound(
    Connection& connection, const std::string& tenant, const std::string& source,
    const std::string& key, Deadline deadline);
[[nodiscard]] base::Outcome<casework::InboundRecord> accept_message(
    Connection& connection, const std::string& tenant, const casework::InboundMessage& message,
    Deadline deadline);

}  // namespace storage::postgres
