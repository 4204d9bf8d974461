#include "raw_store.h"

#include <array>

#include <sqlite3.h>
#include <time.h>

#include "cli/compose.h"
#include "storage/sqlite/sqlite_store.h"

namespace bench {

namespace {

// Table, and its column that says which dossier a row belongs to.
struct FiledTable {
  const char* name;
  const char* columns;
  const char* dossier;
};
constexpr std::array kTables{
    FiledTable{"dossier", "t.*", "t.id"},     FiledTable{"involved", "t.*", "t.dossier"},
    FiledTable{"event", "t.*", "t.dossier"},  FiledTable{"task", "t.*", "t.dossier"},
    FiledTable{"outbox", "t.*", "t.dossier"}, FiledTable{"request", "t.*", "t.subject"}};
constexpr std::size_t kWords = kTables.size();  // the full-text index, read in its own way

std::string insert_sql(std::size_t table, int columns) {
  if (table == kWords) return "INSERT INTO dossier_words (rowid, words) VALUES (?, ?)";
  std::string sql = std::string{"INSERT INTO "} + kTables.at(table).name + " VALUES (?";
  for (int i = 1; i < columns; ++i) sql += ", ?";
  return sql + ")";
}

void bind(sqlite3_stmt* statement, int at, const std::string& text) {
  sqlite3_bind_text64(statement, at, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

double thread_processor_seconds() {
  timespec used{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

// Steps to the end and copies every column, as a caller that reads the rows would.
void read_all(sqlite3_stmt* statement) {
  while (sqlite3_step(statement) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      keep(std::string(static_cast<std::size_t>(sqlite3_column_bytes(statement, i)), ' '));
    }
  }
  sqlite3_reset(statement);
}

}  // namespace

RawDatabase::RawDatabase(const std::string& path) {
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  if (sqlite3_open_v2(path.c_str(), &raw_, flags, nullptr) != SQLITE_OK) {
    give_up("cannot open " + path);
  }
  run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000; "
      "PRAGMA mmap_size=268435456; PRAGMA wal_autocheckpoint=4000; PRAGMA temp_store=MEMORY;");
}

RawDatabase::~RawDatabase() {
  for (sqlite3_stmt* one : statements_) sqlite3_finalize(one);
  sqlite3_close(raw_);
}

void RawDatabase::run(const std::string& sql) {
  if (sqlite3_exec(raw_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    give_up(sql + ": " + sqlite3_errmsg(raw_));
  }
}

sqlite3_stmt* RawDatabase::prepare(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(raw_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) {
    give_up(sql + ": " + sqlite3_errmsg(raw_));
  }
  statements_.push_back(statement);
  return statement;
}

std::vector<std::string> RawDatabase::texts(const std::string& sql) {
  sqlite3_stmt* statement = prepare(sql);
  std::vector<std::string> found;
  while (sqlite3_step(statement) == SQLITE_ROW) {
    const void* bytes = sqlite3_column_blob(statement, 0);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, 0));
    found.emplace_back(static_cast<const char*>(bytes), size);
  }
  return found;
}

void FreeValue::operator()(sqlite3_value* value) const {
  sqlite3_value_free(value);
}

std::size_t FilingRows::bytes() const {
  std::size_t sum = 0;
  for (const RawRow& row : rows) {
    for (const auto& value : row.values) {
      sum += sqlite3_value_type(value.get()) == SQLITE_INTEGER
                 ? sizeof(std::int64_t)
                 : static_cast<std::size_t>(sqlite3_value_bytes(value.get()));
    }
  }
  return sum;
}

std::vector<FilingRows> read_filings(const std::string& path, std::size_t limit) {
  RawDatabase database(path);
  database.run(
      "CREATE TEMP TABLE chosen (id TEXT PRIMARY KEY, words INTEGER, n INTEGER) WITHOUT ROWID;"
      "INSERT INTO chosen SELECT id, search_row, row_number() OVER (ORDER BY filed_at, id) - 1 "
      "FROM dossier ORDER BY filed_at, id LIMIT " +
      std::to_string(limit));
  std::vector<FilingRows> filings;
  const auto take = [&](std::size_t table, const std::string& sql) {
    sqlite3_stmt* rows = database.prepare(sql);
    const int columns = sqlite3_column_count(rows) - 1;
    while (sqlite3_step(rows) == SQLITE_ROW) {
      const auto n = static_cast<std::size_t>(sqlite3_column_int64(rows, columns));
      if (filings.size() <= n) filings.resize(n + 1);
      RawRow row{.table = table, .values = {}};
      for (int i = 0; i < columns; ++i) {
        row.values.emplace_back(sqlite3_value_dup(sqlite3_column_value(rows, i)));
      }
      filings[n].rows.push_back(std::move(row));
    }
  };
  for (std::size_t table = 0; table < kTables.size(); ++table) {
    const FiledTable& one = kTables.at(table);
    take(table, std::string{"SELECT "} + one.columns + ", c.n FROM " + one.name +
                    " t JOIN chosen c ON c.id = " + one.dossier);
  }
  take(kWords,
       "SELECT t.rowid, t.words, c.n FROM chosen c JOIN dossier_words t ON t.rowid = c.words");
  return filings;
}

RawSpeed insert_filings(const std::string& path, const std::vector<FilingRows>& filings,
                        std::size_t group) {
  // The product makes its schema, then goes out of the way.
  if (!storage::sqlite::open_store(path, cli::kTenant)) give_up("cannot create " + path);
  RawDatabase database(path);
  std::array<sqlite3_stmt*, kTables.size() + 1> inserts{};
  const auto start = Stopwatch::now();
  const double processor = thread_processor_seconds();
  for (std::size_t i = 0; i < filings.size(); ++i) {
    if (i % group == 0) database.run("BEGIN IMMEDIATE");
    for (const RawRow& row : filings[i].rows) {
      sqlite3_stmt*& insert = inserts.at(row.table);
      if (insert == nullptr) {
        insert = database.prepare(insert_sql(row.table, static_cast<int>(row.values.size())));
      }
      for (std::size_t column = 0; column < row.values.size(); ++column) {
        sqlite3_bind_value(insert, static_cast<int>(column) + 1, row.values[column].get());
      }
      if (sqlite3_step(insert) != SQLITE_DONE) give_up("a raw row was not inserted");
      sqlite3_reset(insert);
    }
    if (i % group == group - 1 || i + 1 == filings.size()) database.run("COMMIT");
  }
  const auto count = static_cast<double>(filings.size());
  return {.per_second = count / seconds_since(start),
          .processor_microseconds = (thread_processor_seconds() - processor) * 1e6 / count};
}

BareReads time_bare_reads(const std::string& path, const std::string& agency,
                          const std::vector<std::string>& names,
                          const std::vector<std::string>& ids, std::size_t count) {
  RawDatabase database(path);
  const std::string columns =
      "id, code, version, procedure, digest, agency, receiving_agency, status, channel, applicant, "
      "applicant_id, step, holder, filed_at, received_at, due_at, finished_at, paused, closed";
  const std::string tenant = cli::kTenant;
  sqlite3_stmt* tasks = database.prepare(
      "SELECT dossier, sort_at, activity, role, assignee, step, action, due_at FROM task "
      "WHERE tenant = ? AND agency = ? ORDER BY sort_at, dossier LIMIT 25");
  sqlite3_stmt* row =
      database.prepare("SELECT " + columns + " FROM dossier WHERE tenant = ? AND id = ?");
  sqlite3_stmt* found = database.prepare(
      "SELECT d." + columns.substr(0, 2) +
      ", d.code, d.procedure, d.applicant, d.status, d.filed_at, d.due_at FROM dossier_words w "
      "CROSS JOIN dossier d ON d.search_row = w.rowid WHERE w.words MATCH ? "
      "ORDER BY w.rowid DESC LIMIT 25");
  sqlite3_stmt* state = database.prepare("SELECT state FROM dossier WHERE tenant = ? AND id = ?");
  sqlite3_stmt* events =
      database.prepare("SELECT * FROM event WHERE tenant = ? AND dossier = ? ORDER BY sequence");
  BareReads reads;
  for (std::size_t i = 0; i < count; ++i) {
    auto start = Stopwatch::now();
    bind(tasks, 1, tenant);
    bind(tasks, 2, agency);
    while (sqlite3_step(tasks) == SQLITE_ROW) {
      bind(row, 1, tenant);
      sqlite3_bind_value(row, 2, sqlite3_column_value(tasks, 0));
      read_all(row);
    }
    sqlite3_reset(tasks);
    reads.inbox.add(Stopwatch::now() - start);

    start = Stopwatch::now();
    bind(found, 1, names[i % names.size()]);
    read_all(found);
    reads.search.add(Stopwatch::now() - start);

    start = Stopwatch::now();
    for (sqlite3_stmt* one : {state, events}) {
      bind(one, 1, tenant);
      bind(one, 2, ids[i % ids.size()]);
      read_all(one);
    }
    reads.dossier.add(Stopwatch::now() - start);
  }
  return reads;
}

}  // namespace bench
