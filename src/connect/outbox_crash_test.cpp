// outbox_crash_test.cpp - the program dies at each point of a delivery, again and again: what the
// peer holds in the end.
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "calendar/clock.h"
#include "casework/test_commits.h"
#include "casework/test_stores.h"
#include "connect/outbox_runner.h"

namespace connectors {
namespace {

using namespace std::chrono_literals;
using storage::contract::moment;

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "motcua-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// Where the program dies: at the n-th delivery of its life.
enum class Point {
  before_sending,  // the row is taken
  within_sending,  // the peer has it; its answer was not read
  before_marking,  // the answer was read; the row is not marked as done
  after_marking,   // before anything else
};

void die() {
  ::kill(::getpid(), SIGKILL);
}

// A peer outside of the program: a file to which it appends what it accepts, "EFFECT MARK".
class Peer final : public Deliverer {
 public:
  Peer(std::filesystem::path file, bool knows_keys) : file_(std::move(file)), keys_(knows_keys) {}
  Point point = Point::before_sending;
  int dies_at = 0;

  base::Outcome<base::Done> deliver(const casework::OutboxRow& row) override {
    const bool last = ++delivered_ == dies_at;
    if (last && point == Point::before_sending) die();
    accept(row);
    if (last && point != Point::after_marking) die();
    return base::Done{};
  }
  void after_marking() const {
    if (delivered_ == dies_at && point == Point::after_marking) die();
  }
  [[nodiscard]] std::vector<std::string> accepted() const {
    std::vector<std::string> lines;
    std::ifstream in(file_);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
  }

 private:
  void accept(const casework::OutboxRow& row) {
    if (keys_) {
      for (const std::string& line : accepted()) {
        if (line.starts_with(row.effect + " ")) return;
      }
    }
    std::ofstream(file_, std::ios::app)
        << row.effect << (row.in_doubt ? " repeat" : " first") << '\n';
  }
  std::filesystem::path file_;
  bool keys_;
  int delivered_ = 0;
};

constexpr int kDossiers = 6;
constexpr int kRows = 4;

void fill(const std::filesystem::path& folder) {
  const auto store = casework::test::open_test_store(folder);
  for (int i = 0; i < kDossiers; ++i) {
    const std::string id = "d" + std::to_string(i);
    auto commit = storage::contract::new_dossier(id);
    for (int n = 1; n <= kRows; ++n) {
      commit.outbox.push_back(
          {.kind = "mail", .payload = "{}", .effect = id + "/" + std::to_string(n)});
    }
    ASSERT_TRUE(store->commit(commit));
  }
}

// One life of the program, in a process of its own; true: it died.
bool live(const std::filesystem::path& folder, bool knows_keys, Point point, int dies_at,
          int minutes) {
  const pid_t child = ::fork();
  if (child == 0) {
    const auto store = casework::test::open_test_store(folder);
    calendar::ManualClock clock{moment(minutes)};
    casework::EventClock event_clock{clock, {}};
    Peer peer(folder / "peer", knows_keys);
    peer.point = point;
    peer.dies_at = dies_at;
    OutboxRunner runner(*store, event_clock, {{"mail", &peer}},
                        [&](const DeliveryReport&) { peer.after_marking(); });
    const auto done = runner.run_once();
    ::_exit(done ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
  return WIFSIGNALED(status);
}

struct Outcome {
  int deaths = 0;
  std::map<std::string, std::vector<std::string>> marks;  // of each effect
};

Outcome deliver_all(bool knows_keys, Point point, unsigned seed) {
  const Folder folder;
  fill(folder.path());
  std::mt19937 random(seed);
  Outcome outcome;
  int minutes = 1;
  // Four deaths, then a life that ends well, and one more after the last claim has run out.
  for (int life = 0; life < 6; ++life, minutes += 3) {
    const int dies_at = life < 4 ? static_cast<int>(random() % 5) + 1 : 0;
    if (live(folder.path(), knows_keys, point, dies_at, minutes)) ++outcome.deaths;
  }
  std::map<std::string, int> last;
  for (const std::string& line : Peer(folder.path() / "peer", knows_keys).accepted()) {
    const std::string effect = line.substr(0, line.find(' '));
    const std::string dossier = effect.substr(0, effect.find('/'));
    auto& marks = outcome.marks[effect];
    if (marks.empty()) {
      EXPECT_EQ(std::stoi(effect.substr(effect.find('/') + 1)), ++last[dossier]) << effect;
    }
    marks.push_back(line.substr(line.find(' ') + 1));
  }
  EXPECT_EQ(outcome.marks.size(), static_cast<std::size_t>(kDossiers * kRows)) << "nothing is lost";
  return outcome;
}

constexpr Point kPoints[] = {Point::before_sending, Point::within_sending, Point::before_marking,
                             Point::after_marking};

TEST(OutboxCrash, PeerThatKnowsKeysHoldsEachEffectOnce) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  for (const Point point : kPoints) {
    const Outcome outcome = deliver_all(true, point, seed);
    EXPECT_EQ(outcome.deaths, 4);
    for (const auto& [effect, marks] : outcome.marks) EXPECT_EQ(marks.size(), 1U) << effect;
  }
}

TEST(OutboxCrash, PeerThatKnowsNoKeysHoldsAtMostOneRepetitionADeathAndItIsMarked) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  for (const Point point : kPoints) {
    const Outcome outcome = deliver_all(false, point, seed);
    EXPECT_EQ(outcome.deaths, 4);
    std::size_t repetitions = 0;
    for (const auto& [effect, marks] : outcome.marks) {
      repetitions += marks.size() - 1;
      for (std::size_t i = 1; i < marks.size(); ++i) EXPECT_EQ(marks[i], "repeat") << effect;
    }
    const bool peer_had_it = point == Point::within_sending || point == Point::before_marking;
    EXPECT_EQ(repetitions, peer_had_it ? 4U : 0U) << static_cast<int>(point);
  }
}

// A backlog as after three days without the peer.  MOTCUA_BACKLOG=50000 measures the whole of it.
TEST(OutboxBacklog, DrainsAtARateThatClearsFiftyThousandRowsInAnHour) {
  const char* const asked = std::getenv("MOTCUA_BACKLOG");
  const int rows = asked == nullptr ? 1000 : std::atoi(asked);
  const Folder folder;
  const auto store = casework::test::open_test_store(folder.path());
  std::vector<casework::Commit> commits;
  for (int i = 0; i * 5 < rows; ++i) {
    const std::string id = "d" + std::to_string(i);
    commits.push_back(storage::contract::new_dossier(id));
    for (int n = 1; n <= 5; ++n) {
      commits.back().outbox.push_back(
          {.kind = "mail", .payload = "{}", .effect = id + "/" + std::to_string(n)});
    }
  }
  for (const auto& done : store->commit_all(commits)) ASSERT_TRUE(done);
  struct Counting final : Deliverer {
    std::atomic<int> delivered{0};
    std::mutex mutex;
    std::map<std::string, int> last;
    int disorder = 0;
    base::Outcome<base::Done> deliver(const casework::OutboxRow& row) override {
      // As slow as a mail server next door.
      std::this_thread::sleep_for(5ms);
      const std::scoped_lock lock(mutex);
      if (std::stoi(row.effect.substr(row.effect.find('/') + 1)) != ++last[row.dossier_id]) {
        ++disorder;
      }
      ++delivered;
      return base::Done{};
    }
  } peer;
  calendar::ManualClock clock{moment(72 * 60)};
  casework::EventClock event_clock{clock, {}};
  OutboxRunner runner(*store, event_clock, {{"mail", &peer}});
  const auto begun = std::chrono::steady_clock::now();
  runner.start();
  while (peer.delivered < rows && std::chrono::steady_clock::now() - begun < 3600s) {
    std::this_thread::sleep_for(5ms);
  }
  runner.stop();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
  const double rate = static_cast<double>(peer.delivered) / took.count();
  std::printf("%d rows in %.1f s, %.0f a second\n", peer.delivered.load(), took.count(), rate);
  EXPECT_EQ(peer.delivered, rows);
  EXPECT_EQ(peer.disorder, 0);
  EXPECT_GT(rate, 50'000.0 / 3600.0);
}

}  // namespace
}  // namespace connectors
