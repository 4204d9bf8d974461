// crash_test.cpp - kills the writer at random moments, again and again on the same store, and looks
// whether everything that was acknowledged is there, and everything that is there is whole.
#include <array>
#include <filesystem>
#include <map>
#include <sstream>

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/random.h"
#include "storage/sqlite/database.h"
#include "storage/sqlite/sqlite_store.h"

namespace storage::sqlite {
namespace {

// What the writer said before it was killed `delay_ms` after its first acknowledgement.
std::string run_and_kill(const std::string& store, int round, unsigned delay_ms) {
  int pipe_ends[2];
  EXPECT_EQ(::pipe(pipe_ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(pipe_ends[1], 1);
    ::close(pipe_ends[0]);
    ::execl(CRASH_TEST_WRITER, CRASH_TEST_WRITER, store.c_str(), std::to_string(round).c_str(),
            nullptr);
    ::_exit(127);
  }
  ::close(pipe_ends[1]);
  std::string said;
  std::array<char, 65536> buffer{};
  bool killed = false;
  for (;;) {
    const ssize_t got = ::read(pipe_ends[0], buffer.data(), buffer.size());
    if (got <= 0) break;
    said.append(buffer.data(), static_cast<std::size_t>(got));
    if (!killed) {
      ::usleep(delay_ms * 1000);
      ::kill(child, SIGKILL);
      killed = true;
    }
  }
  ::close(pipe_ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
      << "it ended by itself: " << status;
  return said;
}

std::int64_t count(Database& database, std::string_view sql) {
  Statement ask = *database.prepare(sql);
  EXPECT_TRUE(*ask.step());
  return ask.number(0);
}

TEST(Crash, LosesNothingAcknowledgedAndLeavesNothingHalfWritten) {
  constexpr int kRounds = 32;
  std::string name = (std::filesystem::temp_directory_path() / "motcua-crash-XXXXXX").string();
  const std::filesystem::path folder = ::mkdtemp(name.data());
  const std::string file = (folder / "motcua.db").string();
  const char* given = std::getenv("MOTCUA_SEED");
  const std::uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : 1;
  SCOPED_TRACE("MOTCUA_SEED=" + std::to_string(seed));
  base::SeededRandom random(seed);
  std::size_t acknowledged = 0;
  for (int round = 1; round <= kRounds && !testing::Test::HasFatalFailure(); ++round) {
    const std::string said = run_and_kill(file, round, static_cast<unsigned>(random.below(60)));
    std::map<std::string, std::int64_t> versions;
    std::istringstream lines(said);
    std::string id;
    std::int64_t version = 0;
    while (lines >> id >> version) versions[id] = std::max(versions[id], version);
    acknowledged += versions.size();
    ASSERT_FALSE(versions.empty());

    const auto store = open_store(file, "H41");
    ASSERT_TRUE(store) << store.error().message;
    for (const auto& [dossier, least] : versions) {
      const auto loaded = (*store)->load(dossier);
      ASSERT_TRUE(loaded && loaded->has_value()) << dossier << " was acknowledged and is gone";
      ASSERT_GE((*loaded)->row.version, least) << dossier;
    }
  }
  auto opened = Database::open(file);
  ASSERT_TRUE(opened);
  Database& database = **opened;
  EXPECT_EQ(count(database,
                  "SELECT count(*) FROM dossier d WHERE d.version <> (SELECT count(*) "
                  "FROM event e WHERE e.tenant = d.tenant AND e.dossier = d.id)"),
            0);
  EXPECT_EQ(count(database,
                  "SELECT count(*) FROM dossier d WHERE 1 <> (SELECT count(*) FROM task t "
                  "WHERE t.tenant = d.tenant AND t.dossier = d.id AND t.activity = d.version - 1)"),
            0);
  EXPECT_EQ(count(database,
                  "SELECT count(*) FROM running r WHERE NOT EXISTS (SELECT 1 FROM dossier d "
                  "WHERE d.tenant = r.tenant AND d.id = r.dossier AND d.version = r.version "
                  "AND d.agency = r.agency AND d.code = r.code)"),
            0)
      << "what runs is at its dossier's version";
  EXPECT_EQ(count(database,
                  "SELECT count(*) FROM dossier d LEFT JOIN running r ON r.tenant = d.tenant "
                  "AND r.dossier = d.id WHERE coalesce(r.clock, '') <> CASE d.version "
                  "WHEN 2 THEN '' WHEN 3 THEN 'running' ELSE iif(EXISTS (SELECT 1 FROM event e "
                  "WHERE e.tenant = d.tenant AND e.dossier = d.id AND e.type = 'warned'), "
                  "'warned', '') END"),
            0)
      << "a clock starts at the third version and ends with the dossier";
  EXPECT_GT(count(database, "SELECT count(*) FROM running WHERE clock = 'warned'"), 0);
  EXPECT_GT(count(database,
                  "SELECT count(*) FROM dossier d WHERE version = 4 AND NOT EXISTS (SELECT 1 FROM "
                  "running r WHERE r.tenant = d.tenant AND r.dossier = d.id)"),
            0);
  EXPECT_EQ(count(database,
                  "SELECT count(*) FROM dossier d WHERE 2 <> (SELECT count(*) FROM involved i "
                  "WHERE i.tenant = d.tenant AND i.dossier = d.id)"),
            0);
  EXPECT_EQ(count(database,
                  "SELECT count(*) FROM dossier d WHERE NOT EXISTS (SELECT 1 FROM "
                  "dossier_words w WHERE w.rowid = d.search_row)"),
            0);
  EXPECT_EQ(
      count(database,
            "SELECT (SELECT last FROM number_series WHERE series = 's') - count(*) FROM dossier"),
      0)
      << "numbers have no gaps";
  EXPECT_EQ(
      count(database, "SELECT (SELECT sum(version - 1) FROM dossier) - count(*) FROM request"), 0);
  EXPECT_EQ(
      count(database, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"),
      0);
  EXPECT_GT(acknowledged, 100U);
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
}

}  // namespace
}  // namespace storage::sqlite
