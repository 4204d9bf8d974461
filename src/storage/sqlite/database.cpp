#include "storage/sqlite/database.h"

#include <cstdio>
#include <cstdlib>

#include "base/ensure.h"

namespace storage::sqlite {

namespace {

// A failed sync leaves the kernel's view of the file unknown; carrying on has been seen to corrupt
// databases.  The process ends at once and replays its log when it starts again.
void abort_if_sync_failed(int extended) {
  switch (extended) {
    case SQLITE_IOERR_FSYNC:
    case SQLITE_IOERR_DIR_FSYNC:
      std::fprintf(stderr, "motcua: the disk refused to make data durable; stopping at once\n");
      std::_Exit(70);
    default:
      break;
  }
}

constexpr int kCheckpointFrames = 4000;

// Moves the log into the database.  SQLite's own checkpoints, after a commit and when the last
// connection is closed, keep their errors to themselves: a failed sync would go unnoticed.
//
// Only ever on the connection that writes: SQLite before 3.51.3 may damage the database when
// another one makes checkpoints while commits begin the log anew (the WAL-reset bug).
void checkpoint(sqlite3* raw, const char* schema) {
  const int done =
      sqlite3_wal_checkpoint_v2(raw, schema, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  if (done != SQLITE_OK) abort_if_sync_failed(sqlite3_extended_errcode(raw));
}

int checkpoint_a_long_log(void*, sqlite3* raw, const char* schema, int frames) {
  if (frames >= kCheckpointFrames) checkpoint(raw, schema);
  return SQLITE_OK;
}

base::FaultCode code_of(int result) {
  switch (result & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return base::FaultCode::unavailable;
    case SQLITE_FULL:
      return base::FaultCode::exhausted;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return base::FaultCode::corrupt;
    case SQLITE_CONSTRAINT:
      return base::FaultCode::conflict;
    default:
      return base::FaultCode::internal;
  }
}

// What SQLite takes to be the name of a file that does not change while it is read.
std::string still_uri(const std::string& path) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string uri = "file:";
  for (const char letter : path) {
    if (letter != '%' && letter != '?' && letter != '#') {
      uri += letter;
      continue;
    }
    const auto byte = static_cast<unsigned char>(letter);
    uri += '%';
    uri += kDigits[byte >> 4U];
    uri += kDigits[byte & 15U];
  }
  return uri + "?immutable=1";
}

base::Fault fault_of(sqlite3* raw, std::string_view doing) {
  const int extended = sqlite3_extended_errcode(raw);
  abort_if_sync_failed(extended);
  return base::Fault{code_of(extended), std::string{doing} + ": " + sqlite3_errmsg(raw)};
}

}  // namespace

Statement::~Statement() {
  if (raw_ == nullptr) return;
  sqlite3_reset(raw_);
  sqlite3_clear_bindings(raw_);
}

void Statement::reset() {
  sqlite3_reset(raw_);
  next_ = 1;
}

Statement& Statement::bind(std::string_view text) {
  // A null pointer would bind NULL: empty texts are texts.
  const char* bytes = text.data() == nullptr ? "" : text.data();
  sqlite3_bind_text64(raw_, next_++, bytes, text.size(), SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}
Statement& Statement::bind_blob(std::string_view bytes) {
  const char* first = bytes.data() == nullptr ? "" : bytes.data();
  sqlite3_bind_blob64(raw_, next_++, first, bytes.size(), SQLITE_STATIC);
  return *this;
}
Statement& Statement::bind(std::int64_t number) {
  sqlite3_bind_int64(raw_, next_++, number);
  return *this;
}
Statement& Statement::bind(calendar::Instant at) {
  return bind(static_cast<std::int64_t>(at.time_since_epoch().count()));
}
Statement& Statement::bind(const std::optional<calendar::Instant>& at) {
  return at.has_value() ? bind(*at) : bind_null();
}
Statement& Statement::bind_null() {
  sqlite3_bind_null(raw_, next_++);
  return *this;
}

base::Outcome<bool> Statement::step() {
  const int result = sqlite3_step(raw_);
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  return base::Failure{fault_of(sqlite3_db_handle(raw_), "step")};
}

base::Outcome<base::Done> Statement::run() {
  for (;;) {
    const bool row = TRY(step());
    if (!row) break;
  }
  return base::Done{};
}

std::string Statement::text(int column) const {
  return std::string{text_view(column)};
}
std::string_view Statement::text_view(int column) const {
  const auto* bytes = sqlite3_column_text(raw_, column);
  const int size = sqlite3_column_bytes(raw_, column);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(static_cast<const void*>(bytes)),
          static_cast<std::size_t>(size)};
}
std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(raw_, column);
}
bool Statement::is_null(int column) const {
  return sqlite3_column_type(raw_, column) == SQLITE_NULL;
}
calendar::Instant Statement::instant(int column) const {
  return calendar::Instant{std::chrono::milliseconds{number(column)}};
}
std::optional<calendar::Instant> Statement::maybe_instant(int column) const {
  if (is_null(column)) return std::nullopt;
  return instant(column);
}

base::Outcome<std::unique_ptr<Database>> Database::open(const std::string& path, Use use) {
  sqlite3* raw = nullptr;
  const bool still = use == Use::still;
  const int opened =
      sqlite3_open_v2(still ? still_uri(path).c_str() : path.c_str(), &raw,
                      SQLITE_OPEN_NOMUTEX | (still ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
                                                   : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE),
                      nullptr);
  std::unique_ptr<Database> database(new Database(raw, use));
  if (opened != SQLITE_OK) return base::Failure{database->fault("open " + path)};
  sqlite3_extended_result_codes(raw, 1);
  if (still) {
    TRY(database->run("PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"));
    return database;
  }
  sqlite3_busy_timeout(raw, 5000);
  TRY(
      database->run("PRAGMA journal_mode=WAL;"
                    "PRAGMA synchronous=FULL;"
                    "PRAGMA foreign_keys=ON;"
                    // What is erased does not lie about in free pages.
                    "PRAGMA secure_delete=ON;"
                    "PRAGMA temp_store=MEMORY;"));
  if (use == Use::beside) {
    sqlite3_wal_autocheckpoint(raw, 0);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  } else {
    sqlite3_wal_hook(raw, checkpoint_a_long_log, nullptr);
  }
  TRY(database->run(use == Use::write ? "PRAGMA cache_size=-16000; PRAGMA mmap_size=268435456;"
                                      : "PRAGMA cache_size=-2000; PRAGMA mmap_size=0;"));
  return database;
}

Database::~Database() {
  for (auto& [text, statement] : statements_) sqlite3_finalize(statement);
  if (use_ == Use::write) checkpoint(raw_, nullptr);
  sqlite3_close(raw_);
}

base::Outcome<Statement> Database::prepare(std::string_view sql) {
  const auto known = statements_.find(sql);
  if (known != statements_.end()) return Statement{known->second};
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v3(raw_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                         &statement, nullptr) != SQLITE_OK) {
    return base::Failure{fault("prepare " + std::string{sql})};
  }
  statements_.emplace(std::string{sql}, statement);
  return Statement{statement};
}

base::Outcome<base::Done> Database::run(const char* sql) {
  if (sqlite3_exec(raw_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
    return base::Failure{fault(sql)};
  }
  return base::Done{};
}

base::Outcome<base::Done> Database::begin() {
  Statement statement = TRY(prepare("BEGIN IMMEDIATE"));
  return statement.run();
}
base::Outcome<base::Done> Database::begin_reading() {
  Statement statement = TRY(prepare("BEGIN"));
  return statement.run();
}
base::Outcome<base::Done> Database::commit() {
  Statement statement = TRY(prepare("COMMIT"));
  return statement.run();
}
base::Outcome<base::Done> Database::rollback() {
  Statement statement = TRY(prepare("ROLLBACK"));
  return statement.run();
}
std::int64_t Database::total_changes() const {
  return sqlite3_total_changes64(raw_);
}
int Database::changes() const {
  return sqlite3_changes(raw_);
}
std::int64_t Database::last_row() const {
  return sqlite3_last_insert_rowid(raw_);
}
int Database::extended_error() const {
  return sqlite3_extended_errcode(raw_);
}
base::Fault Database::last_fault() const {
  return fault_of(raw_, "write");
}
bool Database::in_autocommit() const {
  return sqlite3_get_autocommit(raw_) != 0;
}
base::Fault Database::fault(std::string_view doing) const {
  return fault_of(raw_, doing);
}

}  // namespace storage::sqlite
