#include "running_store.h"

#include <algorithm>
#include <filesystem>

#include "calendar/clock.h"
#include "cli/demo_people.h"
#include "figure.h"
#include "office_life.h"
#include "raw_store.h"

namespace bench {

namespace {

using calendar::Instant;

constexpr int kTurns = 20;             // of wake_some
constexpr std::int64_t kWakers = 200;  // of the originals, those that wake first
constexpr const char* kEnd = "bench_end";
constexpr const char* kTurn = "bench_turn";

std::string text(std::int64_t number) {
  return std::to_string(number);
}
std::string file_of(const RunningStore& store) {
  return folder_of(store) + "/motcua.db";
}
// Every so many copies one whose original wakes first: enough of them for every turn.
std::int64_t stride(const RunningStore& store) {
  return std::max<std::int64_t>(1, store.dossiers / (store.due * kTurns));
}

void live_through(const std::string& folder, int lives) {
  const auto shipped = cli::find_shipped();
  if (!shipped) give_up(shipped.error().message);
  const auto data = cli::DataFolder::open(folder);
  if (!data) give_up(data.error().message);
  calendar::SystemClock system;
  const Instant end = std::chrono::floor<std::chrono::minutes>(system.now());
  calendar::ManualClock clock{end - std::chrono::days{31}};
  const auto office =
      cli::Office::open(*data, *shipped, clock, {.public_url = "http://127.0.0.1:8080"});
  if (!office) give_up(office.error().message);
  for (const identity::OfficerForm& form : cli::demo_officers()) {
    if (!(*office)->accounts().put_account(form, cli::kDemoPassword, false)) {
      give_up("no account for " + form.username);
    }
  }
  [[maybe_unused]] const OfficeLived lived =
      live(**office, clock, end, {.dossiers = lives, .days = 30}, [](const OfficeLived&) {});
}

// Indexes are made anew after the rows: sorted once instead of entered one by one.
std::vector<std::string> drop_indexes(RawDatabase& database) {
  const std::string named =
      " FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND "
      "tbl_name IN ('dossier', 'running')";
  std::vector<std::string> made = database.texts("SELECT sql" + named);
  for (const std::string& name : database.texts("SELECT name" + named)) {
    database.run("DROP INDEX " + name);
  }
  return made;
}

// Answers the moment at which the wakers have all woken: the store's end.
Instant copy(RawDatabase& database, const RunningStore& wanted) {
  const auto count = [&](const std::string& what) {
    return std::stoll(database.texts("SELECT " + what).front());
  };
  database.run(
      "CREATE TEMP TABLE sleeper AS SELECT row_number() OVER (ORDER BY r.wake_at, r.dossier) - 1 "
      "AS n, d.rowid AS original, r.wake_at, r.clock FROM running r JOIN dossier d "
      "ON d.tenant = r.tenant AND d.id = r.dossier WHERE r.clock <> '' AND r.wake_at IS NOT NULL;"
      "CREATE UNIQUE INDEX temp.sleeper_n ON sleeper (n);");
  const std::int64_t sleepers = count("count(*) FROM sleeper");
  const std::int64_t wakers = std::min<std::int64_t>(kWakers, sleepers / 4);
  if (wakers == 0) give_up("hardly anybody is at work: more lives are needed");
  const std::int64_t last = count("wake_at FROM sleeper WHERE n = " + text(wakers - 1));
  database.run("CREATE TEMP TABLE waker AS SELECT * FROM sleeper WHERE n < " + text(wakers) +
               ";CREATE UNIQUE INDEX temp.waker_n ON waker (n);");
  note(text(sleepers) + " originals are at work, " + text(wakers) + " of them wake first");
  const std::string ended = text(last);
  // Which original each copy has.
  database.run(
      "CREATE TEMP TABLE copied (n INTEGER PRIMARY KEY, id TEXT, original INTEGER, wakes INTEGER, "
      "wake_at INTEGER, clock TEXT);"
      "WITH RECURSIVE c (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM c WHERE n + 1 < " +
      text(wanted.dossiers) + "), k (n, wakes) AS (SELECT n, n % " + text(stride(wanted)) +
      " = 0 FROM c) "
      "INSERT INTO copied SELECT k.n, printf('%032x', k.n), coalesce(w.original, s.original), "
      "k.wakes, coalesce(w.wake_at, s.wake_at), coalesce(w.clock, s.clock) FROM k "
      "LEFT JOIN waker w ON k.wakes AND w.n = (k.n / " +
      text(stride(wanted)) + ") % " + text(wakers) +
      " LEFT JOIN sleeper s ON NOT k.wakes AND s.n = k.n % " + text(sleepers));
  database.run(
      "INSERT INTO dossier SELECT d.tenant, c.id, printf('H41.101.01-%06d-%04d', c.n / 10000, "
      "c.n % 10000), d.version, d.procedure, d.digest, d.agency, d.receiving_agency, d.status, "
      "d.channel, d.applicant, d.applicant_id, d.applicant_folded, d.step, d.holder, d.filed_at, "
      "d.received_at, d.due_at, d.finished_at, d.paused, d.closed, d.slip_number, 0, "
      "CASE WHEN c.wakes THEN d.state ELSE '' END "
      "FROM copied c CROSS JOIN dossier d ON d.rowid = c.original ORDER BY c.n");
  // Asleep until some are woken: later and later after the end.
  database.run(
      "INSERT INTO running (tenant, agency, dossier, code, version, due_at, wake_at, clock) "
      "SELECT d.tenant, d.agency, c.id, d.code, d.version, d.due_at, " +
      ended +
      " + 3600000 + c.n * 1000, c.clock FROM copied c CROSS JOIN dossier d ON d.tenant = 'H41' "
      "AND d.id = c.id ORDER BY d.agency, c.id");
  database.run(
      "INSERT INTO task SELECT t.tenant, t.agency, t.sort_at, c.id, t.activity, t.role, "
      "t.assignee, t.assignee_name, t.step, t.action, t.opened_at, t.due_at, t.dossier_due_at, "
      "t.received, t.paused, t.procedure FROM copied c CROSS JOIN dossier d "
      "ON d.rowid = c.original CROSS JOIN task t ON t.tenant = d.tenant AND t.dossier = d.id "
      "WHERE c.wakes");
  database.run(
      "CREATE TABLE bench_wakes (n INTEGER PRIMARY KEY, agency TEXT, id TEXT UNIQUE, wake_at "
      "INTEGER);"
      "INSERT INTO bench_wakes SELECT c.n / " +
      text(stride(wanted)) +
      ", d.agency, c.id, c.wake_at FROM copied c CROSS JOIN dossier d ON d.rowid = c.original "
      "WHERE c.wakes;"
      // The originals themselves are done.
      "DELETE FROM running WHERE dossier NOT IN (SELECT id FROM copied);");
  return Instant{std::chrono::milliseconds{last}};
}

}  // namespace

std::string folder_of(const RunningStore& store) {
  return store.folder + "/" + text(store.dossiers);
}

Instant make_running_store(const RunningStore& wanted) {
  namespace fs = std::filesystem;
  const fs::path whole = folder_of(wanted);
  const auto end_of = [](RawDatabase& database) {
    const std::string sql = std::string{"SELECT value FROM setting WHERE name = '"} + kEnd + "'";
    return Instant{std::chrono::milliseconds{std::stoll(database.texts(sql).front())}};
  };
  if (fs::exists(whole)) {
    RawDatabase database((whole / "motcua.db").string());
    return end_of(database);
  }
  const fs::path part = whole.string() + ".part";
  fs::remove_all(part);
  fs::create_directories(part);
  auto start = Stopwatch::now();
  live_through(part.string(), wanted.lives);
  note(fixed(seconds_since(start), 1) + " s for " + text(wanted.lives) + " lives");
  start = Stopwatch::now();
  Instant end{};
  {
    RawDatabase database((part / "motcua.db").string());
    database.run("PRAGMA synchronous=OFF; PRAGMA cache_size=-1000000;");
    const std::vector<std::string> indexes = drop_indexes(database);
    database.run("BEGIN");
    end = copy(database, wanted);
    database.run(std::string{"INSERT INTO setting VALUES ('H41', '"} + kEnd + "', '" +
                 text(end.time_since_epoch().count()) + "'), ('H41', '" + kTurn + "', '0')");
    for (const std::string& index : indexes) database.run(index);
    database.run("COMMIT; PRAGMA wal_checkpoint(TRUNCATE);");
  }
  fs::rename(part, whole);
  note(fixed(seconds_since(start), 1) + " s for " + grouped(static_cast<double>(wanted.dossiers)) +
       " copies");
  return end;
}

void wake_some(const RunningStore& store) {
  RawDatabase database(file_of(store));
  const std::string turn_sql = std::string{"setting WHERE name = '"} + kTurn + "'";
  const std::int64_t turn = std::stoll(database.texts("SELECT value FROM " + turn_sql).front());
  if (turn >= kTurns) give_up("everybody in " + store.folder + " was woken: remove it");
  const std::string woken = " FROM bench_wakes WHERE n % " + text(kTurns) + " = " + text(turn);
  database.run(
      "BEGIN IMMEDIATE;"
      "UPDATE running SET wake_at = (SELECT b.wake_at FROM bench_wakes b "
      "WHERE b.id = running.dossier) "
      "WHERE (tenant, agency, dossier) IN (SELECT 'H41', agency, id" +
      woken +
      ");"
      "UPDATE setting SET value = value + 1 WHERE name = '" +
      kTurn + "'; COMMIT");
}

}  // namespace bench
