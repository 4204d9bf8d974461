// kill_test.cpp - kills the writer at random moments, again and again on the same store, and looks
// whether everything that was acknowledged is there, and everything that is there is whole.
#include <array>
#include <filesystem>
#include <sstream>

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/random.h"
#include "storage/fault/flaws.h"
#include "storage/fault/test_settings.h"
#include "storage/sqlite/sqlite_store.h"

namespace storage::fault {
namespace {

// What the writer said before it was killed `delay_ms` after its first acknowledgement.
std::string run_and_kill(const std::string& store, int round, unsigned delay_ms) {
  int pipe_ends[2];
  EXPECT_EQ(::pipe(pipe_ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(pipe_ends[1], 1);
    ::close(pipe_ends[0]);
    ::execl(KILL_WRITER, KILL_WRITER, store.c_str(), std::to_string(round).c_str(), nullptr);
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

TEST(Kill, LosesNothingAcknowledgedAndLeavesNothingHalfWritten) {
  const int rounds = test_size("MOTCUA_WRITER_KILLS", 32);
  std::string name = (std::filesystem::temp_directory_path() / "motcua-kill-XXXXXX").string();
  const std::filesystem::path folder = ::mkdtemp(name.data());
  const std::string file = (folder / "motcua.db").string();
  base::SeededRandom random(test_seed());
  Ledger ledger;
  for (int round = 1; round <= rounds && !testing::Test::HasFailure(); ++round) {
    const std::string said = run_and_kill(file, round, static_cast<unsigned>(random.below(60)));
    std::istringstream lines(said);
    std::string id;
    std::int64_t version = 0;
    while (lines >> id >> version) ledger.acknowledge(id, version);
    ASSERT_FALSE(said.empty());

    const auto store = sqlite::open_store(file, "H41");
    ASSERT_TRUE(store) << store.error().message;
    for (const std::string& flaw : losses(**store, ledger)) ADD_FAILURE() << flaw;
    for (const std::string& flaw : flaws_of_database(file, false)) ADD_FAILURE() << flaw;
  }
  const auto store = sqlite::open_store(file, "H41");
  ASSERT_TRUE(store);
  for (const std::string& flaw : flaws_of_journal(**store, "H41", {}, ledger)) {
    ADD_FAILURE() << flaw;
  }
  for (const std::string& flaw : flaws_of_database(file, true)) ADD_FAILURE() << flaw;
  EXPECT_GT(ledger.acknowledged(), 100U);
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
}

}  // namespace
}  // namespace storage::fault
