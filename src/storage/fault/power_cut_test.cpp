// power_cut_test.cpp - the store under load on a disk whose power is cut at any moment, thousands
// of times: whatever was acknowledged is there, once, and nothing is half-written.
//
// MOTCUA_CUTS says how many cuts, MOTCUA_SEED which.  The last tests break the store's safety and
// must find losses: if they find none, the first one proves nothing.
#include <chrono>
#include <iostream>

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "storage/fault/disk_vfs.h"
#include "storage/fault/flaws.h"
#include "storage/fault/load.h"
#include "storage/fault/test_settings.h"
#include "storage/sqlite/database.h"
#include "storage/sqlite/sqlite_store.h"

namespace storage::fault {
namespace {

constexpr const char* kFile = "motcua.db";
constexpr const char* kTenant = "H41";
// A store that has seen so many cuts makes room for a new one, which begins with its migrations.
constexpr int kCutsOfOneStore = 40;

struct Tally {
  int cuts = 0;
  int cut_while_opening = 0;
  int checkpoints = 0;
  std::size_t acknowledged = 0;
  std::size_t lost = 0;
  std::vector<std::string> flaws;
};

struct Breaking {
  bool normal_sync = false;
  bool lies = false;
};

// Moves the log into the database now and then, in all four ways.
class Checkpoints {
 public:
  Checkpoints(base::SeededRandom& random, std::shared_ptr<Disk> disk)
      : pause_(random.below(2)),
        way_(random.below(5)),
        thread_([this, disk = std::move(disk)] { run(*disk); }) {}
  ~Checkpoints() {
    stop_ = true;
    thread_.join();
  }
  Checkpoints(const Checkpoints&) = delete;
  Checkpoints& operator=(const Checkpoints&) = delete;

 private:
  void run(Disk& disk) {
    constexpr const char* kWays[] = {
        "PRAGMA wal_checkpoint(PASSIVE)", "PRAGMA wal_checkpoint(FULL)",
        "PRAGMA wal_checkpoint(RESTART)", "PRAGMA wal_checkpoint(TRUNCATE)"};
    if (way_ >= std::size(kWays)) return;
    // The others hold the writer's lock.  Passive ones of a second connection beside commits are
    // what the WAL-reset bug of SQLite before 3.51.3 needs; the store makes its own on the
    // connection that writes, where it cannot happen.
    constexpr int kMended = 3'051'003;
    if (way_ == 0 && sqlite3_libversion_number() < kMended) return;
    const auto database = sqlite::Database::open(kFile, sqlite::Database::Use::read);
    while (database && !stop_ && !disk.is_cut()) {
      if (!(*database)->run(kWays[way_])) continue;
      std::this_thread::sleep_for(std::chrono::milliseconds{pause_});
    }
  }

  std::uint64_t pause_;
  std::uint64_t way_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

class PowerCuts {
 public:
  PowerCuts(std::uint64_t seed, const Breaking& breaking) : random_(seed), breaking_(breaking) {
    const auto key = journal::SigningKey::generate("motcua.example.vn/H41", random_);
    verifier_ = key.verifier();
    key_ = key.text();
    vfs_.force_normal_sync(breaking.normal_sync);
    const auto scratch = std::make_shared<Disk>(seed);
    vfs_.mount(scratch);
    const auto store = sqlite::open_store(kFile, kTenant);
    EXPECT_TRUE(store);
    changes_to_make_a_store_ = scratch->changes();
  }

  Tally run(int cuts, bool to_the_first_loss) {
    while (tally_.cuts < cuts) {
      if (tally_.cuts % kCutsOfOneStore == 0) begin_anew();
      one_cut();
      if (to_the_first_loss && (tally_.lost > 0 || !tally_.flaws.empty())) break;
      if (tally_.flaws.size() > 20) break;
    }
    return tally_;
  }

 private:
  void begin_anew() {
    ready_ = false;
    image_.clear();
    ledger_.clear();
  }

  void one_cut() {
    const std::int64_t round = ++tally_.cuts;
    const auto disk = std::make_shared<Disk>(random_.below(1ULL << 40), std::move(image_));
    disk->set_survivors(random_.below(3) == 0 ? Survivors::none : Survivors::some);
    vfs_.mount(disk);
    // A store that is being made is cut several times while it opens; then the load is, now and
    // then a long one with checkpoints of its own.
    const bool while_opening = !ready_ && random_.below(100) < 85;
    const std::uint64_t cut_at = 1 + random_.below(while_opening ? changes_to_make_a_store_
                                                   : random_.below(12) == 0 ? 6000
                                                                            : 500);
    disk->set_faults({.cut_at = while_opening ? cut_at : 0, .lies = breaking_.lies});
    {
      auto store = sqlite::open_store(kFile, kTenant);
      if (!disk->is_cut()) disk->set_faults({.lies = breaking_.lies});
      if (store && !disk->is_cut()) {
        ready_ = true;
        examine(**store, round);
        disk->set_faults({.cut_at = cut_at, .lies = breaking_.lies});
        const std::size_t before = ledger_.acknowledged();
        {
          const Checkpoints checkpoints(random_, disk);
          work(**store, round);
        }
        tally_.acknowledged += ledger_.acknowledged() - before;
      } else if (disk->is_cut()) {
        ++tally_.cut_while_opening;
      } else {
        tally_.flaws.push_back("round " + std::to_string(round) +
                               ": does not open: " + store.error().message);
      }
    }
    disk->cut();
    image_ = disk->image();
  }

  void work(casework::Store& store, std::int64_t round) {
    run_load(
        store,
        {.round = round,
         .threads = static_cast<int>(1 + random_.below(4)),
         .acknowledged = [this](const std::string& dossier,
                                std::int64_t version) { ledger_.acknowledge(dossier, version); },
         .unanswered = [this](const casework::Commit& commit,
                              const base::Fault& fault) { ledger_.leave_open(commit, fault); }});
  }

  // What the last cut has left; there is no cut while this looks.
  void examine(casework::Store& store, std::int64_t round) {
    const bool thorough = round % 16 == 0;
    note(round, losses(store, ledger_), tally_.lost);
    std::size_t ignored = 0;
    note(round, flaws_of_retries(store, ledger_.take_open()), ignored);
    if (round % 4 == 0) {
      note(round, flaws_of_journal(store, kTenant, verifier_, ledger_), ignored);
    }
    note(round, flaws_of_database(kFile, thorough), ignored);
  }

  void note(std::int64_t round, const std::vector<std::string>& found, std::size_t& count) {
    count += found.size();
    for (const std::string& flaw : found) {
      tally_.flaws.push_back("round " + std::to_string(round) + ": " + flaw);
    }
  }

  DiskVfs vfs_;
  base::SeededRandom random_;
  journal::VerifierKey verifier_;
  std::string key_;
  Breaking breaking_;
  std::uint64_t changes_to_make_a_store_ = 0;
  bool ready_ = false;  // the store at hand has been opened once
  Image image_;
  Ledger ledger_;
  Tally tally_;
};

void tell(const char* what, const Tally& tally, std::chrono::steady_clock::time_point since) {
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - since);
  std::cout << what << ": " << tally.cuts << " cuts (" << tally.cut_while_opening
            << " while opening), " << tally.acknowledged << " dossiers acknowledged, " << tally.lost
            << " lost, " << tally.flaws.size() << " flaws, " << took.count() << " ms\n";
}

TEST(PowerCut, LosesNothingAcknowledgedAndLeavesNothingHalfWritten) {
  const std::uint64_t seed = test_seed();
  const auto since = std::chrono::steady_clock::now();
  const int cuts = test_size("MOTCUA_CUTS", 2000);
  const Tally tally = PowerCuts(seed, {}).run(cuts, false);
  tell("synchronous=FULL", tally, since);
  for (const std::string& flaw : tally.flaws) ADD_FAILURE() << flaw;
  EXPECT_EQ(tally.lost, 0U);
  EXPECT_EQ(tally.cuts, cuts);
  EXPECT_GT(tally.acknowledged, static_cast<std::size_t>(cuts)) << "the load was no load";
  EXPECT_GT(tally.cut_while_opening, cuts / 100);
}

TEST(PowerCut, FindsThatSynchronousNormalLosesAcknowledgedWork) {
  const std::uint64_t seed = test_seed();
  const auto since = std::chrono::steady_clock::now();
  const Tally tally = PowerCuts(seed, {.normal_sync = true}).run(500, true);
  tell("synchronous=NORMAL", tally, since);
  EXPECT_GT(tally.lost, 0U) << "the same cuts would not find a store that loses work";
}

TEST(PowerCut, FindsThatADiskWhichLiesLosesAcknowledgedWork) {
  const std::uint64_t seed = test_seed();
  const auto since = std::chrono::steady_clock::now();
  const Tally tally = PowerCuts(seed, {.lies = true}).run(500, true);
  tell("syncs that do nothing", tally, since);
  EXPECT_FALSE(tally.flaws.empty()) << "the same cuts would not find a disk that loses work";
}

}  // namespace
}  // namespace storage::fault
