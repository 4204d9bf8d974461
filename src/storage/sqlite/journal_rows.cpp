#include "storage/sqlite/journal_rows.h"

#include <array>
#include <limits>

#include "base/random.h"
#include "casework/journal_record.h"

namespace storage::sqlite {

namespace {

using base::Done;
using base::Outcome;
using casework::AccessRow;
using casework::HeadRow;
using casework::JournalLeaf;
using casework::JournalRecord;

constexpr std::int64_t kTile = 256;
constexpr std::string_view kAccess = "access/";
constexpr std::string_view kCalendar = "calendar/";

// Every record as one row shape, whatever table it lies in.  The last column is what the tree has
// at its index.
constexpr const char* kEvents =
    "SELECT r.leaf, 'event', r.dossier, r.sequence, r.at, r.type, r.number, r.salt, r.content, "
    "r.actor_kind, r.actor_id, r.actor_name, r.actor_agency, r.payload, '', '', l.hash "
    "FROM event r LEFT JOIN journal_leaf l ON l.tenant = r.tenant AND l.idx = r.leaf "
    "WHERE r.tenant = ?1";
constexpr const char* kAccesses =
    "SELECT r.leaf, 'access', r.subject, r.sequence, r.at, r.what, '', r.salt, r.content, "
    "r.actor_kind, r.actor_id, r.actor_name, r.actor_agency, r.why, '', '', l.hash "
    "FROM access r LEFT JOIN journal_leaf l ON l.tenant = r.tenant AND l.idx = r.leaf "
    "WHERE r.tenant = ?1";
constexpr const char* kCalendars =
    "SELECT r.leaf, 'calendar', r.office, r.version, r.at, r.kind, '', r.salt, NULL, "
    "r.actor_kind, r.actor_id, r.actor_name, r.actor_agency, r.content, r.reason, r.act, l.hash "
    "FROM calendar_version r LEFT JOIN journal_leaf l ON l.tenant = r.tenant AND l.idx = r.leaf "
    "WHERE r.tenant = ?1";
constexpr std::array kKinds{kEvents, kAccesses, kCalendars};

// SQLite keeps 64 bits whatever the column says: a number that is too large must not become one of
// the kinds by being cut off, or the change would go unseen.
dossier::ActorKind kind_from(std::int64_t number) {
  const bool fits = number >= 0 && number <= std::numeric_limits<int>::max();
  return static_cast<dossier::ActorKind>(fits ? number : -1);
}

JournalRecord record_from(const Statement& from) {
  JournalRecord record{.index = from.is_null(0) ? -1 : from.number(0),
                       .kind = from.text(1),
                       .subject = from.text(2),
                       .sequence = from.number(3),
                       .at = from.instant(4),
                       .type = from.text(5),
                       .number = from.text(6),
                       .salt = from.text(7),
                       .content_hash = from.text(8),
                       .actor = {.kind = kind_from(from.number(9)),
                                 .id = from.text(10),
                                 .name = from.text(11),
                                 .agency = from.text(12)},
                       .payload = from.text(13),
                       .leaf_hash = from.text(16)};
  if (record.kind == "calendar") {
    casework::CalendarVersionRow row;
    row.content = record.payload;
    row.reason = from.text(14);
    row.act = from.text(15);
    record.payload = casework::calendar_payload(row);
    record.subject = casework::calendar_subject(record.subject);
  }
  return record;
}

std::string new_salt() {
  std::string salt(journal::kSaltSize, '\0');
  base::system_random().fill(std::as_writable_bytes(std::span{salt}));
  return salt;
}

// Records of an earlier program, of one kind.
Outcome<std::int64_t> append_missing(Database& database, const std::string& tenant,
                                     const char* select, const char* update, int limit) {
  std::vector<JournalRecord> records;
  {
    const std::string sql =
        std::string{select} + " AND r.leaf IS NULL ORDER BY r.rowid LIMIT " + std::to_string(limit);
    Statement find = TRY(database.prepare(sql));
    find.bind(tenant);
    while (TRY(find.step())) records.push_back(record_from(find));
  }
  for (JournalRecord& record : records) {
    record.salt = new_salt();
    const std::int64_t index =
        TRY(append_leaf(database, tenant, casework::leaf_of(tenant, record)));
    Statement keep = TRY(database.prepare(update));
    const std::string_view key =
        std::string_view{record.subject}.substr(record.kind == "calendar" ? kCalendar.size() : 0);
    keep.bind(tenant).bind(key).bind(record.sequence).bind(index).bind_blob(record.salt);
    TRY(keep.run());
  }
  return static_cast<std::int64_t>(records.size());
}

HeadRow head_from(const Statement& from) {
  return {.size = from.number(0),
          .checkpoint = from.text(1),
          .at = from.instant(2),
          .timestamp = from.text(3)};
}

}  // namespace

Sealed seal(const dossier::Actor& actor, std::string_view payload) {
  Sealed sealed{.salt = new_salt()};
  sealed.content = journal::content_hash(sealed.salt, {.actor_kind = static_cast<int>(actor.kind),
                                                       .actor_id = actor.id,
                                                       .actor_name = actor.name,
                                                       .actor_agency = actor.agency,
                                                       .payload = payload});
  return sealed;
}

std::vector<Sealed> seal_events(const casework::Commit& commit) {
  std::vector<Sealed> sealed;
  sealed.reserve(commit.events.size());
  for (const casework::EventToStore& event : commit.events) {
    sealed.push_back(seal(commit.actor, event.payload));
  }
  return sealed;
}

Outcome<std::int64_t> append_leaf(Database& database, const std::string& tenant,
                                  const journal::Leaf& leaf) {
  const std::int64_t index = TRY(read_journal_size(database, tenant));
  const std::string hash = casework::bytes_of(journal::leaf_hash(leaf));
  Statement insert =
      TRY(database.prepare("INSERT INTO journal_leaf (tenant, idx, hash) VALUES (?1, ?2, ?3)"));
  insert.bind(tenant).bind(index).bind_blob(hash);
  TRY(insert.run());
  return index;
}

Outcome<std::int64_t> append_missing_leaves(Database& database, const std::string& tenant,
                                            int limit) {
  const std::int64_t calendars =
      TRY(append_missing(database, tenant, kCalendars,
                         "UPDATE calendar_version SET leaf = ?4, salt = ?5 "
                         "WHERE tenant = ?1 AND office = ?2 AND version = ?3",
                         limit));
  if (calendars == limit) return calendars;
  const std::int64_t events = TRY(append_missing(
      database, tenant, kEvents,
      "UPDATE event SET leaf = ?4, salt = ?5 WHERE tenant = ?1 AND dossier = ?2 AND sequence = ?3",
      limit));
  return calendars + events;
}

Outcome<Done> write_accesses(Database& database, const std::string& tenant,
                             const std::vector<AccessRow>& rows,
                             const std::vector<Sealed>& sealed) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const AccessRow& row = rows[i];
    const std::string subject = casework::access_subject(row);
    std::int64_t sequence = 0;
    {
      Statement last = TRY(database.prepare(
          "SELECT coalesce(max(sequence), 0) FROM access WHERE tenant = ?1 AND subject = ?2"));
      last.bind(tenant).bind(subject);
      if (TRY(last.step())) sequence = last.number(0);
    }
    const std::int64_t index = TRY(append_leaf(database, tenant,
                                               {.tenant = tenant,
                                                .kind = "access",
                                                .subject = subject,
                                                .sequence = ++sequence,
                                                .at = row.at.time_since_epoch().count(),
                                                .type = row.what,
                                                .number = {},
                                                .content = sealed[i].content}));
    Statement insert = TRY(database.prepare(
        "INSERT INTO access (tenant, subject, sequence, at, actor_kind, actor_id, actor_name, "
        "actor_agency, what, why, leaf, salt) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"));
    insert.bind(tenant).bind(subject).bind(sequence).bind(row.at);
    insert.bind(static_cast<int>(row.actor.kind)).bind(row.actor.id).bind(row.actor.name);
    insert.bind(row.actor.agency).bind(row.what).bind(row.why).bind(index);
    insert.bind_blob(sealed[i].salt);
    TRY(insert.run());
  }
  return Done{};
}

Outcome<std::vector<AccessRow>> read_accesses(Database& database, const std::string& tenant,
                                              const std::string& dossier, int limit) {
  Statement find = TRY(database.prepare(
      "SELECT at, actor_kind, actor_id, actor_name, actor_agency, what, why FROM access "
      "WHERE tenant = ?1 AND subject = ?2 ORDER BY sequence DESC LIMIT ?3"));
  const std::string subject = std::string{kAccess} + dossier;
  find.bind(tenant).bind(subject).bind(limit);
  std::vector<AccessRow> rows;
  while (TRY(find.step())) {
    rows.push_back({.at = find.instant(0),
                    .actor = {.kind = static_cast<dossier::ActorKind>(find.number(1)),
                              .id = find.text(2),
                              .name = find.text(3),
                              .agency = find.text(4)},
                    .dossier = dossier,
                    .what = find.text(5),
                    .why = find.text(6)});
  }
  return rows;
}

Outcome<std::int64_t> read_journal_size(Database& database, const std::string& tenant) {
  Statement last = TRY(
      database.prepare("SELECT idx FROM journal_leaf WHERE tenant = ?1 ORDER BY idx DESC LIMIT 1"));
  last.bind(tenant);
  return TRY(last.step()) ? last.number(0) + 1 : 0;
}

Outcome<std::string> read_leaf_hashes(Database& database, const std::string& tenant,
                                      std::int64_t from, std::int64_t count) {
  Statement find = TRY(database.prepare(
      "SELECT idx, hash FROM journal_leaf WHERE tenant = ?1 AND idx >= ?2 ORDER BY idx LIMIT ?3"));
  find.bind(tenant).bind(from).bind(count);
  std::string hashes;
  for (std::int64_t next = from; TRY(find.step()) && find.number(0) == next; ++next) {
    hashes += find.text_view(1);
  }
  return hashes;
}

Outcome<std::optional<JournalLeaf>> read_leaf(Database& database, const std::string& tenant,
                                              const std::string& subject, std::int64_t sequence) {
  const bool access = subject.starts_with(kAccess);
  const bool of_calendar = subject.starts_with(kCalendar);
  Statement find = TRY(database.prepare(
      access ? "SELECT l.idx, l.hash FROM access r JOIN journal_leaf l ON l.tenant = r.tenant AND "
               "l.idx = r.leaf WHERE r.tenant = ?1 AND r.subject = ?2 AND r.sequence = ?3"
      : of_calendar
          ? "SELECT l.idx, l.hash FROM calendar_version r JOIN journal_leaf l ON l.tenant = "
            "r.tenant AND l.idx = r.leaf WHERE r.tenant = ?1 AND r.office = ?2 AND r.version = ?3"
          : "SELECT l.idx, l.hash FROM event r JOIN journal_leaf l ON l.tenant = r.tenant AND "
            "l.idx = r.leaf WHERE r.tenant = ?1 AND r.dossier = ?2 AND r.sequence = ?3"));
  const std::string key = of_calendar ? subject.substr(kCalendar.size()) : subject;
  find.bind(tenant).bind(key).bind(sequence);
  std::optional<JournalLeaf> leaf;
  if (TRY(find.step())) leaf = JournalLeaf{.index = find.number(0), .hash = find.text(1)};
  return leaf;
}

Outcome<std::optional<JournalRecord>> read_record(Database& database, const std::string& tenant,
                                                  std::int64_t index) {
  for (const char* select : kKinds) {
    Statement find = TRY(database.prepare(std::string{select} + " AND r.leaf = ?2"));
    find.bind(tenant).bind(index);
    if (TRY(find.step())) return std::optional{record_from(find)};
  }
  return std::optional<JournalRecord>{};
}

// The three tables merged by index: each is read in the order of its own.
Outcome<Done> visit_records(Database& database, const std::string& tenant,
                            const std::function<bool(const JournalRecord&)>& visit) {
  TRY(database.begin_reading());
  const auto all = [&]() -> Outcome<Done> {
    std::vector<Statement> sources;
    std::vector<bool> there;
    for (const char* select : kKinds) {
      Statement source =
          TRY(database.prepare(std::string{select} + " AND r.leaf IS NOT NULL ORDER BY r.leaf"));
      source.bind(tenant);
      there.push_back(TRY(source.step()));
      sources.push_back(std::move(source));
    }
    for (;;) {
      std::size_t next = sources.size();
      for (std::size_t i = 0; i < sources.size(); ++i) {
        if (there[i] &&
            (next == sources.size() || sources[i].number(0) < sources[next].number(0))) {
          next = i;
        }
      }
      if (next == sources.size()) break;
      if (!visit(record_from(sources[next]))) return Done{};
      there[next] = TRY(sources[next].step());
    }
    for (const char* select : kKinds) {
      Statement rest = TRY(database.prepare(std::string{select} + " AND r.leaf IS NULL"));
      rest.bind(tenant);
      while (TRY(rest.step())) {
        if (!visit(record_from(rest))) return Done{};
      }
    }
    return Done{};
  };
  const auto done = all();
  const auto ended = database.rollback();
  return done ? ended : done;
}

Outcome<Done> write_head(Database& database, const std::string& tenant, const HeadRow& head,
                         const std::vector<casework::TileRow>& tiles) {
  const std::optional<HeadRow> last = TRY(read_last_head(database, tenant));
  if (last.has_value() && last->size >= head.size) {
    return base::fault(base::FaultCode::conflict,
                       "there is a head of size " + std::to_string(last->size));
  }
  for (const casework::TileRow& tile : tiles) {
    if (tile.level == 0) continue;
    Statement insert = TRY(database.prepare(
        "INSERT INTO journal_tile (tenant, level, number, hashes) VALUES (?1, ?2, ?3, ?4)"));
    insert.bind(tenant).bind(tile.level).bind(tile.number).bind_blob(tile.hashes);
    TRY(insert.run());
  }
  Statement insert =
      TRY(database.prepare("INSERT INTO journal_head (tenant, size, at, checkpoint, timestamp) "
                           "VALUES (?1, ?2, ?3, ?4, iif(?5 = x'', NULL, ?5))"));
  insert.bind(tenant).bind(head.size).bind(head.at).bind(head.checkpoint).bind_blob(head.timestamp);
  return insert.run();
}

Outcome<std::vector<HeadRow>> read_heads(Database& database, const std::string& tenant,
                                         std::int64_t from_size, int limit) {
  Statement find = TRY(database.prepare(
      "SELECT size, checkpoint, at, timestamp FROM journal_head WHERE tenant = ?1 AND size >= ?2 "
      "ORDER BY size LIMIT ?3"));
  find.bind(tenant).bind(from_size).bind(limit);
  std::vector<HeadRow> heads;
  while (TRY(find.step())) heads.push_back(head_from(find));
  return heads;
}

Outcome<std::optional<HeadRow>> read_last_head(Database& database, const std::string& tenant) {
  Statement find = TRY(
      database.prepare("SELECT size, checkpoint, at, timestamp FROM journal_head WHERE tenant = ?1 "
                       "ORDER BY size DESC LIMIT 1"));
  find.bind(tenant);
  std::optional<HeadRow> head;
  if (TRY(find.step())) head = head_from(find);
  return head;
}

Outcome<std::optional<std::string>> read_tile(Database& database, const std::string& tenant,
                                              int level, std::int64_t number) {
  std::optional<std::string> tile;
  if (level == 0) {
    std::string hashes = TRY(read_leaf_hashes(database, tenant, number * kTile, kTile));
    if (hashes.size() == kTile * sizeof(journal::Hash)) tile = std::move(hashes);
    return tile;
  }
  Statement find = TRY(database.prepare(
      "SELECT hashes FROM journal_tile WHERE tenant = ?1 AND level = ?2 AND number = ?3"));
  find.bind(tenant).bind(level).bind(number);
  if (TRY(find.step())) tile = find.text(0);
  return tile;
}

}  // namespace storage::sqlite
