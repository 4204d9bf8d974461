#include "storage/postgres/journal_rows.h"

#include "casework/journal_record.h"
#include "journal/leaf.h"

namespace storage::postgres {

namespace {

using base::Done;
using base::FaultCode;
using base::Outcome;
using casework::AccessRow;
using casework::HeadRow;
using casework::JournalLeaf;
using casework::JournalRecord;

constexpr std::int64_t kTile = 256;
constexpr std::int64_t kBatch = 2000;
constexpr std::string_view kAccess = "access/";
constexpr std::string_view kCalendar = "calendar/";

const Sql kRecordAccesses{"record_accesses",
                          "SELECT record_accesses($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, "
                          "$12)"};
const Sql kAccesses{
    "accesses",
    "SELECT at, actor_kind, actor_id, actor_name, actor_agency, what, why "
    "FROM access WHERE tenant = $1 AND subject = $2 ORDER BY sequence DESC LIMIT $3"};

// One at a time, whichever server it runs on.
const Sql kLock{"lock_journal",
                "SELECT pg_advisory_xact_lock(hashtextextended('motcua journal ' || $1, 0))"};
const Sql kQueued{"queued",
                  "SELECT position, kind, subject, sequence, at, type, number, content "
                  "FROM journal_queue WHERE tenant = $1 ORDER BY position LIMIT $2"};
const Sql kSize{"journal_size",
                "SELECT idx + 1 FROM journal_leaf WHERE tenant = $1 ORDER BY idx DESC LIMIT 1"};
const Sql kAppend{"append_leaves",
                  "INSERT INTO journal_leaf (tenant, idx, kind, subject, sequence, hash) "
                  "SELECT $1, $2 + l.n - 1, l.kind, l.subject, l.sequence, l.hash "
                  "FROM unnest($3, $4, $5, $6) WITH ORDINALITY "
                  "AS l(kind, subject, sequence, hash, n)"};
// Exactly those that were read: a command that began earlier may yet add one before them.
const Sql kDequeue{"dequeue",
                   "DELETE FROM journal_queue WHERE tenant = $1 AND position = ANY ($2)"};

const Sql kLeaves{"leaf_hashes",
                  "SELECT idx, hash FROM journal_leaf WHERE tenant = $1 AND idx >= $2 "
                  "AND idx < $3 ORDER BY idx"};
const Sql kLeaf{"leaf_of_record",
                "SELECT idx, hash FROM journal_leaf WHERE tenant = $1 AND subject = $2 "
                "AND sequence = $3"};

// Every record as one row shape, whatever table it lies in: kind, subject, sequence, at, type,
// number, salt, content, actor (4), payload, reason, act.
#define MOTCUA_EVENT                                                                          \
  "'event', r.dossier, r.sequence, r.at, r.type, r.number, r.salt, r.content, r.actor_kind, " \
  "r.actor_id, r.actor_name, r.actor_agency, r.payload, '', ''"
#define MOTCUA_ACCESS                                                                    \
  "'access', r.subject, r.sequence, r.at, r.what, '', r.salt, r.content, r.actor_kind, " \
  "r.actor_id, r.actor_name, r.actor_agency, r.why, '', ''"
#define MOTCUA_CALENDAR                                                                    \
  "'calendar', r.office, r.version, r.at, r.kind, '', r.salt, NULL::bytea, r.actor_kind, " \
  "r.actor_id, r.actor_name, r.actor_agency, r.content, r.reason, r.act"
const Sql kEventRecord{"event_record",
                       "SELECT -1::bigint, NULL::bytea, " MOTCUA_EVENT
                       " FROM event r WHERE r.tenant = $1 AND r.dossier = $2 AND r.sequence = $3"};
const Sql kAccessRecord{"access_record", "SELECT -1::bigint, NULL::bytea, " MOTCUA_ACCESS
                                         " FROM access r WHERE r.tenant = $1 AND r.subject = $2 "
                                         "AND r.sequence = $3"};
const Sql kCalendarRecord{"calendar_record",
                          "SELECT -1::bigint, NULL::bytea, " MOTCUA_CALENDAR
                          " FROM calendar_version r WHERE r.tenant = $1 AND r.office = $2 "
                          "AND r.version = $3"};
// Leaves from $2 to before $3, with their records.
const Sql kRecords{
    "records_from",
    "WITH l AS MATERIALIZED (SELECT idx, kind, subject, sequence, hash FROM journal_leaf "
    "WHERE tenant = $1 AND idx >= $2 AND idx < $3) "
    "SELECT l.idx, l.hash, " MOTCUA_EVENT
    " FROM l JOIN event r ON r.tenant = $1 AND r.dossier = l.subject AND r.sequence = l.sequence "
    "WHERE l.kind = 'event' "
    "UNION ALL SELECT l.idx, l.hash, " MOTCUA_ACCESS
    " FROM l JOIN access r ON r.tenant = $1 AND r.subject = l.subject "
    "AND r.sequence = l.sequence WHERE l.kind = 'access' "
    "UNION ALL SELECT l.idx, l.hash, " MOTCUA_CALENDAR
    " FROM l JOIN calendar_version r ON r.tenant = $1 AND 'calendar/' || r.office = l.subject "
    "AND r.version = l.sequence WHERE l.kind = 'calendar' ORDER BY 1",
    Path::cold};
// Records without a leaf: what waits in the queue, and what somebody put there by hand.
const Sql kStrays{
    "records_without_leaf",
    "SELECT -1::bigint, NULL::bytea, " MOTCUA_EVENT
    " FROM event r WHERE r.tenant = $1 AND NOT EXISTS (SELECT 1 FROM journal_leaf l "
    "WHERE l.tenant = $1 AND l.subject = r.dossier AND l.sequence = r.sequence "
    "AND l.kind = 'event') "
    "UNION ALL SELECT -1::bigint, NULL::bytea, " MOTCUA_ACCESS
    " FROM access r WHERE r.tenant = $1 AND NOT EXISTS (SELECT 1 FROM journal_leaf l "
    "WHERE l.tenant = $1 AND l.subject = r.subject AND l.sequence = r.sequence "
    "AND l.kind = 'access') "
    "UNION ALL SELECT -1::bigint, NULL::bytea, " MOTCUA_CALENDAR
    " FROM calendar_version r WHERE r.tenant = $1 AND NOT EXISTS (SELECT 1 FROM journal_leaf l "
    "WHERE l.tenant = $1 AND l.subject = 'calendar/' || r.office AND l.sequence = r.version "
    "AND l.kind = 'calendar')",
    Path::cold};

const Sql kAddTiles{"add_tiles",
                    "INSERT INTO journal_tile (tenant, level, number, hashes) "
                    "SELECT $1, t.level, t.number, t.hashes "
                    "FROM unnest($2, $3, $4) AS t(level, number, hashes)"};
const Sql kAddHead{"add_head",
                   "INSERT INTO journal_head (tenant, size, at, checkpoint, timestamp) "
                   "VALUES ($1, $2, $3, $4, nullif($5, ''))"};
const Sql kStamp{"stamp_head",
                 "UPDATE journal_head SET timestamp = $3 WHERE tenant = $1 AND size = $2 "
                 "AND timestamp IS NULL"};
const Sql kHeads{"heads",
                 "SELECT size, checkpoint, at, timestamp FROM journal_head "
                 "WHERE tenant = $1 AND size >= $2 ORDER BY size LIMIT $3"};
const Sql kLastHead{"last_head",
                    "SELECT size, checkpoint, at, timestamp FROM journal_head WHERE tenant = $1 "
                    "ORDER BY size DESC LIMIT 1"};
const Sql kTileOf{"tile",
                  "SELECT hashes FROM journal_tile WHERE tenant = $1 AND level = $2 "
                  "AND number = $3"};

JournalRecord record_from(const Row& from) {
  JournalRecord record{.index = from.number(0),
                       .kind = from.text(2),
                       .subject = from.text(3),
                       .sequence = from.number(4),
                       .at = from.instant(5),
                       .type = from.text(6),
                       .number = from.text(7),
                       .salt = from.text(8),
                       .content_hash = from.text(9),
                       .actor = {.kind = static_cast<dossier::ActorKind>(from.number(10)),
                                 .id = from.text(11),
                                 .name = from.text(12),
                                 .agency = from.text(13)},
                       .payload = from.text(14),
                       .leaf_hash = from.text(1)};
  if (record.kind == "calendar") {
    casework::CalendarVersionRow row;
    row.content = record.payload;
    row.reason = from.text(15);
    row.act = from.text(16);
    record.payload = casework::calendar_payload(row);
    record.subject = casework::calendar_subject(record.subject);
  }
  return record;
}

HeadRow head_from(const Row& row) {
  return {.size = row.number(0),
          .checkpoint = row.text(1),
          .at = row.instant(2),
          .timestamp = row.text(3)};
}

Outcome<Done> lock(Connection& connection, const std::string& tenant, Deadline deadline) {
  Values values;
  values.bind(tenant);
  TRY(connection.run(kLock, values, deadline));
  return Done{};
}

}  // namespace

Outcome<Done> write_accesses(Connection& connection, const std::string& tenant,
                             const std::vector<AccessRow>& rows, const std::vector<Sealed>& sealed,
                             bool again, Deadline deadline) {
  std::vector<std::string> subjects;
  std::vector<std::int64_t> at, kinds;
  std::vector<std::string_view> ids, names, agencies, what, why, salts, contents;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const AccessRow& row = rows[i];
    subjects.push_back(casework::access_subject(row));
    at.push_back(row.at.time_since_epoch().count());
    kinds.push_back(static_cast<int>(row.actor.kind));
    ids.push_back(row.actor.id);
    names.push_back(row.actor.name);
    agencies.push_back(row.actor.agency);
    what.push_back(row.what);
    why.push_back(row.why);
    salts.push_back(sealed[i].salt);
    contents.push_back(sealed[i].content);
  }
  Values values;
  values.bind(tenant).bind(again).bind(subjects).bind(at).bind(kinds).bind(ids).bind(names);
  values.bind(agencies).bind(what).bind(why).bind_all_bytes(salts).bind_all_bytes(contents);
  TRY(connection.run(kRecordAccesses, values, deadline));
  return Done{};
}

Outcome<std::vector<AccessRow>> read_accesses(Connection& connection, const std::string& tenant,
                                              const std::string& dossier, int limit,
                                              Deadline deadline) {
  const std::string subject = std::string{kAccess} + dossier;
  Values values;
  values.bind(tenant).bind(subject).bind(limit);
  const Rows rows = TRY(connection.run(kAccesses, values, deadline));
  std::vector<AccessRow> accesses;
  for (int i = 0; i < rows.size(); ++i) {
    const Row row = rows[i];
    accesses.push_back({.at = row.instant(0),
                        .actor = {.kind = static_cast<dossier::ActorKind>(row.number(1)),
                                  .id = row.text(2),
                                  .name = row.text(3),
                                  .agency = row.text(4)},
                        .dossier = dossier,
                        .what = row.text(5),
                        .why = row.text(6)});
  }
  return accesses;
}

Outcome<std::int64_t> integrate_some(Connection& connection, const std::string& tenant,
                                     Deadline deadline) {
  return connection.in_transaction(deadline, [&]() -> Outcome<std::int64_t> {
    TRY(lock(connection, tenant, deadline));
    Values queued;
    queued.bind(tenant).bind(kBatch);
    const Rows rows = TRY(connection.run(kQueued, queued, deadline));
    if (rows.empty()) return std::int64_t{0};
    std::vector<std::int64_t> positions, sequences;
    std::vector<std::string_view> kinds, subjects, hashes;
    std::vector<std::string> kept;
    kept.reserve(static_cast<std::size_t>(rows.size()));
    for (int i = 0; i < rows.size(); ++i) {
      const Row row = rows[i];
      positions.push_back(row.number(0));
      kinds.push_back(row.view(1));
      subjects.push_back(row.view(2));
      sequences.push_back(row.number(3));
      kept.push_back(
          casework::bytes_of(journal::leaf_hash({.tenant = tenant,
                                                 .kind = row.view(1),
                                                 .subject = row.view(2),
                                                 .sequence = row.number(3),
                                                 .at = row.number(4),
                                                 .type = row.view(5),
                                                 .number = row.view(6),
                                                 .content = casework::hash_from(row.view(7))})));
      hashes.push_back(kept.back());
    }
    const std::int64_t size = TRY(read_journal_size(connection, tenant, deadline));
    Values leaves;
    leaves.bind(tenant).bind(size).bind(kinds).bind(subjects).bind(sequences);
    leaves.bind_all_bytes(hashes);
    TRY(connection.run(kAppend, leaves, deadline));
    Values done;
    done.bind(tenant).bind(positions);
    TRY(connection.run(kDequeue, done, deadline));
    return std::int64_t{rows.size()};
  });
}

Outcome<std::int64_t> read_journal_size(Connection& connection, const std::string& tenant,
                                        Deadline deadline) {
  Values values;
  values.bind(tenant);
  const Rows rows = TRY(connection.run(kSize, values, deadline));
  return rows.empty() ? 0 : rows[0].number(0);
}

Outcome<std::string> read_leaf_hashes(Connection& connection, const std::string& tenant,
                                      std::int64_t from, std::int64_t count, Deadline deadline) {
  Values values;
  values.bind(tenant).bind(from).bind(from + count);
  const Rows rows = TRY(connection.run(kLeaves, values, deadline));
  std::string hashes;
  for (int i = 0; i < rows.size() && rows[i].number(0) == from + i; ++i) hashes += rows[i].view(1);
  return hashes;
}

Outcome<std::optional<JournalLeaf>> read_leaf(Connection& connection, const std::string& tenant,
                                              const std::string& subject, std::int64_t sequence,
                                              Deadline deadline) {
  std::optional<JournalLeaf> leaf;
  Values values;
  values.bind(tenant).bind(subject).bind(sequence);
  const Rows leaves = TRY(connection.run(kLeaf, values, deadline));
  if (!leaves.empty()) {
    leaf = JournalLeaf{.index = leaves[0].number(0), .hash = leaves[0].text(1)};
    return leaf;
  }
  // It waits for its index; its hash is that of what is there.
  const bool calendar = subject.starts_with(kCalendar);
  const std::string key = calendar ? subject.substr(kCalendar.size()) : subject;
  Values record;
  record.bind(tenant).bind(key).bind(sequence);
  const Rows rows = TRY(connection.run(calendar                       ? kCalendarRecord
                                       : subject.starts_with(kAccess) ? kAccessRecord
                                                                      : kEventRecord,
                                       record, deadline));
  if (rows.empty()) return leaf;
  leaf = JournalLeaf{.index = std::nullopt,
                     .hash = casework::bytes_of(
                         journal::leaf_hash(casework::leaf_of(tenant, record_from(rows[0]))))};
  return leaf;
}

Outcome<std::optional<JournalRecord>> read_record(Connection& connection, const std::string& tenant,
                                                  std::int64_t index, Deadline deadline) {
  Values values;
  values.bind(tenant).bind(index).bind(index + 1);
  const Rows rows = TRY(connection.run(kRecords, values, deadline));
  std::optional<JournalRecord> record;
  if (!rows.empty()) record = record_from(rows[0]);
  return record;
}

Outcome<Done> visit_records(Connection& connection, const std::string& tenant,
                            const std::function<bool(const JournalRecord&)>& visit) {
  constexpr std::chrono::minutes kLong{30};
  const auto soon = [&] { return within(kLong); };
  TRY(
      connection.script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;"
                        "SET LOCAL statement_timeout = 0;"
                        "SET LOCAL idle_in_transaction_session_timeout = 0",
                        soon()));
  const std::int64_t size = TRY(read_journal_size(connection, tenant, soon()));
  for (std::int64_t from = 0; from < size; from += kBatch) {
    Values values;
    values.bind(tenant).bind(from).bind(from + kBatch);
    const Rows rows = TRY(connection.run(kRecords, values, soon()));
    for (int i = 0; i < rows.size(); ++i) {
      if (!visit(record_from(rows[i]))) return Done{};
    }
  }
  Values values;
  values.bind(tenant);
  const Rows strays = TRY(connection.run(kStrays, values, soon()));
  for (int i = 0; i < strays.size(); ++i) {
    if (!visit(record_from(strays[i]))) return Done{};
  }
  return Done{};
}

Outcome<Done> write_head(Connection& connection, const std::string& tenant, const HeadRow& head,
                         const std::vector<casework::TileRow>& tiles, Deadline deadline) {
  return connection.in_transaction(deadline, [&]() -> Outcome<Done> {
    TRY(lock(connection, tenant, deadline));
    const auto last = TRY(read_last_head(connection, tenant, deadline));
    if (last.has_value() && last->size >= head.size) {
      return base::fault(FaultCode::conflict,
                         "there is a head of size " + std::to_string(last->size));
    }
    std::vector<std::int64_t> levels, numbers;
    std::vector<std::string_view> hashes;
    for (const casework::TileRow& tile : tiles) {
      if (tile.level == 0) continue;  // the leaves have rows of their own
      levels.push_back(tile.level);
      numbers.push_back(tile.number);
      hashes.push_back(tile.hashes);
    }
    if (!levels.empty()) {
      Values values;
      values.bind(tenant).bind(levels).bind(numbers).bind_all_bytes(hashes);
      TRY(connection.run(kAddTiles, values, deadline));
    }
    Values values;
    values.bind(tenant).bind(head.size).bind(head.at).bind(head.checkpoint);
    values.bind_bytes(head.timestamp);
    TRY(connection.run(kAddHead, values, deadline));
    return Done{};
  });
}

Outcome<Done> write_timestamp(Connection& connection, const std::string& tenant, std::int64_t size,
                              const std::string& token, Deadline deadline) {
  Values values;
  values.bind(tenant).bind(size).bind_bytes(token);
  TRY(connection.run(kStamp, values, deadline));
  return Done{};
}

Outcome<std::vector<HeadRow>> read_heads(Connection& connection, const std::string& tenant,
                                         std::int64_t from_size, int limit, Deadline deadline) {
  Values values;
  values.bind(tenant).bind(from_size).bind(limit);
  const Rows rows = TRY(connection.run(kHeads, values, deadline));
  std::vector<HeadRow> heads;
  for (int i = 0; i < rows.size(); ++i) heads.push_back(head_from(rows[i]));
  return heads;
}

Outcome<std::optional<HeadRow>> read_last_head(Connection& connection, const std::string& tenant,
                                               Deadline deadline) {
  Values values;
  values.bind(tenant);
  const Rows rows = TRY(connection.run(kLastHead, values, deadline));
  std::optional<HeadRow> head;
  if (!rows.empty()) head = head_from(rows[0]);
  return head;
}

Outcome<std::optional<std::string>> read_tile(Connection& connection, const std::string& tenant,
                                              int level, std::int64_t number, Deadline deadline) {
  std::optional<std::string> tile;
  if (level == 0) {
    std::string hashes = TRY(read_leaf_hashes(connection, tenant, number * kTile, kTile, deadline));
    if (hashes.size() == kTile * sizeof(journal::Hash)) tile = std::move(hashes);
    return tile;
  }
  Values values;
  values.bind(tenant).bind(level).bind(number);
  const Rows rows = TRY(connection.run(kTileOf, values, deadline));
  if (!rows.empty()) tile = rows[0].text(0);
  return tile;
}

}  // namespace storage::postgres
