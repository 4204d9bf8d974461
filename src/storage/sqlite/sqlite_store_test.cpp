#include "storage/sqlite/sqlite_store.h"

#include <cstdlib>
#include <filesystem>

#include "storage/contract/definition_contract.h"
#include "storage/contract/entry_contract.h"
#include "storage/contract/journal_contract.h"
#include "storage/contract/outbox_contract.h"
#include "storage/contract/store_contract.h"
#include "storage/contract/upload_contract.h"
#include "storage/sqlite/database.h"
#include "storage/sqlite/migrations.h"
#include "storage/sqlite/writer.h"

namespace storage {
namespace {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "motcua-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] std::string file() const { return (path_ / "motcua.db").string(); }

 private:
  std::filesystem::path path_;
};

struct SqliteStores {
  TemporaryFolder folder;
  std::unique_ptr<casework::Store> open() {
    auto store = sqlite::open_store(folder.file(), "H41");
    EXPECT_TRUE(store) << store.error().message;
    return std::move(store).value();
  }
};

}  // namespace

namespace contract {
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, StoreContract, SqliteStores);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, JournalContract, SqliteStores);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, DefinitionContract, SqliteStores);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, EntryContract, SqliteStores);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, OutboxContract, SqliteStores);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, UploadContract, SqliteStores);
}  // namespace contract

namespace sqlite {
namespace {

std::unique_ptr<Database> open(const TemporaryFolder& folder) {
  auto database = Database::open(folder.file());
  EXPECT_TRUE(database);
  return std::move(database).value();
}

TEST(SqliteSchema, OfANewerProgramIsRefusedWithTheWayBack) {
  const TemporaryFolder folder;
  {
    ASSERT_TRUE(open_store(folder.file(), "H41"));
  }
  ASSERT_TRUE(open(folder)->run("INSERT INTO schema_version VALUES (999)"));
  const auto store = open_store(folder.file(), "H41");
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, base::FaultCode::invalid);
  EXPECT_NE(store.error().message.find("newer program"), std::string::npos);
}

TEST(SqliteSchema, IsMadeOnceWhenSeveralOpenAtOnce) {
  const TemporaryFolder folder;
  std::vector<std::thread> threads;
  std::atomic<int> opened{0};
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      const auto store = open_store(folder.file(), "H41");
      EXPECT_TRUE(store) << store.error().message;
      if (store) ++opened;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(opened, 4);
}

// A store as the first release left it, with dossiers at different points of their lives.
void fill_first_release(Database& database) {
  ASSERT_TRUE(migrate_to(database, 1));
  const auto add = [&](const std::string& id, const std::string& received, const std::string& due,
                       const std::string& finished, const char* closed) {
    const std::string sql =
        "INSERT INTO dossier VALUES ('H41', '" + id + "', 'code-" + id +
        "', 3, '1.001193', 'd1', 'H41.101', 'H41.101.01', 4, 'online', 'Đào', '0401', 'dao', "
        "'examine', '', 1000, " +
        received + ", " + due + ", " + finished + ", 0, " + closed + ", 's-1', 0, '{\"a\":1}');" +
        "INSERT INTO event VALUES ('H41', '" + id +
        "', 1, 1000, 1, 'o1', 'Bà Tư', 'H41.101', 'filed', '{}', 'code-" + id + "');" +
        "INSERT INTO task VALUES ('H41', 'H41.101', 1000, '" + id +
        "', 1, 'clerk', '', '', 'examine', 'examine', 1000, NULL, NULL, 1, 0, '1.001193');";
    ASSERT_TRUE(database.run(sql.c_str())) << id;
  };
  add("filed", "NULL", "NULL", "NULL", "0");
  add("at-work", "2000", "9000", "NULL", "0");
  add("finished", "2000", "9000", "8000", "0");
  add("withdrawn", "2000", "9000", "NULL", "1");
  ASSERT_TRUE(
      database.run("INSERT INTO request VALUES ('H41', 'citizen', 'k', 'h', 'filed', 2);"
                   "INSERT INTO number_series VALUES ('H41', 's', 41);"
                   "INSERT INTO setting VALUES ('H41', 'last_event_at', '1000');"));
}

TEST(SqliteSchema, OfTheFirstReleaseIsBroughtUpAndKeepsEverything) {
  const TemporaryFolder folder;
  fill_first_release(*open(folder));
  for (int again = 0; again < 2; ++again) {
    const auto opened = open_store(folder.file(), "H41");
    ASSERT_TRUE(opened) << opened.error().message;
    casework::Store& store = **opened;
    EXPECT_EQ(*store.dossier_count(), 4);
    const auto loaded = store.load("at-work");
    ASSERT_TRUE(loaded && loaded->has_value());
    EXPECT_EQ((*loaded)->row.code, "code-at-work");
    EXPECT_EQ((*loaded)->row.applicant, "Đào");
    EXPECT_EQ((*loaded)->state, R"({"a":1})");
    EXPECT_EQ((*loaded)->slip_number, "s-1");
    EXPECT_EQ(store.events("finished", 0)->size(), 1U);
    EXPECT_TRUE(store.find_request({.key = "k", .hash = {}, .actor = "citizen"})->has_value());
    // Only what is at work wakes, at once, and has no clock until then.
    const auto due = store.wakes_due(casework::Instant{std::chrono::milliseconds{2000}}, 10);
    ASSERT_EQ(due->size(), 1U);
    EXPECT_EQ((*due)[0].dossier, "at-work");
    EXPECT_EQ((*due)[0].version, 3);
    ASSERT_TRUE(store.each_running({}, [](const casework::RunningRow&) {
      ADD_FAILURE() << "no clock runs yet";
      return false;
    }));
    EXPECT_TRUE(store.calendars()->empty());
  }
  // It goes on where it was: the sweep gives it a clock, commits and numbers follow.
  const auto store = *open_store(folder.file(), "H41");
  ASSERT_TRUE(store->move_wakes(
      {{.dossier = "at-work", .at = casework::kNever, .version = 3, .clock = "21wd"}}));
  int running = 0;
  ASSERT_TRUE(store->each_running({}, [&](const casework::RunningRow& row) {
    EXPECT_EQ(row.code, "code-at-work");
    EXPECT_EQ(row.due_at, casework::Instant{std::chrono::milliseconds{9000}});
    return ++running > 0;
  }));
  EXPECT_EQ(running, 1);
  const auto filed = store->commit(contract::new_dossier("new", "s"));
  ASSERT_TRUE(filed);
  EXPECT_EQ(filed->numbers.at(0), "H41.101.01-260820-0042");
}

TEST(SqliteSchema, VersionsOfCalendarsCannotBeChangedByAnyStatement) {
  const TemporaryFolder folder;
  {
    const auto store = *open_store(folder.file(), "H41");
    ASSERT_TRUE(store->save_calendar(contract::calendar_of("H41.101", "one"), 0, std::nullopt));
    ASSERT_TRUE(store->save_calendar(contract::calendar_of("H41.101", "two"), 1, std::nullopt));
  }
  const auto database = open(folder);
  const std::string copy =
      "tenant, office, version, at, actor_kind, actor_id, actor_name, actor_agency, kind, 'x', "
      "reason, act, leaf, salt FROM calendar_version WHERE version = 1";
  for (const std::string& sql :
       {std::string{"UPDATE calendar_version SET content = 'x'"},
        std::string{"UPDATE calendar_version SET version = 3 WHERE version = 2"},
        std::string{"DELETE FROM calendar_version"},
        std::string{"DELETE FROM calendar_version WHERE version = 2"},
        "INSERT OR REPLACE INTO calendar_version SELECT " + copy,
        "INSERT OR IGNORE INTO calendar_version SELECT " + copy,
        std::string{"INSERT INTO calendar_version SELECT tenant, office, 9, at, actor_kind, "
                    "actor_id, actor_name, actor_agency, kind, content, reason, act, 99, salt FROM "
                    "calendar_version WHERE version = 1"},
        std::string{"UPDATE calendar_version SET leaf = 7 WHERE version = 1"}}) {
    const auto done = database->run(sql.c_str());
    ASSERT_FALSE(done) << sql;
    EXPECT_EQ(done.error().code, base::FaultCode::conflict) << done.error().message;
  }
  Statement read = *database->prepare("SELECT group_concat(content) FROM calendar_version");
  ASSERT_TRUE(*read.step());
  EXPECT_EQ(read.text(0), "one,two");
}

TEST(SqliteStore, AFilingWithoutAClockLeavesTheTableOfThoseThatRunAlone) {
  const TemporaryFolder folder;
  const auto store = *open_store(folder.file(), "H41");
  const auto first = contract::new_dossier("a");
  ASSERT_TRUE(store->commit(first));
  ASSERT_TRUE(store->commit(contract::next_of(first, "k")));
  const auto database = open(folder);
  Statement read = *database->prepare("SELECT count(*) FROM running");
  ASSERT_TRUE(*read.step());
  EXPECT_EQ(read.number(0), 0);
}

TEST(SqliteDatabase, SaysCorruptToAFileThatIsNoDatabase) {
  const TemporaryFolder folder;
  std::FILE* file = std::fopen(folder.file().c_str(), "w");
  for (int i = 0; i < 4096; ++i) std::fputs("not a database ", file);
  std::fclose(file);
  const auto database = Database::open(folder.file());
  ASSERT_FALSE(database);
  EXPECT_EQ(database.error().code, base::FaultCode::corrupt);
}

TEST(SqliteDatabase, IsDurableAndTellsBusyAndFull) {
  const TemporaryFolder folder;
  const auto one = open(folder);
  {
    Statement mode = *one->prepare("PRAGMA synchronous");
    ASSERT_TRUE(*mode.step());
    EXPECT_EQ(mode.number(0), 2) << "FULL";
  }
  ASSERT_TRUE(one->run("CREATE TABLE t (x TEXT)"));
  const auto two = open(folder);
  ASSERT_TRUE(two->run("PRAGMA busy_timeout=10"));
  ASSERT_TRUE(one->run("BEGIN IMMEDIATE"));
  const auto busy = two->run("BEGIN IMMEDIATE");
  ASSERT_FALSE(busy);
  EXPECT_EQ(busy.error().code, base::FaultCode::unavailable);
  ASSERT_TRUE(one->run("ROLLBACK"));
  ASSERT_TRUE(one->run("PRAGMA max_page_count=8"));
  const auto full = one->run("INSERT INTO t SELECT randomblob(100000)");
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, base::FaultCode::exhausted);
}

TEST(SqliteStatement, IsResetAtTheEndOfItsScope) {
  const TemporaryFolder folder;
  const auto database = open(folder);
  ASSERT_TRUE(database->run("CREATE TABLE t (x INTEGER); INSERT INTO t VALUES (1), (2)"));
  const auto first = [&] {
    Statement read = *database->prepare("SELECT x FROM t WHERE ?1 IS NULL OR x = ?1 ORDER BY x");
    EXPECT_TRUE(*read.step());
    return read.number(0);
  };
  {
    Statement read = *database->prepare("SELECT x FROM t WHERE ?1 IS NULL OR x = ?1 ORDER BY x");
    read.bind(2);
    ASSERT_TRUE(*read.step());
    EXPECT_EQ(read.number(0), 2);
  }
  EXPECT_EQ(first(), 1) << "neither position nor values are left over";
  EXPECT_EQ(first(), 1);
  ASSERT_TRUE(database->run("DROP TABLE t")) << "nothing holds it open";
}

TEST(SqliteWriter, AFullDiskIsToldAndTheNextWriteGoesOn) {
  const TemporaryFolder folder;
  auto database = open(folder);
  ASSERT_TRUE(database->run("CREATE TABLE t (x BLOB)"));
  ASSERT_TRUE(database->run("PRAGMA max_page_count=20"));
  Writer writer(std::move(database));
  std::optional<base::Fault> inner;
  const auto fill = [&](Database& db) {
    const auto done = db.run("INSERT INTO t SELECT randomblob(1000000)");
    if (!done) inner = done.error();
    return done.has_value();
  };
  const auto outcome = writer.run(fill);
  ASSERT_TRUE(inner.has_value());
  EXPECT_EQ(inner->code, base::FaultCode::exhausted);
  if (!outcome) {
    EXPECT_EQ(outcome.error().code, base::FaultCode::exhausted) << outcome.error().message;
  }
  EXPECT_TRUE(
      writer.run([](Database& db) { return db.run("INSERT INTO t VALUES (1)").has_value(); }));
}

TEST(SqliteWriter, RefusedWorkIsTakenBackAlone) {
  const TemporaryFolder folder;
  auto database = open(folder);
  ASSERT_TRUE(database->run("CREATE TABLE t (x INTEGER)"));
  {
    Writer writer(std::move(database));
    std::vector<std::thread> threads;
    for (int i = 0; i < 16; ++i) {
      threads.emplace_back([&, i] {
        EXPECT_TRUE(writer.run([&](Database& db) {
          EXPECT_TRUE(db.run("INSERT INTO t VALUES (1)"));
          return i % 2 == 0;
        }));
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  const auto again = open(folder);
  Statement count = *again->prepare("SELECT count(*) FROM t");
  ASSERT_TRUE(*count.step());
  EXPECT_EQ(count.number(0), 8);
}

TEST(SqliteWriter, WorkThatRollsEverythingBackHarmsOnlyItsGroup) {
  const TemporaryFolder folder;
  auto database = open(folder);
  ASSERT_TRUE(database->run("CREATE TABLE t (x INTEGER)"));
  Writer writer(std::move(database));
  // What SQLite does by itself when the disk is full or failing.
  EXPECT_FALSE(writer.run([](Database& db) { return db.run("ROLLBACK").has_value() && false; }));
  EXPECT_TRUE(
      writer.run([](Database& db) { return db.run("INSERT INTO t VALUES (1)").has_value(); }));
}

}  // namespace
}  // namespace sqlite
}  // namespace storage
