#pragma once
// file_store_contract.h - what every casework::FileStore keeps, as one typed test suite.
//
// A store's test names a type that opens it:
//   struct DiskFileStores {
//     std::unique_ptr<casework::FileStore> open();  // again: the same store
//     void overwrite(const std::string& address, std::string_view bytes);  // behind its back
//   };
//   INSTANTIATE_TYPED_TEST_SUITE_P(Disk, FileStoreContract, DiskFileStores);
#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "base/sha256.h"
#include "calendar/clock.h"
#include "casework/file_store.h"

namespace storage::contract {

template <class Files>
class FileStoreContract : public testing::Test {
 protected:
  FileStoreContract() : store_(files_.open()) {}
  casework::FileStore& store() { return *store_; }
  void reopen() { store_ = files_.open(); }
  void overwrite(const std::string& address, std::string_view bytes) {
    files_.overwrite(address, bytes);
  }

  // Not compressible and different for each seed.
  static std::string bytes_of(std::size_t size, unsigned seed) {
    std::string bytes(size, '\0');
    unsigned state = seed * 2654435761U + 1;
    for (char& c : bytes) {
      state = state * 1664525U + 1013904223U;
      c = static_cast<char>(state >> 24U);
    }
    return bytes;
  }
  static calendar::Instant in_an_hour() {
    return calendar::SystemClock{}.now() + std::chrono::hours{1};
  }
  // What comes before the end or the fault; the fault's code where there is one.
  struct Drained {
    std::string bytes;
    std::optional<base::FaultCode> fault;
    std::size_t longest = 0;
  };
  Drained drain(const std::string& address) {
    Drained drained;
    auto source = store().open(address);
    if (!source) return {.bytes = {}, .fault = source.error().code, .longest = 0};
    for (;;) {
      const auto piece = (*source)->next();
      if (!piece) {
        drained.fault = piece.error().code;
        return drained;
      }
      if (piece->empty()) return drained;
      drained.longest = std::max(drained.longest, piece->size());
      drained.bytes += *piece;
    }
  }
  std::vector<casework::StoredFile> all() {
    std::vector<casework::StoredFile> files;
    const auto done = store().each([&](const casework::StoredFile& one) {
      files.push_back(one);
      return true;
    });
    EXPECT_TRUE(done) << (done ? "" : done.error().message);
    std::ranges::sort(files, {}, &casework::StoredFile::address);
    return files;
  }

  Files files_;
  std::unique_ptr<casework::FileStore> store_;
};
TYPED_TEST_SUITE_P(FileStoreContract);

TYPED_TEST_P(FileStoreContract, GivesBackTheSameBytesByTheirHash) {
  for (const std::string& bytes :
       {std::string{}, std::string("%PDF-1.7\0\n\xFF", 11), this->bytes_of(65'536, 1),
        this->bytes_of(65'537, 2), this->bytes_of(300'001, 3)}) {
    const auto address = this->store().put(bytes);
    ASSERT_TRUE(address) << address.error().message;
    EXPECT_EQ(*address, base::to_hex(base::sha256(bytes)));
    ASSERT_TRUE(this->store().get(*address));
    EXPECT_EQ(*this->store().get(*address), bytes);
    EXPECT_EQ(*this->store().size(*address), static_cast<std::int64_t>(bytes.size()));
  }
  this->reopen();
  EXPECT_EQ(*this->store().get(base::to_hex(base::sha256(""))), "");
}

TYPED_TEST_P(FileStoreContract, TakesAFileInPiecesOfAnyLength) {
  const std::string whole = this->bytes_of(700'000, 4);
  auto sink = this->store().open_sink();
  ASSERT_TRUE(sink);
  std::size_t at = 0;
  for (std::size_t length = 1; at < whole.size(); length = length * 3 + 1) {
    ASSERT_TRUE((*sink)->append(std::string_view{whole}.substr(at, length)));
    at += std::min(length, whole.size() - at);
  }
  ASSERT_TRUE((*sink)->append(""));
  const auto address = (*sink)->finish();
  ASSERT_TRUE(address) << address.error().message;
  EXPECT_EQ(*address, base::to_hex(base::sha256(whole)));
  EXPECT_EQ(*this->store().get(*address), whole);
  // Again, now that it is there.
  auto again = this->store().open_sink();
  ASSERT_TRUE((*again)->append(whole));
  EXPECT_EQ(*(*again)->finish(), *address);
  auto empty = this->store().open_sink();
  EXPECT_EQ(*(*empty)->finish(), base::to_hex(base::sha256("")));
}

TYPED_TEST_P(FileStoreContract, KeepsNothingOfASinkThatDidNotFinish) {
  {
    auto sink = this->store().open_sink();
    ASSERT_TRUE((*sink)->append(this->bytes_of(100'000, 5)));
  }
  EXPECT_TRUE(this->all().empty());
}

TYPED_TEST_P(FileStoreContract, GivesAFileOutInBoundedPieces) {
  for (const std::size_t size : {0U, 1U, 65'536U, 65'537U, 131'072U, 500'000U}) {
    const std::string bytes = this->bytes_of(size, 6);
    const auto address = this->store().put(bytes);
    ASSERT_TRUE(address);
    auto source = this->store().open(*address);
    ASSERT_TRUE(source);
    EXPECT_EQ((*source)->size(), static_cast<std::int64_t>(size));
    const auto drained = this->drain(*address);
    EXPECT_FALSE(drained.fault.has_value());
    EXPECT_EQ(drained.bytes, bytes);
    EXPECT_LE(drained.longest, 65'536U);
  }
}

TYPED_TEST_P(FileStoreContract, NeverGivesOutTheEndOfWhatChanged) {
  for (const std::size_t size : {10U, 65'536U, 200'000U}) {
    const std::string bytes = this->bytes_of(size, 7);
    const std::string address = *this->store().put(bytes);
    std::string forged = bytes;
    forged.front() = static_cast<char>(forged.front() ^ 1);
    for (const std::string& other : {forged, bytes + "x", bytes.substr(1)}) {
      this->overwrite(address, other);
      const auto whole = this->store().get(address);
      ASSERT_FALSE(whole);
      EXPECT_EQ(whole.error().code, base::FaultCode::corrupt);
      const auto drained = this->drain(address);
      EXPECT_EQ(drained.fault, base::FaultCode::corrupt);
      EXPECT_LT(drained.bytes.size(), other.size());
    }
    // Putting it again mends it.
    ASSERT_TRUE(this->store().put(bytes));
    EXPECT_EQ(*this->store().get(address), bytes);
  }
}

TYPED_TEST_P(FileStoreContract, FindsNothingUnderWhatIsNoAddress) {
  for (const std::string& address :
       {std::string{}, std::string{"../../etc/passwd"}, std::string(64, 'g'), std::string(64, 'A'),
        std::string(64, 'a'), std::string(63, 'a'), std::string(65, 'a')}) {
    for (const auto& fault :
         {this->store().get(address).error(), this->store().open(address).error(),
          this->store().size(address).error()}) {
      EXPECT_EQ(fault.code, base::FaultCode::not_found) << address;
    }
  }
}

TYPED_TEST_P(FileStoreContract, ListsWhatIsThereWithSizeAndAge) {
  const auto before = this->in_an_hour() - std::chrono::hours{1} - std::chrono::seconds{10};
  std::vector<std::string> addresses;
  for (unsigned i = 0; i < 25; ++i) {
    addresses.push_back(*this->store().put(this->bytes_of(10 + i, 100 + i)));
  }
  std::ranges::sort(addresses);
  const auto files = this->all();
  ASSERT_EQ(files.size(), addresses.size());
  std::int64_t bytes = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    EXPECT_EQ(files[i].address, addresses[i]);
    EXPECT_GE(files[i].put_at, before);
    EXPECT_LE(files[i].put_at, before + std::chrono::minutes{5});
    bytes += files[i].size;
  }
  EXPECT_EQ(bytes, 25 * 10 + 24 * 25 / 2);
  int seen = 0;
  ASSERT_TRUE(this->store().each([&](const casework::StoredFile&) { return ++seen < 3; }));
  EXPECT_EQ(seen, 3) << "ends when it is told to";
}

TYPED_TEST_P(FileStoreContract, RemovesWhatIsOldEnoughAndNothingElse) {
  const std::string address = *this->store().put("garbage");
  const std::string other = *this->store().put("kept");
  const auto young =
      this->store().remove_put_before(address, this->in_an_hour() - std::chrono::hours{2});
  ASSERT_TRUE(young);
  EXPECT_FALSE(*young);
  EXPECT_EQ(*this->store().get(address), "garbage");
  const auto old = this->store().remove_put_before(address, this->in_an_hour());
  ASSERT_TRUE(old);
  EXPECT_TRUE(*old);
  EXPECT_EQ(this->store().get(address).error().code, base::FaultCode::not_found);
  EXPECT_FALSE(*this->store().remove_put_before(address, this->in_an_hour()));
  EXPECT_EQ(*this->store().get(other), "kept");
  ASSERT_TRUE(this->store().remove(other));
  ASSERT_TRUE(this->store().remove(other)) << "gone is gone";
  EXPECT_TRUE(this->all().empty());
  EXPECT_EQ(*this->store().put("garbage"), address);
  EXPECT_EQ(*this->store().get(address), "garbage");
}

TYPED_TEST_P(FileStoreContract, ManyPutTheSameAtOnce) {
  const std::string bytes = this->bytes_of(100'000, 8);
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] { EXPECT_TRUE(this->store().put(bytes)); });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(this->all().size(), 1U);
}

// The race of collection: whoever's put has returned finds the file there for as long as nothing
// that counts from a moment after the put takes it away.
TYPED_TEST_P(FileStoreContract, APutIsNotUndoneByARemovalThatCountsFromBeforeIt) {
  const std::string bytes = this->bytes_of(3'000, 9);
  const std::string address = *this->store().put(bytes);
  std::atomic<bool> is_over = false;
  std::atomic<int> removed = 0;
  std::atomic<calendar::Instant> moment{calendar::Instant{}};
  std::thread collector([&] {
    while (!is_over) {
      const auto gone = this->store().remove_put_before(address, moment.load());
      EXPECT_TRUE(gone) << (gone ? "" : gone.error().message);
      if (gone && *gone) ++removed;
    }
  });
  const int rounds = TypeParam::kRaceRounds;
  for (int i = 0; i < rounds; ++i) {
    // Everything put so far is old from now on, and the collector is at it.
    moment = calendar::SystemClock{}.now();
    std::this_thread::sleep_for(TypeParam::kTick);
    ASSERT_TRUE(this->store().put(bytes));
    const auto kept = this->store().get(address);
    ASSERT_TRUE(kept) << "round " << i << ": " << kept.error().message;
    ASSERT_EQ(*kept, bytes);
    std::this_thread::sleep_for(TypeParam::kTick);
  }
  is_over = true;
  collector.join();
  EXPECT_GT(removed.load(), 0) << "the collector never came in between";
}

REGISTER_TYPED_TEST_SUITE_P(FileStoreContract, GivesBackTheSameBytesByTheirHash,
                            TakesAFileInPiecesOfAnyLength, KeepsNothingOfASinkThatDidNotFinish,
                            GivesAFileOutInBoundedPieces, NeverGivesOutTheEndOfWhatChanged,
                            FindsNothingUnderWhatIsNoAddress, ListsWhatIsThereWithSizeAndAge,
                            RemovesWhatIsOldEnoughAndNothingElse, ManyPutTheSameAtOnce,
                            APutIsNotUndoneByARemovalThatCountsFromBeforeIt);

}  // namespace storage::contract
