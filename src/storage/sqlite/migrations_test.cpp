// Stores of every earlier schema come up whole, also when they are killed on the way.
#include "storage/sqlite/migrations.h"

#include <chrono>
#include <filesystem>
#include <thread>

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/random.h"
#include "casework/journal_record.h"
#include "casework/test_commits.h"
#include "storage/sqlite/sqlite_store.h"
#include "storage/sqlite/store_image.h"
#include "storage/sqlite/test_folder.h"

namespace storage::sqlite {
namespace {

// A store of that schema with so many dossiers of two events each, half of them at work.
void make_store(const std::string& path, std::int64_t schema, int dossiers) {
  const auto database = *Database::open(path);
  ASSERT_TRUE(migrate_to(*database, 1));
  const std::string many = std::to_string(dossiers);
  const std::string numbers =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + many + ") ";
  const std::string code = "'H41.101.01-260820-' || printf('%04d', i)";
  const std::string sql =
      "BEGIN;" + numbers + "INSERT INTO dossier SELECT 'H41', 'd' || i, " + code +
      ", 2, '1.001193', 'd1', 'H41.101', 'H41.101.01', 4, 'online', 'Đào', '0401', 'dao', "
      "'examine', '', 1000 + i, iif(i % 2 = 0, 2000 + i, NULL), iif(i % 2 = 0, 9000000000000, "
      "NULL), NULL, 0, 0, '', i, '{\"a\":1}' FROM n;" +
      numbers +
      "INSERT INTO event SELECT 'H41', 'd' || i, 1, 1000 + i, 1, 'o1', 'Bà Tư', 'H41.101', "
      "'filed', '{\"n\":' || i || '}', " +
      code + " FROM n;" + numbers +
      "INSERT INTO event SELECT 'H41', 'd' || i, 2, 2000 + i, 1, 'o1', 'Bà Tư', 'H41.101', "
      "'work_moved', '{}', '' FROM n;" +
      numbers +
      "INSERT INTO task SELECT 'H41', 'H41.101', 1000 + i, 'd' || i, 1, 'clerk', '', '', "
      "'examine', 'examine', 1000, NULL, NULL, 1, 0, '1.001193' FROM n;" +
      numbers + "INSERT INTO involved SELECT 'H41', 'H41.101', 1000 + i, 'd' || i FROM n;" +
      numbers + "INSERT INTO dossier_words (rowid, words) SELECT i, 'dao khai sinh' FROM n;" +
      numbers + "INSERT INTO request SELECT 'H41', 'citizen', 'k' || i, 'h', 'd' || i, 2 FROM n;" +
      "INSERT INTO number_series VALUES ('H41', 'dossier/H41.101.01/260820', " + many + ");" +
      "INSERT INTO file VALUES ('H41', 'f1', 'a.pdf', 'c', 'application/pdf', "
      "'image/heic;sha256=" +
      std::string(64, 'b') + "', '" + std::string(64, 'a') + "', 5, 'dossier:d1', 1000);" +
      "INSERT INTO setting VALUES ('H41', 'last_event_at', '" + std::to_string(2000 + dossiers) +
      "'); COMMIT;";
  const auto filled = database->run(sql.c_str());
  ASSERT_TRUE(filled) << filled.error().message;
  ASSERT_TRUE(migrate_to(*database, schema));
}

std::int64_t count(Database& database, const char* sql) {
  Statement ask = *database.prepare(sql);
  EXPECT_TRUE(*ask.step());
  return ask.number(0);
}

// Everything that was filled in is there, agrees with itself, and is in the journal.
void expect_whole(const std::string& path, int dossiers) {
  const auto opened = open_store(path, "H41");
  ASSERT_TRUE(opened) << opened.error().message;
  casework::Store& store = **opened;
  EXPECT_EQ(*store.dossier_count(), dossiers);
  EXPECT_EQ(*store.journal_size(), 2 * dossiers);
  std::int64_t next = 0;
  std::int64_t wrong = 0;
  ASSERT_TRUE(store.each_record([&](const casework::JournalRecord& record) {
    const journal::Hash leaf = journal::leaf_hash(casework::leaf_of("H41", record));
    if (record.index != next++ || record.leaf_hash != casework::bytes_of(leaf)) ++wrong;
    return true;
  }));
  EXPECT_EQ(next, 2 * dossiers);
  EXPECT_EQ(wrong, 0);
  const auto image = StoreImage::open(path, StoreImage::Kind::live);
  ASSERT_TRUE(image) << image.error().message;
  EXPECT_EQ(image->schema(), newest_schema());
  const auto findings = image->check();
  ASSERT_TRUE(findings) << findings.error().message;
  EXPECT_TRUE(findings->empty()) << findings->front().subject;
  EXPECT_EQ(image->files()->size(), 2U) << "what a paper was converted from is still named";
  const auto events = store.events("d1", 0);
  ASSERT_EQ(events->size(), 2U);
  EXPECT_EQ(events->front().payload, R"({"n":1})");
  EXPECT_TRUE(store.find_request({.key = "k1", .hash = {}, .actor = "citizen"})->has_value());
  const auto filed = store.commit(contract::new_dossier("new"));
  ASSERT_TRUE(filed);
  EXPECT_EQ(filed->numbers.at(0), "H41.101.01-260820-" + std::string(dossiers < 999 ? "00" : "") +
                                      std::to_string(dossiers + 1))
      << "numbers go on";
}

TEST(Migrations, BringEveryEarlierSchemaUpWithItsRows) {
  for (std::int64_t schema = 1; schema <= newest_schema(); ++schema) {
    SCOPED_TRACE(schema);
    const TemporaryFolder folder;
    make_store(folder.file(), schema, 50);
    expect_whole(folder.file(), 50);
  }
}

TEST(Migrations, KilledOnTheWayAreTakenUpByTheNextStart) {
  constexpr int kDossiers = 20'000;
  constexpr int kKills = 20;
  const TemporaryFolder folder;
  make_store(folder.file() + ".first", 1, kDossiers);
  const char* given = std::getenv("MOTCUA_SEED");
  const std::uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : 1;
  SCOPED_TRACE("MOTCUA_SEED=" + std::to_string(seed));
  base::SeededRandom random(seed);
  const auto begin_anew = [&] {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(folder.file() + end);
    std::filesystem::copy_file(folder.file() + ".first", folder.file());
  };
  begin_anew();
  int kills = 0;
  std::int64_t indexed_halfway = 0;
  for (int tries = 0; kills < kKills && tries < 200; ++tries) {
    const pid_t child = ::fork();
    if (child == 0) {
      const auto store = open_store(folder.file(), "H41");
      ::_exit(store ? 0 : 3);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{random.below(250)});
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    if (!WIFSIGNALED(status)) {
      ASSERT_EQ(WEXITSTATUS(status), 0) << "what a killed one left is no store any more";
      begin_anew();
      continue;
    }
    ++kills;
    const auto database = *Database::open(folder.file());
    ASSERT_EQ(count(*database, "SELECT count(*) FROM dossier"), kDossiers);
    ASSERT_EQ(count(*database, "SELECT count(*) FROM event"), 2 * kDossiers);
    const auto schema = count(*database, "SELECT max(version) FROM schema_version");
    if (schema < 3) continue;
    const auto leaves = count(*database, "SELECT count(*) FROM journal_leaf");
    ASSERT_EQ(count(*database, "SELECT count(*) FROM event WHERE leaf IS NOT NULL"), leaves);
    if (leaves > 0 && leaves < 2 * kDossiers) ++indexed_halfway;
  }
  EXPECT_EQ(kills, kKills);
  RecordProperty("killed_among_the_leaves", static_cast<int>(indexed_halfway));
  expect_whole(folder.file(), kDossiers);
}

}  // namespace
}  // namespace storage::sqlite
