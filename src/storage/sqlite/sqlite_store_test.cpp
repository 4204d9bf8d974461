#include "storage/sqlite/sqlite_store.h"

#include <cstdlib>
#include <filesystem>

#include "storage/contract/store_contract.h"
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
