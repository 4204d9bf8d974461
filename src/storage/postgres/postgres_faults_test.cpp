// postgres_faults_test.cpp - connections cut, servers killed, disks full: what was acknowledged is
// there, once, and numbers have no gaps.
#include <atomic>
#include <map>
#include <random>
#include <set>
#include <thread>

#include <gtest/gtest.h>

#include "casework/test_commits.h"
#include "storage/postgres/connection.h"
#include "storage/postgres/postgres_store.h"
#include "storage/postgres/test_cluster.h"
#include "storage/postgres/test_proxy.h"

namespace storage::postgres {
namespace {

using casework::Commit;
using casework::CommitFailure;
using contract::new_dossier;
using contract::next_of;

TestCluster& cluster() {
  return *TestCluster::get();
}

std::unique_ptr<casework::Store> open(const std::string& url, const StoreOptions& options = {}) {
  auto store = open_store(url, "H41", options);
  EXPECT_TRUE(store) << store.error().message;
  return std::move(store).value();
}

std::string through(const std::string& url, int port) {
  const std::size_t slash = url.rfind('/');
  const std::size_t colon = url.rfind(':', slash);
  return url.substr(0, colon + 1) + std::to_string(port) + url.substr(slash);
}

std::uint64_t new_seed() {
  const std::uint64_t seed = std::random_device{}();
  std::cout << "seed " << seed << "\n";
  return seed;
}

// Files dossiers from several threads, each again until it is answered, until `enough`.
class Load {
 public:
  Load(casework::Store& store, int threads) : store_(store) {
    for (int t = 0; t < threads; ++t) {
      threads_.emplace_back([this, t] { file(t); });
    }
  }
  void finish() {
    enough_ = true;
    for (std::thread& thread : threads_) thread.join();
  }
  // Id and code of each that was acknowledged.
  [[nodiscard]] const std::map<std::string, std::string>& acknowledged() const {
    return acknowledged_;
  }
  [[nodiscard]] int done() const { return done_; }
  [[nodiscard]] int away() const { return away_; }

 private:
  void file(int t) {
    for (int i = 0; !enough_; ++i) {
      const Commit commit = new_dossier(std::to_string(t) + "-" + std::to_string(i), "s");
      if (i % 4 == 3) {
        file_together(t, i);
        continue;
      }
      for (;;) {
        const auto done = store_.commit(commit);
        if (done) {
          keep(commit.row.id, done->numbers.at(0));
          break;
        }
        if (!go_on(commit, done.error())) break;
      }
    }
  }
  void file_together(int t, int i) {
    std::vector<Commit> commits;
    for (int k = 0; k < 3; ++k) {
      commits.push_back(
          new_dossier(std::to_string(t) + "-" + std::to_string(i) + "-" + std::to_string(k), "s"));
    }
    while (!commits.empty()) {
      const auto done = store_.commit_all(commits);
      std::vector<Commit> again;
      for (std::size_t k = 0; k < commits.size(); ++k) {
        if (done[k]) {
          keep(commits[k].row.id, done[k]->numbers.at(0));
        } else if (go_on(commits[k], done[k].error())) {
          again.push_back(commits[k]);
        }
      }
      commits = std::move(again);
    }
  }
  void keep(const std::string& id, const std::string& code) {
    const std::scoped_lock lock(mutex_);
    acknowledged_[id] = code;
    ++done_;
  }
  // True: hand it over again.  A repeated one was written by an earlier try of ours.
  bool go_on(const Commit& commit, const casework::CommitError& error) {
    if (error.failure == CommitFailure::repeated) {
      const auto loaded = store_.load(commit.row.id);
      if (!loaded || !loaded->has_value()) return true;
      keep(commit.row.id, (*loaded)->row.code);
      return false;
    }
    EXPECT_EQ(error.failure, CommitFailure::fault) << commit.row.id;
    EXPECT_TRUE(error.fault.code == base::FaultCode::unavailable ||
                error.fault.code == base::FaultCode::deadline_exceeded)
        << error.fault.message;
    ++away_;
    return error.failure == CommitFailure::fault;
  }

  casework::Store& store_;
  std::atomic<bool> enough_{false};
  std::atomic<int> done_{0};
  std::atomic<int> away_{0};
  std::mutex mutex_;
  std::map<std::string, std::string> acknowledged_;
  std::vector<std::thread> threads_;
};

// All that was acknowledged is there under the number that was told, nothing else is, no number is
// missing, and the journal has every event once.
void expect_whole(const std::string& url, const Load& load) {
  const auto store = open(url);
  EXPECT_EQ(*store->dossier_count(), static_cast<std::int64_t>(load.acknowledged().size()));
  std::set<std::string> codes;
  for (const auto& [id, code] : load.acknowledged()) {
    const auto loaded = store->load(id);
    ASSERT_TRUE(loaded && loaded->has_value()) << id << " was acknowledged and is lost";
    EXPECT_EQ((*loaded)->row.code, code);
    EXPECT_EQ(store->events(id, 0)->size(), 2U) << id;
    EXPECT_TRUE(codes.insert(code).second) << code << " was given twice";
  }
  for (std::size_t n = 1; n <= codes.size(); ++n) {
    const auto code = dossier::format_number(
        {.key = "s", .prefix = "H41.101.01-260820-", .width = 4, .suffix = {}},
        static_cast<std::int64_t>(n));
    EXPECT_TRUE(codes.contains(code)) << code << " was skipped";
  }
  EXPECT_EQ(*store->integrate_journal(), static_cast<std::int64_t>(2 * codes.size()));
}

TEST(PostgresFaults, OfTwoHundredCutWiresNothingIsLostAndNothingIsTwice) {
  const std::string url = cluster().new_database();
  ASSERT_TRUE(open(url));
  TestProxy proxy(cluster().port(), new_seed());
  const auto store = open(through(url, proxy.port()), {.connections = 4});
  Load load(*store, 6);
  constexpr int kCuts = 200;
  while (proxy.cuts() < kCuts) {
    if (!proxy.is_armed()) proxy.arm();
    // Something gets through between two cuts, so that most of them meet a command.
    const int before = load.done();
    for (int i = 0; i < 20 && load.done() < before + 2; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds{5});
    }
  }
  load.finish();
  std::cout << load.done() << " filed, " << load.away() << " times away\n";
  expect_whole(url, load);
}

TEST(PostgresFaults, AStormOfKilledBackendsIsRiddenOut) {
  const std::string url = cluster().new_database();
  const auto store = open(url, {.connections = 6});
  Load load(*store, 8);
  const std::string name = url.substr(url.rfind('/') + 1);
  for (int i = 0; i < 40; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds{15});
    cluster().admin("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" +
                    name + "' AND pid <> pg_backend_pid()");
  }
  load.finish();
  std::cout << load.done() << " filed, " << load.away() << " times away\n";
  expect_whole(url, load);
}

TEST(PostgresFaults, AServerThatCrashesWhileServingComesBackWithEverythingAcknowledged) {
  const std::string url = cluster().new_database();
  const auto store = open(url, {.connections = 4});
  Load load(*store, 6);
  for (int i = 0; i < 2; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds{300});
    cluster().restart_at_once();
  }
  const int before = load.done();
  for (int i = 0; i < 200 && load.done() == before; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }
  EXPECT_GT(load.done(), before) << "it serves again without being opened again";
  load.finish();
  expect_whole(url, load);
}

TEST(PostgresFaults, SixtyFourWritersGetNumbersWithoutGapsAndOneOfThemEachVersion) {
  const std::string url = cluster().new_database();
  // Eight connections for sixty-four: on a busy machine the last in the row wait long.
  const auto store = open(url, {.patience = std::chrono::seconds{60}});
  const Commit first = new_dossier("shared", "other");
  ASSERT_TRUE(store->commit(first));
  std::atomic<int> kept{0};
  std::atomic<int> won{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 64; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 8; ++i) {
        const std::string id = std::to_string(t) + "-" + std::to_string(i);
        Commit commit = new_dossier(id, "s" + std::to_string(i % 3));
        // Two series in every order: nobody may wait for somebody who waits for him.
        commit.events[1].number = dossier::NumberSeries{
            .key = "s" + std::to_string((i + t) % 3), .prefix = "B", .width = 1, .suffix = {}};
        commit.events[0].number->prefix = "A" + std::to_string(i % 3) + "-" + "";
        const auto done = store->commit(commit);
        EXPECT_TRUE(done) << done.error().fault.message;
        if (done) ++kept;
      }
      Commit rival = next_of(first, "rival-" + std::to_string(t));
      rival.at = first.at;  // nobody else is to be told that his clock is wrong
      const auto done = store->commit(rival);
      if (done) {
        ++won;
      } else {
        EXPECT_EQ(done.error().failure, CommitFailure::conflict) << done.error().fault.message;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(kept, 64 * 8);
  EXPECT_EQ(won, 1);
  const std::string taken =
      TestCluster::ask(url,
                       "SET motcua.tenant = 'H41'; SELECT sum(last) FROM motcua.number_series "
                       "WHERE series LIKE 's_'");
  EXPECT_EQ(taken, std::to_string(2 * 64 * 8)) << "each number once, none given back";
  EXPECT_EQ(*store->integrate_journal(), 64 * 8 * 2 + 3);
}

TEST(PostgresFaults, AFullDiskIsAnExhaustedStoreThatStillReads) {
  const std::string url = cluster().new_database();
  const auto store = open(url);
  ASSERT_TRUE(store->commit(new_dossier("a")));
  const std::string name = url.substr(url.rfind('/') + 1);
  cluster().admin(
      "CREATE FUNCTION motcua.full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
      "RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; "
      "END $$; CREATE TRIGGER full_disk BEFORE INSERT ON motcua.event FOR EACH ROW "
      "EXECUTE FUNCTION motcua.full_disk()",
      name);
  const auto full = store->commit(new_dossier("b"));
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().failure, CommitFailure::fault);
  EXPECT_EQ(full.error().fault.code, base::FaultCode::exhausted) << full.error().fault.message;
  EXPECT_TRUE(store->load("a")->has_value());
  EXPECT_FALSE(store->load("b")->has_value());
  cluster().admin("DROP TRIGGER full_disk ON motcua.event", name);
  const auto done = store->commit(new_dossier("b"));
  ASSERT_TRUE(done);
  EXPECT_EQ(done->numbers.at(0), "H41.101.01-260820-0002") << "the number was given back";
}

TEST(PostgresFaults, ARequestThatWaitsForALockIsAnsweredInTime) {
  const std::string url = cluster().new_database();
  const auto store = open(url, {.patience = std::chrono::milliseconds{1500}});
  const Commit first = new_dossier("a");
  ASSERT_TRUE(store->commit(first));
  const std::unique_ptr<PGconn, void (*)(PGconn*)> other{PQconnectdb(url.c_str()), &PQfinish};
  PQclear(PQexec(other.get(),
                 "SET motcua.tenant = 'H41'; BEGIN; SELECT 1 FROM motcua.dossier FOR UPDATE"));
  const auto start = std::chrono::steady_clock::now();
  const auto waited = store->commit(next_of(first, "k"));
  const auto took = std::chrono::steady_clock::now() - start;
  ASSERT_FALSE(waited);
  EXPECT_EQ(waited.error().fault.code, base::FaultCode::deadline_exceeded)
      << waited.error().fault.message;
  EXPECT_LT(took, std::chrono::seconds{3});
  PQclear(PQexec(other.get(), "COMMIT"));
  EXPECT_TRUE(store->commit(next_of(first, "k")));
}

TEST(PostgresFaults, NoFaultRepeatsThePassword) {
  const std::string url = cluster().new_database();
  const std::size_t colon = url.find(':', url.find("//"));
  const std::string secret = url.substr(colon + 1, url.find('@') - colon - 1);
  for (const std::string& bad : {through(url, 1), url + "?sslmode=" + secret, url + "?nonsense=1",
                                 url + "x", "postgres://motcua:" + secret + "@@@:%zz/" + secret}) {
    const auto store = open_store(bad, "H41", {.patience = std::chrono::milliseconds{500}});
    ASSERT_FALSE(store) << bad;
    EXPECT_EQ(store.error().message.find(secret), std::string::npos) << store.error().message;
  }
}

}  // namespace
}  // namespace storage::postgres
