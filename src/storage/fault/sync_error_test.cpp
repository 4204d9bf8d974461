// sync_error_test.cpp - the k-th sync fails, for every k: the process ends at once with code 70,
// acknowledges nothing any more, and has lost nothing that it acknowledged before.
//
// What a failed sync was to make durable is gone, although the file looks as if it were there: the
// pessimistic reading of what kernels do.  MOTCUA_SYNC_ERRORS says up to which k.
#include <array>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storage/fault/disk_vfs.h"
#include "storage/fault/flaws.h"
#include "storage/fault/image_file.h"
#include "storage/fault/test_settings.h"
#include "storage/sqlite/sqlite_store.h"

namespace storage::fault {
namespace {

using Moment = std::chrono::steady_clock::time_point;

// What became of one process.
struct Ended {
  int code = -1;       // of its exit
  std::string failed;  // whose sync it was
  std::size_t acknowledged_after = 0;
  std::chrono::milliseconds took{0};  // from the failed sync to the end
};

class SyncErrors : public testing::Test {
 protected:
  static constexpr int kRunsOfOneStore = 6;

  SyncErrors() {
    std::string name = (std::filesystem::temp_directory_path() / "motcua-sync-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    image_ = (folder_ / "image").string();
  }
  ~SyncErrors() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  Ended run_one(std::uint64_t k, const std::vector<const char*>& words) {
    // The first syncs are those of a store that is being made.
    if (++round_ % kRunsOfOneStore == 1 || k <= 12) {
      std::filesystem::remove(image_);
      ledger_.clear();
    }
    int pipe_ends[2];
    EXPECT_EQ(::pipe(pipe_ends), 0);
    std::vector<std::string> spoken{SYNC_ERROR_WRITER, image_, std::to_string(round_),
                                    std::to_string(random_.below(1'000'000)), std::to_string(k)};
    spoken.insert(spoken.end(), words.begin(), words.end());
    std::vector<char*> arguments;
    for (std::string& word : spoken) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    const pid_t child = ::fork();
    if (child == 0) {
      ::dup2(pipe_ends[1], 1);
      ::close(pipe_ends[0]);
      ::execv(arguments[0], arguments.data());
      ::_exit(127);
    }
    ::close(pipe_ends[1]);
    Ended ended = listen(pipe_ends[0]);
    ::close(pipe_ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
    return ended;
  }

  // What is wrong with the store that the process has left.
  std::vector<std::string> examine() {
    const auto disk = std::make_shared<Disk>(1, read_image(image_));
    vfs_.mount(disk);
    const auto store = sqlite::open_store("motcua.db", "H41");
    if (!store) return {"does not open: " + store.error().message};
    std::vector<std::string> flaws = losses(**store, ledger_);
    for (const std::string& flaw : flaws_of_database("motcua.db", round_ % 8 == 0)) {
      flaws.push_back(flaw);
    }
    for (const std::string& flaw : flaws_of_journal(**store, "H41", {}, ledger_)) {
      flaws.push_back(flaw);
    }
    return flaws;
  }

  std::size_t acknowledged() const { return ledger_.acknowledged(); }

 private:
  Ended listen(int from) {
    Ended ended;
    std::optional<Moment> failed_at;
    std::string rest;
    std::array<char, 65536> buffer{};
    for (;;) {
      const ssize_t got = ::read(from, buffer.data(), buffer.size());
      if (got <= 0) break;
      rest.append(buffer.data(), static_cast<std::size_t>(got));
      for (std::size_t end = rest.find('\n'); end != std::string::npos; end = rest.find('\n')) {
        std::istringstream line(rest.substr(0, end));
        rest.erase(0, end + 1);
        std::string first;
        line >> first;
        if (first == "!") {
          line >> ended.failed;
          failed_at = std::chrono::steady_clock::now();
          continue;
        }
        std::int64_t version = 0;
        line >> version;
        // Said by a thread that had been answered just before.
        ledger_.acknowledge(first, version);
        if (failed_at.has_value()) ++ended.acknowledged_after;
      }
    }
    if (failed_at.has_value()) {
      ended.took = std::chrono::duration_cast<std::chrono::milliseconds>(
          std::chrono::steady_clock::now() - *failed_at);
    }
    return ended;
  }

  DiskVfs vfs_;
  base::SeededRandom random_{test_seed()};
  Ledger ledger_;
  std::filesystem::path folder_;
  std::string image_;
  int round_ = 0;
};

TEST_F(SyncErrors, EndTheProcessAtOnceAndLoseNothing) {
  const auto most = static_cast<std::uint64_t>(test_size("MOTCUA_SYNC_ERRORS", 300));
  std::map<std::string, int> failed;
  std::chrono::milliseconds longest{0};
  for (std::uint64_t k = 1; k <= most && !HasFailure(); ++k) {
    SCOPED_TRACE("k = " + std::to_string(k));
    const Ended ended = run_one(k, {});
    ++failed[ended.failed];
    longest = std::max(longest, ended.took);
    EXPECT_EQ(ended.code, 70) << "of the sync of " << ended.failed;
    EXPECT_LE(ended.took.count(), 1000);
    for (const std::string& flaw : examine()) ADD_FAILURE() << flaw;
  }
  for (const auto& [name, count] : failed)
    std::cout << count << " failed syncs of " << name << '\n';
  std::cout << "at most " << longest.count() << " ms until the end\n";
  if (most < 300) return;
  EXPECT_GT(failed["motcua.db-wal"], 0);
  EXPECT_GT(failed["motcua.db"], 0) << "no checkpoint failed";
  EXPECT_GT(failed["motcua.db-journal"], 0);
  EXPECT_GT(failed["(folder)"], 0);
}

TEST_F(SyncErrors, EndTheProcessWhileTheStoreIsClosed) {
  for (std::uint64_t k = 1; k <= 3 && !HasFailure(); ++k) {
    SCOPED_TRACE("k = " + std::to_string(k));
    const Ended ended = run_one(k, {"ending"});
    if (ended.failed.empty()) {
      EXPECT_GT(k, 1U) << "closing syncs at least once";
      EXPECT_EQ(ended.code, 0);
      break;
    }
    EXPECT_EQ(ended.code, 70) << "of the sync of " << ended.failed;
    for (const std::string& flaw : examine()) ADD_FAILURE() << flaw;
  }
}

// If the product did not end by itself, would the test above find out?
TEST_F(SyncErrors, AreFoundToLoseWorkWhereTheProcessGoesOn) {
  std::size_t flaws = 0;
  for (std::uint64_t k = 30; k <= 60 && flaws == 0; k += 5) {
    const Ended ended = run_one(k, {"hide"});
    EXPECT_NE(ended.code, 70);
    EXPECT_GT(ended.acknowledged_after, 0U);
    flaws += examine().size();
  }
  EXPECT_GT(flaws, 0U) << "a process that goes on after a failed sync loses what it acknowledges";
}

}  // namespace
}  // namespace storage::fault
