#include "storage/sqlite/outbox_rows.h"

#include <charconv>

namespace storage::sqlite {

using base::Done;
using base::Outcome;
using casework::InboundRecord;
using casework::Instant;
using casework::OutboxCounts;
using casework::OutboxEntry;
using casework::OutboxPage;
using casework::OutboxRow;
using casework::OutboxState;

namespace {

// Due this far ahead and more: set aside.
constexpr std::chrono::days kFar{3650};

// No open row before it in its dossier, but for those set aside; ?2 is now.
constexpr const char* kFirstOfItsDossier =
    "NOT EXISTS (SELECT 1 FROM outbox e WHERE e.tenant = o.tenant AND e.dossier = o.dossier "
    "AND e.id < o.id AND e.done_at IS NULL AND e.due_at < ?2 + 315360000000)";

OutboxRow row_from(const Statement& from) {
  return {.id = from.number(0),
          .dossier_id = from.text(1),
          .kind = from.text(2),
          .payload = from.text(3),
          .effect = from.text(4),
          .attempts = static_cast<int>(from.number(5)),
          .in_doubt = !from.is_null(6)};
}
constexpr const char* kColumns =
    "o.id, o.dossier, o.kind, o.payload, o.effect, o.attempts, o.begun_at";

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
  return base::fault(base::FaultCode::invalid, "not a cursor of this list");
}

}  // namespace

Outcome<std::vector<OutboxRow>> read_outbox_due(Database& database, const std::string& tenant,
                                                Instant now, int limit) {
  static const std::string sql = std::string{"SELECT "} + kColumns +
                                 " FROM outbox o WHERE o.tenant = ?1 AND o.done_at IS NULL "
                                 "AND o.due_at <= ?2 AND " +
                                 kFirstOfItsDossier + " ORDER BY o.due_at, o.id LIMIT ?3";
  Statement find = TRY(database.prepare(sql));
  find.bind(tenant).bind(now).bind(limit);
  std::vector<OutboxRow> rows;
  while (TRY(find.step())) rows.push_back(row_from(find));
  return rows;
}

Outcome<std::vector<std::int64_t>> read_claimable(Database& database, const std::string& tenant,
                                                  const casework::OutboxClaim& claim) {
  static const std::string sql =
      std::string{
          "SELECT o.id FROM outbox o WHERE o.tenant = ?1 AND o.done_at IS NULL "
          "AND o.due_at <= ?2 AND (?4 = '' OR o.kind = ?4) "
          "AND instr(?5, char(10) || o.kind || char(10)) = 0 AND "} +
      kFirstOfItsDossier + " ORDER BY o.due_at, o.id LIMIT ?3";
  constexpr int kOthers = 32;
  std::string except = "\n";
  for (const std::string& kind : claim.except_kinds) except += kind + "\n";
  Statement find = TRY(database.prepare(sql));
  find.bind(tenant).bind(claim.now).bind(claim.limit + kOthers).bind(claim.only_kind);
  find.bind(except);
  std::vector<std::int64_t> ids;
  while (TRY(find.step())) ids.push_back(find.number(0));
  return ids;
}

Outcome<std::vector<OutboxRow>> take_outbox_rows(Database& database, const std::string& tenant,
                                                 const casework::OutboxClaim& claim,
                                                 const std::vector<std::int64_t>& candidates) {
  static const std::string find_sql =
      std::string{"SELECT "} + kColumns +
      " FROM outbox o WHERE o.tenant = ?1 AND o.id = ?3 AND o.done_at IS NULL "
      "AND o.due_at <= ?2 AND " +
      kFirstOfItsDossier;
  std::vector<OutboxRow> taken;
  for (const std::int64_t id : candidates) {
    if (static_cast<int>(taken.size()) >= claim.limit) break;
    {
      Statement find = TRY(database.prepare(find_sql));
      find.bind(tenant).bind(claim.now).bind(id);
      if (!TRY(find.step())) continue;
      taken.push_back(row_from(find));
    }
    Statement take =
        TRY(database.prepare("UPDATE outbox SET due_at = ?3, begun_at = ?4, attempts = attempts + "
                             "1 WHERE tenant = ?1 AND id = ?2"));
    take.bind(tenant).bind(id).bind(claim.until).bind(claim.now);
    TRY(take.run());
  }
  return taken;
}

Outcome<OutboxCounts> read_outbox_counts(Database& database, const std::string& tenant,
                                         Instant now) {
  OutboxCounts counts;
  const auto count = [&](const char* sql, std::int64_t& into) -> Outcome<Done> {
    Statement find = TRY(database.prepare(sql));
    find.bind(tenant).bind(now + kFar).bind(casework::kOutboxCounted);
    if (TRY(find.step())) into = find.number(0);
    return Done{};
  };
  TRY(
      count("SELECT count(*) FROM (SELECT 1 FROM outbox WHERE tenant = ?1 AND done_at IS NULL "
            "AND due_at < ?2 AND error = '' LIMIT ?3)",
            counts.waiting));
  TRY(
      count("SELECT count(*) FROM (SELECT 1 FROM outbox WHERE tenant = ?1 AND done_at IS NULL "
            "AND due_at < ?2 AND error <> '' LIMIT ?3)",
            counts.retrying));
  TRY(
      count("SELECT count(*) FROM (SELECT 1 FROM outbox WHERE tenant = ?1 AND done_at IS NULL "
            "AND due_at >= ?2 LIMIT ?3)",
            counts.set_aside));
  Statement oldest = TRY(
      database.prepare("SELECT min(written_at) FROM (SELECT written_at FROM outbox WHERE tenant = "
                       "?1 AND done_at IS NULL AND due_at < ?2 LIMIT ?3)"));
  oldest.bind(tenant).bind(now + kFar).bind(casework::kOutboxCounted);
  if (TRY(oldest.step())) counts.oldest_at = oldest.maybe_instant(0);
  return counts;
}

Outcome<OutboxPage> read_outbox_page(Database& database, const std::string& tenant,
                                     const casework::OutboxQuery& query) {
  static const std::string sql =
      std::string{"SELECT "} + kColumns +
      ", o.written_at, o.due_at, o.error, coalesce(d.code, '') FROM outbox o LEFT JOIN dossier d "
      "ON d.tenant = o.tenant AND d.id = iif(instr(o.dossier, '/') = 0, o.dossier, "
      "substr(o.dossier, 1, instr(o.dossier, '/') - 1)) "
      "WHERE o.tenant = ?1 AND o.done_at IS NULL AND (o.due_at, o.id) > (?3, ?4) "
      "AND CASE ?6 WHEN 0 THEN o.due_at < ?2 AND o.error = '' "
      "WHEN 1 THEN o.due_at < ?2 AND o.error <> '' ELSE o.due_at >= ?2 END "
      "ORDER BY o.due_at, o.id LIMIT ?5";
  Place place = TRY(read_place(query.cursor));
  const Instant far = query.now + kFar;
  // What is set aside lies behind all others: begin there.
  if (query.state == OutboxState::set_aside) {
    place.due = std::max(place.due, far.time_since_epoch().count() - 1);
  }
  Statement find = TRY(database.prepare(sql));
  find.bind(tenant).bind(far).bind(place.due).bind(place.id).bind(query.limit + 1);
  find.bind(static_cast<int>(query.state));
  OutboxPage page;
  while (TRY(find.step())) {
    if (static_cast<int>(page.entries.size()) == query.limit) {
      const OutboxEntry& last = page.entries.back();
      page.next_cursor = std::to_string(last.due_at.time_since_epoch().count()) + "." +
                         std::to_string(last.row.id);
      break;
    }
    page.entries.push_back({.row = row_from(find),
                            .code = find.text(10),
                            .written_at = find.instant(7),
                            .due_at = find.instant(8),
                            .error = find.text(9)});
  }
  return page;
}

Outcome<Done> write_outbox_row(Database& database, const std::string& tenant,
                               const std::string& dossier, const casework::OutboxItem& item,
                               Instant at) {
  Statement insert = TRY(database.prepare(
      "INSERT INTO outbox (tenant, dossier, kind, payload, effect, attempts, due_at, error, "
      "written_at) VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, '', ?6)"));
  insert.bind(tenant).bind(dossier).bind(item.kind).bind(item.payload).bind(item.effect).bind(at);
  return insert.run();
}

Outcome<std::int64_t> write_outbox_order(Database& database, const std::string& tenant,
                                         const casework::OutboxOrder& order,
                                         const casework::RequestKey& request,
                                         const Sealed& sealed) {
  constexpr const char* kAgain =
      "UPDATE outbox SET due_at = ?2, attempts = 0, error = '' WHERE tenant = ?1 AND id = ?3 "
      "AND done_at IS NULL AND begun_at IS NULL AND ?4 = ?4";
  constexpr const char* kAllAgain =
      "UPDATE outbox SET due_at = ?2, attempts = 0, error = '' WHERE tenant = ?1 "
      "AND done_at IS NULL AND begun_at IS NULL AND due_at >= ?3 AND ?4 = ?4";
  constexpr const char* kGiveUp =
      "UPDATE outbox SET done_at = ?2, error = ?4 WHERE tenant = ?1 AND id = ?3 "
      "AND done_at IS NULL AND begun_at IS NULL";
  constexpr const char* kGiveAllUp =
      "UPDATE outbox SET done_at = ?2, error = ?4 WHERE tenant = ?1 "
      "AND done_at IS NULL AND begun_at IS NULL AND due_at >= ?3";
  std::int64_t changed = 0;
  const auto run = [&](const char* sql, std::int64_t which) -> Outcome<Done> {
    Statement update = TRY(database.prepare(sql));
    update.bind(tenant).bind(order.at).bind(which).bind(order.reason);
    TRY(update.run());
    changed += database.changes();
    return Done{};
  };
  if (order.rows.empty()) {
    TRY(run(order.gives_up ? kGiveAllUp : kAllAgain, (order.at + kFar).time_since_epoch().count()));
  }
  for (const std::int64_t id : order.rows) TRY(run(order.gives_up ? kGiveUp : kAgain, id));
  Statement remember =
      TRY(database.prepare("INSERT INTO request (tenant, actor, key, hash, subject, version) "
                           "VALUES (?1, ?2, ?3, ?4, 'outbox', ?5)"));
  remember.bind(tenant).bind(request.actor).bind(request.key).bind(request.hash).bind(changed);
  TRY(remember.run());
  TRY(write_accesses(database, tenant, {order.record}, {sealed}));
  return changed;
}

Outcome<std::int64_t> purge_outbox(Database& database, const std::string& tenant, Instant before,
                                   int limit) {
  Statement purge = TRY(database.prepare(
      "DELETE FROM outbox WHERE tenant = ?1 AND id IN (SELECT id FROM outbox WHERE "
      "tenant = ?1 AND done_at < ?2 LIMIT ?3)"));
  purge.bind(tenant).bind(before).bind(limit);
  TRY(purge.run());
  return database.changes();
}

Outcome<Done> erase_outbox(Database& database, const std::string& tenant,
                           const std::string& dossier) {
  Statement erase = TRY(database.prepare(
      "DELETE FROM outbox WHERE tenant = ?1 AND done_at IS NOT NULL "
      "AND (dossier = ?2 OR (dossier > ?2 || '/inbound/' AND dossier < ?2 || '/inbound0'))"));
  erase.bind(tenant).bind(dossier);
  return erase.run();
}

Outcome<std::optional<InboundRecord>> read_inbound(Database& database, const std::string& tenant,
                                                   const std::string& source,
                                                   const std::string& key) {
  Statement find = TRY(
      database.prepare("SELECT hash, received_at, answer FROM inbound WHERE tenant = ?1 AND source "
                       "= ?2 AND key = ?3"));
  find.bind(tenant).bind(source).bind(key);
  std::optional<InboundRecord> record;
  if (TRY(find.step())) {
    record = InboundRecord{.hash = find.text(0), .received_at = find.instant(1), .answer = {}};
    if (!find.is_null(2)) record->answer = find.text(2);
  }
  return record;
}

Outcome<InboundRecord> write_inbound(Database& database, const std::string& tenant,
                                     const casework::InboundMessage& message) {
  if (auto known = TRY(read_inbound(database, tenant, message.source, message.key))) return *known;
  Statement insert =
      TRY(database.prepare("INSERT INTO inbound (tenant, source, key, hash, subject, received_at) "
                           "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
  insert.bind(tenant).bind(message.source).bind(message.key).bind(message.hash);
  insert.bind(message.subject).bind(message.at);
  TRY(insert.run());
  const std::string kind = "inbound/" + message.source;
  TRY(write_outbox_row(database, tenant, message.subject + "/" + kind,
                       {.kind = kind, .payload = message.body, .effect = kind + "/" + message.key},
                       message.at));
  return InboundRecord{
      .hash = message.hash, .received_at = message.at, .answer = {}, .fresh = true};
}

}  // namespace storage::sqlite
