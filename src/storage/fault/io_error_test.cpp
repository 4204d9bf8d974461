// io_error_test.cpp - the k-th reading or writing fails, for every k: the fault is told, nothing
// that was acknowledged is lost, nothing that was refused is done, and the same process works on.
//
// First on a disk in memory, then on SQLite's own calls of the system.  MOTCUA_IO_ERRORS says up to
// which k.
#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <set>

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/types.h>
#include <unistd.h>

#include "storage/fault/disk_vfs.h"
#include "storage/fault/flaws.h"
#include "storage/fault/load.h"
#include "storage/fault/test_settings.h"
#include "storage/sqlite/sqlite_store.h"

namespace storage::fault {
namespace {

constexpr const char* kTenant = "H41";

// Works until `dossiers` more commits are acknowledged, however often the store refuses.  What is
// wrong with how it answered is returned.
std::vector<std::string> work(casework::Store& store, std::int64_t round, int commits,
                              Ledger& ledger, std::size_t& faults) {
  std::atomic<int> done{0};
  std::atomic<bool> stop{false};
  std::mutex mutex;
  std::vector<std::string> flaws;
  const std::size_t faults_bearable = faults + 2'000;
  run_load(store, {.round = round,
                   .threads = 3,
                   .acknowledged =
                       [&](const std::string& dossier, std::int64_t version) {
                         ledger.acknowledge(dossier, version);
                         if (++done >= commits) stop = true;
                       },
                   .unanswered =
                       [&](const casework::Commit&, const base::Fault& fault) {
                         const std::scoped_lock lock(mutex);
                         ++faults;
                         if (fault.code != base::FaultCode::internal &&
                             fault.code != base::FaultCode::unavailable &&
                             fault.code != base::FaultCode::exhausted) {
                           flaws.push_back("told as something else: " + fault.message);
                         }
                         if (faults > faults_bearable) {
                           flaws.push_back("does not work any more: " + fault.message);
                           stop = true;
                         }
                       },
                   .stop = &stop,
                   .done_behind_a_fault =
                       [&](const casework::Commit& commit) {
                         const std::scoped_lock lock(mutex);
                         flaws.push_back("done, and answered with a fault: " + commit.request.key);
                       },
                   .insists = true});
  return flaws;
}

// The flaws of a store that nothing ails any more.
std::vector<std::string> examine(const std::string& path, const Ledger& ledger) {
  const auto store = sqlite::open_store(path, kTenant);
  if (!store) return {"does not open: " + store.error().message};
  std::vector<std::string> flaws = losses(**store, ledger);
  for (auto& flaw : flaws_of_database(path, true)) flaws.push_back(std::move(flaw));
  for (auto& flaw : flaws_of_journal(**store, kTenant, {}, ledger)) {
    flaws.push_back(std::move(flaw));
  }
  return flaws;
}

struct Kind {
  const char* name;
  Faults (*faults)(std::uint64_t k);
};
constexpr Kind kKinds[] = {
    {"reading fails once", [](std::uint64_t k) { return Faults{.refuse_read_at = k}; }},
    {"writing fails once", [](std::uint64_t k) { return Faults{.refuse_write_at = k}; }},
    {"writing stops half-way",
     [](std::uint64_t k) { return Faults{.refuse_write_at = k, .halves_the_write = true}; }},
    {"writing fails for a while",
     [](std::uint64_t k) { return Faults{.refuse_write_at = k, .goes_on_refusing = true}; }},
};

class EveryIoError : public testing::TestWithParam<Kind> {};

struct Tally {
  std::size_t faults = 0;
  std::size_t not_opened = 0;
  std::vector<std::string> flaws;
};

// The store of `image`, the k-th time `kind` for every k, until something is wrong.
class Runs {
 public:
  explicit Runs(const Kind& kind) : kind_(kind), seed_(test_seed()) {
    const auto disk = std::make_shared<Disk>(seed_);
    vfs_.mount(disk);
    {
      const auto store = sqlite::open_store("motcua.db", kTenant);
      std::size_t faults = 0;
      EXPECT_TRUE(store && work(**store, 1, 60, before_, faults).empty());
    }
    image_ = disk->image();
  }

  Tally run(std::uint64_t most) {
    for (std::uint64_t k = 1; k <= most && tally_.flaws.empty(); ++k) one(k);
    return tally_;
  }

 private:
  void one(std::uint64_t k) {
    const auto disk = std::make_shared<Disk>(seed_ + k, image_);
    disk->set_survivors(Survivors::some);
    vfs_.mount(disk);
    Ledger ledger;
    for (const auto& [dossier, version] : before_.versions()) ledger.acknowledge(dossier, version);
    disk->set_faults(kind_.faults(k));
    {
      auto store = sqlite::open_store("motcua.db", kTenant);
      if (!store) {
        ++tally_.not_opened;
        disk->set_faults({});
        store = sqlite::open_store("motcua.db", kTenant);
      }
      if (!store) return note(k, {"does not open any more: " + store.error().message});
      // What fails for a while works again some milliseconds later.
      std::atomic<bool> worked{false};
      std::thread healer([&] {
        if (!kind_.faults(k).goes_on_refusing) return;
        while (!disk->refuses() && !worked)
          std::this_thread::sleep_for(std::chrono::milliseconds{1});
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
        disk->set_faults({});
      });
      note(k, work(**store, 2, 40, ledger, tally_.faults));
      worked = true;
      healer.join();
    }
    disk->cut();
    vfs_.mount(std::make_shared<Disk>(seed_, disk->image()));
    note(k, examine("motcua.db", ledger));
  }

  void note(std::uint64_t k, const std::vector<std::string>& flaws) {
    for (const std::string& flaw : flaws) {
      tally_.flaws.push_back(std::string{kind_.name} + ", k = " + std::to_string(k) + ": " + flaw);
    }
  }

  const Kind& kind_;
  std::uint64_t seed_;
  DiskVfs vfs_;
  Image image_;
  Ledger before_;
  Tally tally_;
};

TEST_P(EveryIoError, AreToldAndLoseNothing) {
  const auto most = static_cast<std::uint64_t>(test_size("MOTCUA_IO_ERRORS", 500));
  const Tally tally = Runs(GetParam()).run(most);
  std::cout << GetParam().name << ": " << tally.faults << " faults told, " << tally.not_opened
            << " times not opened\n";
  for (const std::string& flaw : tally.flaws) ADD_FAILURE() << flaw;
  EXPECT_GT(tally.faults + tally.not_opened, 0U);
}

INSTANTIATE_TEST_SUITE_P(Each, EveryIoError, testing::ValuesIn(kKinds),
                         [](const auto& one) { return "Kind" + std::to_string(one.index); });

// If the product did not see the error, would the test above find out?
TEST(IoErrors, AreFoundToLoseWorkWhereNobodyTellsThem) {
  const Kind silent{"a write is left out",
                    [](std::uint64_t k) { return Faults{.refuse_write_at = k, .silently = true}; }};
  EXPECT_FALSE(Runs(silent).run(100).flaws.empty());
}

// ---------------------------------------------------------------- calls of the system

// What the next calls of the system answer; all calls of the process go through here while an
// Interposition lives.
struct Calls {
  std::atomic<std::int64_t> reads{0};
  std::atomic<std::int64_t> writes{0};
  std::atomic<std::int64_t> read_fails_at{0};
  std::atomic<std::int64_t> write_fails_at{0};
  std::atomic<int> error{0};
  std::atomic<bool> short_writes{false};
  std::atomic<int> interruptions{0};  // so many calls are interrupted before one goes through
};
Calls calls;

ssize_t read_at(int file, void* into, size_t count, off64_t offset) {
  if (calls.interruptions > 0 && calls.interruptions-- > 0) {
    errno = EINTR;
    return -1;
  }
  if (++calls.reads == calls.read_fails_at) {
    errno = calls.error;
    return -1;
  }
  return ::pread64(file, into, count, offset);
}
ssize_t write_at(int file, const void* from, size_t count, off64_t offset) {
  if (calls.interruptions > 0 && calls.interruptions-- > 0) {
    errno = EINTR;
    return -1;
  }
  const std::int64_t n = ++calls.writes;
  if (n == calls.write_fails_at) {
    errno = calls.error;
    return -1;
  }
  if (calls.short_writes && count > 1) count = 1 + static_cast<size_t>(n * 7919) % (count - 1);
  return ::pwrite64(file, from, count, offset);
}

class Interposition {
 public:
  Interposition() : vfs_(sqlite3_vfs_find("unix")) {
    replace("pread", read_at);
    replace("pread64", read_at);
    replace("pwrite", write_at);
    replace("pwrite64", write_at);
  }
  ~Interposition() { vfs_->xSetSystemCall(vfs_, nullptr, nullptr); }
  Interposition(const Interposition&) = delete;
  Interposition& operator=(const Interposition&) = delete;

 private:
  template <class Call>
  void replace(const char* name, Call call) {
    sqlite3_syscall_ptr pointer = nullptr;
    static_assert(sizeof pointer == sizeof call);
    std::memcpy(&pointer, &call, sizeof pointer);
    vfs_->xSetSystemCall(vfs_, name, pointer);
  }
  sqlite3_vfs* vfs_;
};

class SystemCalls : public testing::Test {
 protected:
  SystemCalls() {
    std::error_code none;
    const auto memory = std::filesystem::path{"/dev/shm"};
    const auto parent = std::filesystem::is_directory(memory, none)
                            ? memory
                            : std::filesystem::temp_directory_path();
    std::string name = (parent / "motcua-calls-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~SystemCalls() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  // A run on a store of its own with `set` in force; how many faults were told.
  template <class Set>
  std::size_t run(Set set) {
    const std::string path = (folder_ / ("store" + std::to_string(++stores_))).string();
    Ledger ledger;
    std::size_t faults = 0;
    {
      auto store = sqlite::open_store(path, kTenant);
      EXPECT_TRUE(store);
      calls.reads = calls.writes = 0;
      set();
      for (const std::string& flaw : work(**store, 1, 30, ledger, faults)) ADD_FAILURE() << flaw;
    }
    calls.read_fails_at = calls.write_fails_at = 0;
    calls.short_writes = false;
    calls.interruptions = 0;
    for (const std::string& flaw : examine(path, ledger)) ADD_FAILURE() << flaw;
    for (const char* tail : {"", "-wal", "-shm"}) std::filesystem::remove(path + tail);
    return faults;
  }

  Interposition interposition_;
  std::filesystem::path folder_;
  int stores_ = 0;
};

TEST_F(SystemCalls, ThatAreInterruptedOrDoHalfTheWorkAreNoFaults) {
  EXPECT_EQ(run([] { calls.short_writes = true; }), 0U);
  for (int n = 1; n <= 20 && !HasFailure(); ++n) {
    EXPECT_EQ(run([&] { calls.interruptions = n * 5; }), 0U) << n;
  }
}

TEST_F(SystemCalls, ThatFailAreTold) {
  const int most = test_size("MOTCUA_IO_ERRORS", 500);
  std::size_t told = 0;
  for (int k = 1; k <= most && !HasFailure(); k += 5) {
    for (const int error : {EIO, ENOSPC}) {
      SCOPED_TRACE(std::string{std::strerror(error)} + ", k = " + std::to_string(k));
      calls.error = error;
      told += run([&] { calls.write_fails_at = k; });
      told += run([&] { calls.read_fails_at = k; });
    }
  }
  std::cout << told << " faults told\n";
  EXPECT_GT(told, 0U);
}

}  // namespace
}  // namespace storage::fault
