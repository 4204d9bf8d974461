#include "storage/postgres/outbox_rows.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "storage/postgres/journal_rows.h"

namespace storage::postgres {

namespace {

using base::Done;
using base::FaultCode;
using base::Outcome;
using casework::InboundRecord;
using casework::Instant;
using casework::OutboxCounts;
using casework::OutboxEntry;
using casework::OutboxPage;
using casework::OutboxRow;
using casework::OutboxState;

// Due this far ahead and more: set aside.
constexpr std::chrono::days kFar{3650};

// No open row before it in its dossier, but for those set aside; $2 is now.
#define MOTCUA_FIRST_OF_ITS_DOSSIER                                               \
  "NOT EXISTS (SELECT 1 FROM outbox e WHERE e.tenant = $1 AND e.done_at IS NULL " \
  "AND e.dossier = o.dossier AND e.id < o.id AND e.due_at < $2 + 315360000000)"
#define MOTCUA_OUTBOX "o.id, o.dossier, o.kind, o.payload, o.effect, o.attempts, o.begun_at"

const Sql kDue{"outbox_due",
               "SELECT " MOTCUA_OUTBOX
               " FROM outbox o WHERE o.tenant = $1 AND o.done_at IS NULL AND o.due_at <= $2 "
               "AND " MOTCUA_FIRST_OF_ITS_DOSSIER " ORDER BY o.due_at, o.id LIMIT $3"};
// Whoever is at a row holds its lock: others pass it by.
const Sql kClaim{"outbox_claim",
                 "WITH due AS (SELECT " MOTCUA_OUTBOX
                 ", o.due_at FROM outbox o WHERE o.tenant = $1 AND o.done_at IS NULL "
                 "AND o.due_at <= $2 AND ($5 = '' OR o.kind = $5) AND o.kind <> ALL ($6) "
                 "AND " MOTCUA_FIRST_OF_ITS_DOSSIER
                 " ORDER BY o.due_at, o.id LIMIT $3 FOR UPDATE SKIP LOCKED), "
                 "taken AS (UPDATE outbox u SET due_at = $4, begun_at = $2, "
                 "attempts = u.attempts + 1 FROM due WHERE u.tenant = $1 AND u.id = due.id "
                 "RETURNING u.id) "
                 "SELECT " MOTCUA_OUTBOX
                 " FROM due o JOIN taken t ON t.id = o.id ORDER BY o.due_at, o.id"};
#undef MOTCUA_FIRST_OF_ITS_DOSSIER

// $2 now and far ahead, $3 at most.
const Sql kCounts{
    "outbox_counts",
    "SELECT (SELECT count(*) FROM (SELECT 1 FROM outbox WHERE tenant = $1 AND done_at IS NULL "
    "AND due_at < $2 AND error = '' LIMIT $3) w), "
    "(SELECT count(*) FROM (SELECT 1 FROM outbox WHERE tenant = $1 AND done_at IS NULL "
    "AND due_at < $2 AND error <> '' LIMIT $3) r), "
    "(SELECT count(*) FROM (SELECT 1 FROM outbox WHERE tenant = $1 AND done_at IS NULL "
    "AND due_at >= $2 LIMIT $3) s), "
    "(SELECT min(written_at) FROM (SELECT written_at FROM outbox WHERE tenant = $1 "
    "AND done_at IS NULL AND due_at < $2 LIMIT $3) o)",
    Path::cold};
const Sql kPage{"outbox_page",
                "SELECT " MOTCUA_OUTBOX
                ", o.written_at, o.due_at, o.error, coalesce(d.code, '') FROM outbox o "
                "LEFT JOIN dossier d ON d.tenant = $1 AND d.id = split_part(o.dossier, '/', 1) "
                "WHERE o.tenant = $1 AND o.done_at IS NULL AND o.due_at >= $3 "
                "AND (o.due_at > $3 OR o.id > $4) "
                "AND CASE $6 WHEN 0 THEN o.due_at < $2 AND o.error = '' "
                "WHEN 1 THEN o.due_at < $2 AND o.error <> '' ELSE o.due_at >= $2 END "
                "ORDER BY o.due_at, o.id LIMIT $5",
                Path::cold};

// $2 at, $3 rows (none: all set aside), $4 far ahead of it, $5 gives up, $6 reason.
const Sql kOrder{"outbox_order",
                 "UPDATE outbox SET due_at = CASE WHEN $5 THEN due_at ELSE $2 END, "
                 "done_at = CASE WHEN $5 THEN $2 END, "
                 "attempts = CASE WHEN $5 THEN attempts ELSE 0 END, "
                 "error = CASE WHEN $5 THEN $6 ELSE '' END "
                 "WHERE tenant = $1 AND done_at IS NULL AND begun_at IS NULL "
                 "AND CASE WHEN cardinality($3) = 0 THEN due_at >= $4 ELSE id = ANY ($3) END",
                 Path::cold};
const Sql kRemember{"remember_order",
                    "INSERT INTO request (tenant, actor, key, hash, subject, version) "
                    "VALUES ($1, $2, $3, $4, 'outbox', $5)",
                    Path::cold};
const Sql kPurge{"outbox_purge",
                 "DELETE FROM outbox WHERE tenant = $1 AND id IN (SELECT id FROM outbox "
                 "WHERE tenant = $1 AND done_at < $2 LIMIT $3)",
                 Path::cold};

const Sql kFindInbound{"find_inbound",
                       "SELECT hash, received_at, answer FROM inbound WHERE tenant = $1 "
                       "AND source = $2 AND key = $3"};
// The message and its row of the outbox, unless the key is known.
const Sql kAccept{"accept_inbound",
                  "WITH added AS (INSERT INTO inbound (tenant, source, key, hash, subject, "
                  "received_at) VALUES ($1, $2, $3, $4, $5, $6) "
                  "ON CONFLICT (tenant, source, key) DO NOTHING RETURNING received_at) "
                  "INSERT INTO outbox (tenant, dossier, kind, payload, effect, attempts, due_at, "
                  "error, written_at) SELECT $1, $5 || '/inbound/' || $2, 'inbound/' || $2, $7, "
                  "'inbound/' || $2 || '/' || $3, 0, $6, '', $6 FROM added RETURNING written_at"};

OutboxRow row_from(const Row& row) {
  return {.id = row.number(0),
          .dossier_id = row.text(1),
          .kind = row.text(2),
          .payload = row.text(3),
          .effect = row.text(4),
          .attempts = static_cast<int>(row.number(5)),
          .in_doubt = !row.is_null(6)};
}

// The place behind which a page begins: "MILLISECONDS.ID".
struct Place {
  std::int64_t due = std::numeric_limits<std::int64_t>::min();
  std::int64_t id = 0;
};
Outcome<Place> read_place(const std::string& cursor) {
  Place place;
  if (cursor.empty()) return place;
  const char* const end = cursor.data() + cursor.size();
  const auto due = std::from_chars(cursor.data(), end, place.due);
  if (due.ec == std::errc{} && due.ptr != end && *due.ptr == '.') {
    const auto id = std::from_chars(due.ptr + 1, end, place.id);
    if (id.ec == std::errc{} && id.ptr == end) return place;
  }
  return base::fault(FaultCode::invalid, "not a cursor of this list");
}

}  // namespace

Outcome<std::vector<OutboxRow>> read_outbox_due(Connection& connection, const std::string& tenant,
                                                Instant now, int limit, Deadline deadline) {
  Values values;
  values.bind(tenant).bind(now).bind(limit);
  const Rows rows = TRY(connection.run(kDue, values, deadline));
  std::vector<OutboxRow> due;
  for (int i = 0; i < rows.size(); ++i) due.push_back(row_from(rows[i]));
  return due;
}

Outcome<std::vector<OutboxRow>> claim_outbox(Connection& connection, const std::string& tenant,
                                             const casework::OutboxClaim& claim,
                                             Deadline deadline) {
  Values values;
  values.bind(tenant).bind(claim.now).bind(claim.limit).bind(claim.until).bind(claim.only_kind);
  values.bind(claim.except_kinds);
  const Rows rows = TRY(connection.run(kClaim, values, deadline));
  std::vector<OutboxRow> taken;
  for (int i = 0; i < rows.size(); ++i) taken.push_back(row_from(rows[i]));
  return taken;
}

Outcome<OutboxCounts> read_outbox_counts(Connection& connection, const std::string& tenant,
                                         Instant now, Deadline deadline) {
  Values values;
  values.bind(tenant).bind(now + kFar).bind(casework::kOutboxCounted);
  const Rows rows = TRY(connection.run(kCounts, values, deadline));
  const Row row = rows[0];
  return OutboxCounts{.waiting = row.number(0),
                      .retrying = row.number(1),
                      .set_aside = row.number(2),
                      .oldest_at = row.maybe_instant(3)};
}

Outcome<OutboxPage> read_outbox_page(Connection& connection, const std::string& tenant,
                                     const casework::OutboxQuery& query, Deadline deadline) {
  Place place = TRY(read_place(query.cursor));
  const Instant far = query.now + kFar;
  // What is set aside lies behind all others: begin there.
  if (query.state == OutboxState::set_aside) {
    place.due = std::max(place.due, far.time_since_epoch().count() - 1);
  }
  Values values;
  values.bind(tenant).bind(far).bind(place.due).bind(place.id).bind(query.limit + 1);
  values.bind(static_cast<int>(query.state));
  const Rows rows = TRY(connection.run(kPage, values, deadline));
  OutboxPage page;
  const int shown = std::min(rows.size(), query.limit);
  for (int i = 0; i < shown; ++i) {
    const Row row = rows[i];
    page.entries.push_back({.row = row_from(row),
                            .code = row.text(10),
                            .written_at = row.instant(7),
                            .due_at = row.instant(8),
                            .error = row.text(9)});
  }
  if (rows.size() > query.limit && shown > 0) {
    const OutboxEntry& last = page.entries.back();
    page.next_cursor =
        std::to_string(last.due_at.time_since_epoch().count()) + "." + std::to_string(last.row.id);
  }
  return page;
}

Outcome<std::int64_t> write_outbox_order(Connection& connection, const std::string& tenant,
                                         const casework::OutboxOrder& order,
                                         const casework::RequestKey& request, const Sealed& sealed,
                                         Deadline deadline) {
  return connection.in_transaction(deadline, [&]() -> Outcome<std::int64_t> {
    Values change;
    change.bind(tenant).bind(order.at).bind(order.rows).bind(order.at + kFar);
    change.bind(order.gives_up).bind(order.reason);
    const Rows changed = TRY(connection.run(kOrder, change, deadline));
    Values remember;
    remember.bind(tenant).bind(request.actor).bind(request.key).bind(request.hash);
    remember.bind(changed.affected());
    TRY(connection.run(kRemember, remember, deadline));
    TRY(write_accesses(connection, tenant, {order.record}, {sealed}, false, deadline));
    return changed.affected();
  });
}

Outcome<std::int64_t> purge_outbox(Connection& connection, const std::string& tenant,
                                   Instant before, int limit, Deadline deadline) {
  Values values;
  values.bind(tenant).bind(before).bind(limit);
  const Rows rows = TRY(connection.run(kPurge, values, deadline));
  return rows.affected();
}

Outcome<std::optional<InboundRecord>> read_inbound(Connection& connection,
                                                   const std::string& tenant,
                                                   const std::string& source,
                                                   const std::string& key, Deadline deadline) {
  Values values;
  values.bind(tenant).bind(source).bind(key);
  const Rows rows = TRY(connection.run(kFindInbound, values, deadline));
  std::optional<InboundRecord> record;
  if (rows.empty()) return record;
  record = InboundRecord{
      .hash = rows[0].text(0), .received_at = rows[0].instant(1), .answer = {}, .fresh = false};
  if (!rows[0].is_null(2)) record->answer = rows[0].text(2);
  return record;
}

Outcome<InboundRecord> accept_message(Connection& connection, const std::string& tenant,
                                      const casework::InboundMessage& message, Deadline deadline) {
  Values values;
  values.bind(tenant).bind(message.source).bind(message.key).bind(message.hash);
  values.bind(message.subject).bind(message.at).bind(message.body);
  const Rows added = TRY(connection.run(kAccept, values, deadline));
  if (!added.empty()) {
    return InboundRecord{
        .hash = message.hash, .received_at = message.at, .answer = {}, .fresh = true};
  }
  auto known = TRY(read_inbound(connection, tenant, message.source, message.key, deadline));
  if (known.has_value()) return *std::move(known);
  return base::fault(FaultCode::unavailable, "the message is being taken in by another");
}

}  // namespace storage::postgres
