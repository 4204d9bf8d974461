#include "storage/sqlite/migrations.h"

#include <array>
#include <string>

namespace storage::sqlite {

namespace {

// Every table that grows begins its key with the tenant, so that the same schema can be distributed
// by tenant elsewhere.  Instants are milliseconds since 1970 UTC.  Tables of wide rows (dossier,
// event) keep them out of the key's tree, where anything over a quarter of a page would overflow.
constexpr const char* kFirst = R"sql(
CREATE TABLE dossier (
  tenant TEXT NOT NULL, id TEXT NOT NULL, code TEXT NOT NULL, version INTEGER NOT NULL,
  procedure TEXT NOT NULL, digest TEXT NOT NULL, agency TEXT NOT NULL,
  receiving_agency TEXT NOT NULL, status INTEGER NOT NULL, channel TEXT NOT NULL,
  applicant TEXT NOT NULL, applicant_id TEXT NOT NULL, applicant_folded TEXT NOT NULL,
  step TEXT NOT NULL, holder TEXT NOT NULL, filed_at INTEGER NOT NULL, received_at INTEGER,
  due_at INTEGER, finished_at INTEGER, paused INTEGER NOT NULL, closed INTEGER NOT NULL,
  slip_number TEXT NOT NULL, search_row INTEGER NOT NULL, state TEXT NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX dossier_code ON dossier (tenant, code);
CREATE INDEX dossier_filed ON dossier (tenant, filed_at);
CREATE INDEX dossier_twins ON dossier (tenant, procedure, applicant_id) WHERE closed = 0;
CREATE INDEX dossier_search_row ON dossier (search_row);

CREATE TABLE involved (
  tenant TEXT NOT NULL, agency TEXT NOT NULL, filed_at INTEGER NOT NULL, dossier TEXT NOT NULL,
  PRIMARY KEY (tenant, agency, filed_at, dossier)
) WITHOUT ROWID;
-- May this agency see that dossier?  Asked for every row that a search finds.
CREATE INDEX involved_of_dossier ON involved (tenant, dossier, agency);

CREATE TABLE event (
  tenant TEXT NOT NULL, dossier TEXT NOT NULL, sequence INTEGER NOT NULL, at INTEGER NOT NULL,
  actor_kind INTEGER NOT NULL, actor_id TEXT NOT NULL, actor_name TEXT NOT NULL,
  actor_agency TEXT NOT NULL, type TEXT NOT NULL, payload TEXT NOT NULL, number TEXT NOT NULL,
  PRIMARY KEY (tenant, dossier, sequence)
);

CREATE TABLE task (
  tenant TEXT NOT NULL, agency TEXT NOT NULL, sort_at INTEGER NOT NULL, dossier TEXT NOT NULL,
  activity INTEGER NOT NULL, role TEXT NOT NULL, assignee TEXT NOT NULL,
  assignee_name TEXT NOT NULL, step TEXT NOT NULL, action TEXT NOT NULL,
  opened_at INTEGER NOT NULL, due_at INTEGER, dossier_due_at INTEGER, received INTEGER NOT NULL,
  paused INTEGER NOT NULL, procedure TEXT NOT NULL,
  PRIMARY KEY (tenant, agency, sort_at, dossier, activity)
) WITHOUT ROWID;
CREATE INDEX task_of_dossier ON task (tenant, dossier);
CREATE INDEX task_of_officer ON task (tenant, assignee, sort_at) WHERE assignee <> '';

CREATE VIRTUAL TABLE dossier_words USING fts5 (
  words, tokenize = "unicode61 remove_diacritics 0");

CREATE TABLE number_series (
  tenant TEXT NOT NULL, series TEXT NOT NULL, last INTEGER NOT NULL,
  PRIMARY KEY (tenant, series)
) WITHOUT ROWID;

CREATE TABLE request (
  tenant TEXT NOT NULL, actor TEXT NOT NULL, key TEXT NOT NULL, hash TEXT NOT NULL,
  subject TEXT NOT NULL, version INTEGER NOT NULL,
  PRIMARY KEY (tenant, actor, key)
) WITHOUT ROWID;

CREATE TABLE payment (
  tenant TEXT NOT NULL, agency TEXT NOT NULL, at INTEGER NOT NULL, receipt TEXT NOT NULL,
  kind TEXT NOT NULL, dossier TEXT NOT NULL, amount INTEGER NOT NULL, method TEXT NOT NULL,
  reason TEXT NOT NULL, cashier TEXT NOT NULL, cashier_name TEXT NOT NULL,
  PRIMARY KEY (tenant, agency, at, receipt)
) WITHOUT ROWID;

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY, tenant TEXT NOT NULL, dossier TEXT NOT NULL, kind TEXT NOT NULL,
  payload TEXT NOT NULL, effect TEXT NOT NULL, attempts INTEGER NOT NULL, due_at INTEGER NOT NULL,
  done_at INTEGER, error TEXT NOT NULL
);
CREATE INDEX outbox_open ON outbox (tenant, due_at) WHERE done_at IS NULL;
CREATE INDEX outbox_open_of_dossier ON outbox (tenant, dossier, id) WHERE done_at IS NULL;
CREATE UNIQUE INDEX outbox_effect ON outbox (tenant, effect);

CREATE TABLE revision (
  tenant TEXT NOT NULL, digest TEXT NOT NULL, code TEXT NOT NULL, files TEXT NOT NULL,
  PRIMARY KEY (tenant, digest)
) WITHOUT ROWID;

CREATE TABLE draft (
  tenant TEXT NOT NULL, id TEXT NOT NULL, procedure TEXT NOT NULL, agency TEXT NOT NULL,
  page TEXT NOT NULL, answers TEXT NOT NULL, attachments TEXT NOT NULL, saved_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, id)
) WITHOUT ROWID;
CREATE INDEX draft_expiry ON draft (tenant, expires_at);

CREATE TABLE file (
  tenant TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, component TEXT NOT NULL,
  media_type TEXT NOT NULL, converted_from TEXT NOT NULL, sha256 TEXT NOT NULL,
  size INTEGER NOT NULL, owner TEXT NOT NULL, uploaded_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, id)
) WITHOUT ROWID;

CREATE TABLE account (
  tenant TEXT NOT NULL, username TEXT NOT NULL, officer_id TEXT NOT NULL, officer TEXT NOT NULL,
  password_hash TEXT NOT NULL, must_change INTEGER NOT NULL, active INTEGER NOT NULL,
  PRIMARY KEY (tenant, username)
) WITHOUT ROWID;
CREATE UNIQUE INDEX account_officer ON account (tenant, officer_id);

CREATE TABLE session (
  tenant TEXT NOT NULL, token_hash TEXT NOT NULL, username TEXT NOT NULL, csrf TEXT NOT NULL,
  created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL,
  PRIMARY KEY (tenant, token_hash)
) WITHOUT ROWID;

CREATE TABLE setting (
  tenant TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
  PRIMARY KEY (tenant, name)
) WITHOUT ROWID;
)sql";

// Time: which dossiers run, and the offices' calendars.  The key begins with the agency, so that
// one agency's dossiers lie together.  Dossiers at work when the store is upgraded have no clock
// yet: they wake at once.
constexpr const char* kSecond = R"sql(
CREATE TABLE running (
  tenant TEXT NOT NULL, agency TEXT NOT NULL, dossier TEXT NOT NULL, code TEXT NOT NULL,
  version INTEGER NOT NULL, due_at INTEGER, wake_at INTEGER, clock TEXT NOT NULL,
  PRIMARY KEY (tenant, agency, dossier)
) WITHOUT ROWID;
CREATE INDEX running_wake ON running (tenant, wake_at) WHERE wake_at IS NOT NULL;
INSERT INTO running (tenant, agency, dossier, code, version, due_at, wake_at, clock)
  SELECT tenant, agency, id, code, version, due_at, received_at, '' FROM dossier
  WHERE received_at IS NOT NULL AND finished_at IS NULL AND closed = 0;

CREATE TABLE calendar_version (
  tenant TEXT NOT NULL, office TEXT NOT NULL, version INTEGER NOT NULL, at INTEGER NOT NULL,
  actor_kind INTEGER NOT NULL, actor_id TEXT NOT NULL, actor_name TEXT NOT NULL,
  actor_agency TEXT NOT NULL, kind TEXT NOT NULL, content TEXT NOT NULL, reason TEXT NOT NULL,
  act TEXT NOT NULL,
  PRIMARY KEY (tenant, office, version)
);
CREATE TRIGGER calendar_version_stays BEFORE UPDATE ON calendar_version
BEGIN SELECT RAISE(ABORT, 'versions of calendars are never changed'); END;
CREATE TRIGGER calendar_version_remains BEFORE DELETE ON calendar_version
BEGIN SELECT RAISE(ABORT, 'versions of calendars are never deleted'); END;
-- INSERT OR REPLACE asks no trigger before it deletes.
CREATE TRIGGER calendar_version_follows BEFORE INSERT ON calendar_version
WHEN NEW.version <> 1 + (SELECT coalesce(max(version), 0) FROM calendar_version
  WHERE tenant = NEW.tenant AND office = NEW.office)
BEGIN SELECT RAISE(ABORT, 'versions of calendars are only appended'); END;
)sql";

// The journal.  What was stored before has no leaf yet; opening the store gives it one, in batches
// that a kill interrupts and the next start goes on with (journal_rows.h).
constexpr const char* kThird = R"sql(
ALTER TABLE event ADD COLUMN leaf INTEGER;  -- index of its leaf
ALTER TABLE event ADD COLUMN salt BLOB;     -- of its content; NULL once erased
ALTER TABLE event ADD COLUMN content BLOB;  -- content hash, once erased
CREATE UNIQUE INDEX event_leaf ON event (tenant, leaf);

-- Who read personal data.
CREATE TABLE access (
  tenant TEXT NOT NULL, subject TEXT NOT NULL, sequence INTEGER NOT NULL, at INTEGER NOT NULL,
  actor_kind INTEGER NOT NULL, actor_id TEXT NOT NULL, actor_name TEXT NOT NULL,
  actor_agency TEXT NOT NULL, what TEXT NOT NULL, why TEXT NOT NULL, leaf INTEGER NOT NULL,
  salt BLOB, content BLOB,
  PRIMARY KEY (tenant, subject, sequence)
);
CREATE UNIQUE INDEX access_leaf ON access (tenant, leaf);

ALTER TABLE calendar_version ADD COLUMN leaf INTEGER;
ALTER TABLE calendar_version ADD COLUMN salt BLOB;
CREATE UNIQUE INDEX calendar_version_leaf ON calendar_version (tenant, leaf);
DROP TRIGGER calendar_version_stays;
CREATE TRIGGER calendar_version_stays BEFORE UPDATE OF tenant, office, version, at, actor_kind,
  actor_id, actor_name, actor_agency, kind, content, reason, act ON calendar_version
BEGIN SELECT RAISE(ABORT, 'versions of calendars are never changed'); END;
CREATE TRIGGER calendar_version_keeps_its_leaf BEFORE UPDATE OF leaf, salt ON calendar_version
WHEN OLD.leaf IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'versions of calendars are never changed'); END;

CREATE TABLE journal_leaf (
  tenant TEXT NOT NULL, idx INTEGER NOT NULL, hash BLOB NOT NULL,
  PRIMARY KEY (tenant, idx)
) WITHOUT ROWID;
-- Complete tiles above the leaves.
CREATE TABLE journal_tile (
  tenant TEXT NOT NULL, level INTEGER NOT NULL, number INTEGER NOT NULL, hashes BLOB NOT NULL,
  PRIMARY KEY (tenant, level, number)
);
CREATE TABLE journal_head (
  tenant TEXT NOT NULL, size INTEGER NOT NULL, at INTEGER NOT NULL, checkpoint TEXT NOT NULL,
  timestamp BLOB,
  PRIMARY KEY (tenant, size)
) WITHOUT ROWID;
)sql";

// Files: uploads in pieces, and which row names which file, so that garbage can be told.
// A row of `file` names its own address and that of its original; dossier_file names what the
// events of a dossier name.  The first fill reads every event once.
constexpr const char* kFourth = R"sql(
ALTER TABLE file ADD COLUMN original TEXT NOT NULL DEFAULT '';
ALTER TABLE file ADD COLUMN abandoned_at INTEGER;
UPDATE file SET original = substr(converted_from, instr(converted_from, ';sha256=') + 8)
  WHERE instr(converted_from, ';sha256=') > 0;
CREATE INDEX file_address ON file (tenant, sha256);
CREATE INDEX file_original ON file (tenant, original) WHERE original <> '';
CREATE INDEX file_unclaimed ON file (tenant, abandoned_at) WHERE substr(owner, 1, 8) <> 'dossier:';

CREATE TABLE dossier_file (
  tenant TEXT NOT NULL, sha256 TEXT NOT NULL, dossier TEXT NOT NULL,
  PRIMARY KEY (tenant, sha256, dossier)
) WITHOUT ROWID;
CREATE INDEX dossier_file_of_dossier ON dossier_file (tenant, dossier);
INSERT OR IGNORE INTO dossier_file (tenant, sha256, dossier)
  SELECT e.tenant, t.value, e.dossier FROM event e, json_tree(e.payload) t
  WHERE instr(e.payload, '"sha256"') > 0 AND t.key = 'sha256' AND t.type = 'text'
    AND length(t.value) = 64;
INSERT OR IGNORE INTO dossier_file (tenant, sha256, dossier)
  SELECT e.tenant, substr(t.value, instr(t.value, ';sha256=') + 8), e.dossier
  FROM event e, json_tree(e.payload) t
  WHERE instr(e.payload, ';sha256=') > 0 AND t.key = 'converted_from' AND t.type = 'text'
    AND instr(t.value, ';sha256=') > 0;

CREATE TABLE upload (
  tenant TEXT NOT NULL, id TEXT NOT NULL, owner TEXT NOT NULL, name TEXT NOT NULL,
  component TEXT NOT NULL, declared TEXT NOT NULL, size INTEGER NOT NULL,
  created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, received INTEGER NOT NULL,
  pieces INTEGER NOT NULL,
  PRIMARY KEY (tenant, id)
) WITHOUT ROWID;
CREATE INDEX upload_of_owner ON upload (tenant, owner);
CREATE INDEX upload_expiry ON upload (tenant, expires_at);
CREATE TABLE upload_piece (
  tenant TEXT NOT NULL, upload TEXT NOT NULL, start INTEGER NOT NULL, size INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (tenant, upload, start)
) WITHOUT ROWID;
CREATE INDEX upload_piece_address ON upload_piece (tenant, sha256);
)sql";

// Who is at a row of the outbox, and messages of other systems.  A row that was set aside is due a
// hundred years late.
constexpr const char* kFifth = R"sql(
ALTER TABLE outbox ADD COLUMN written_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN begun_at INTEGER;  -- of the attempt that is under way
UPDATE outbox SET written_at = iif(due_at < 4102444800000, due_at, due_at - 3153600000000);
DROP INDEX outbox_open_of_dossier;
CREATE INDEX outbox_of_dossier ON outbox (tenant, dossier, id);
CREATE INDEX outbox_done ON outbox (tenant, done_at) WHERE done_at IS NOT NULL;

-- The body of a message is the payload of its outbox row.
CREATE TABLE inbound (
  tenant TEXT NOT NULL, source TEXT NOT NULL, key TEXT NOT NULL, hash TEXT NOT NULL,
  subject TEXT NOT NULL, received_at INTEGER NOT NULL, answer TEXT,
  PRIMARY KEY (tenant, source, key)
);
)sql";

// Retention: what has ended and may be erased one day, and what is erased.
constexpr const char* kSixth = R"sql(
ALTER TABLE dossier ADD COLUMN erased INTEGER NOT NULL DEFAULT 0;
CREATE INDEX dossier_ended ON dossier (tenant, procedure, finished_at)
  WHERE closed = 1 AND erased = 0;
CREATE INDEX file_owner ON file (tenant, owner);
CREATE INDEX payment_of_dossier ON payment (tenant, dossier);
)sql";

// Packages, overlays and catalogue entries as they came, one row a version.
constexpr const char* kSeventh = R"sql(
CREATE TABLE definition (
  tenant TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL,
  at INTEGER NOT NULL, actor_kind INTEGER NOT NULL, actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL, actor_agency TEXT NOT NULL, digest TEXT NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (tenant, kind, key, version)
);
CREATE TRIGGER definition_stays BEFORE UPDATE ON definition
  BEGIN SELECT RAISE(ABORT, 'versions of definitions are only appended'); END;
CREATE TRIGGER definition_is_kept BEFORE DELETE ON definition
  BEGIN SELECT RAISE(ABORT, 'versions of definitions are only appended'); END;
)sql";

// Small records that are replaced; where a session comes from and how strong it is.
constexpr const char* kEighth = R"sql(
CREATE TABLE entry (
  tenant TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL,
  at INTEGER NOT NULL, body TEXT NOT NULL, found_by TEXT NOT NULL, expires_at INTEGER,
  PRIMARY KEY (tenant, kind, key)
) WITHOUT ROWID;
CREATE INDEX entry_expiring ON entry (tenant, expires_at) WHERE expires_at IS NOT NULL;
CREATE TABLE entry_word (
  tenant TEXT NOT NULL, kind TEXT NOT NULL, word TEXT NOT NULL, key TEXT NOT NULL,
  PRIMARY KEY (tenant, kind, word, key)
) WITHOUT ROWID;
CREATE INDEX entry_word_of ON entry_word (tenant, kind, key);
ALTER TABLE session ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN strength TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN confirmed_at INTEGER;
CREATE INDEX session_of_account ON session (tenant, username, created_at);
)sql";

// Where the result is handed out; empty: where the dossier was received.
constexpr const char* kNinth = R"sql(
ALTER TABLE dossier ADD COLUMN returning_agency TEXT NOT NULL DEFAULT '';
)sql";

// What is open, of whom and where, without looking at the tasks themselves.
constexpr const char* kTenth = R"sql(
CREATE INDEX open_task ON task (tenant, assignee, agency, role, action, procedure);
)sql";

constexpr std::array kMigrations{kFirst, kSecond,  kThird,  kFourth, kFifth,
                                 kSixth, kSeventh, kEighth, kNinth,  kTenth};
constexpr auto kKnown = static_cast<std::int64_t>(kMigrations.size());

}  // namespace

namespace {

base::Outcome<std::int64_t> version_of(Database& database) {
  Statement read = TRY(database.prepare("SELECT coalesce(max(version), 0) FROM schema_version"));
  return TRY(read.step()) ? read.number(0) : 0;
}

// One step up, or nothing where another program has just made it.
base::Outcome<base::Done> step_up(Database& database, std::int64_t version) {
  if (TRY(version_of(database)) != version) return base::Done{};
  TRY(database.run(kMigrations.at(static_cast<std::size_t>(version))));
  const std::string record =
      "INSERT INTO schema_version VALUES (" + std::to_string(version + 1) + ");";
  return database.run(record.c_str());
}

}  // namespace

std::int64_t newest_schema() {
  return kKnown;
}

base::Outcome<base::Done> migrate(Database& database) {
  return migrate_to(database, kKnown);
}

base::Outcome<base::Done> migrate_to(Database& database, std::int64_t wanted) {
  TRY(database.run("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL);"));
  for (;;) {
    const std::int64_t version = TRY(version_of(database));
    if (version > kKnown) {
      return base::fault(base::FaultCode::invalid,
                         "the store has schema version " + std::to_string(version) +
                             ", this program knows " + std::to_string(kKnown) +
                             ": use the newer program, or restore a backup");
    }
    if (version >= wanted) return base::Done{};
    TRY(database.run("BEGIN IMMEDIATE"));
    auto done = step_up(database, version);
    if (done) done = database.run("COMMIT");
    if (!done) {
      [[maybe_unused]] const auto undone = database.run("ROLLBACK");
      return done;
    }
  }
}

}  // namespace storage::sqlite
