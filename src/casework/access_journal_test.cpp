// Readings are records before anything is shown; a store without room keeps nobody from reading.
#include "casework/access_journal.h"

#include <gtest/gtest.h>

#include "casework/test_history.h"

namespace casework {
namespace {

class ReadingStore : public test::HistoryStore {
 public:
  std::optional<base::FaultCode> refuses;
  std::vector<std::string> written;
  std::size_t largest = 0;
  base::Outcome<base::Done> record_accesses(const std::vector<AccessRow>& rows) override {
    if (refuses.has_value()) return base::fault(*refuses, "no");
    largest = std::max(largest, rows.size());
    for (const AccessRow& row : rows) written.push_back(row.what);
    return base::Done{};
  }
};

AccessRow reading(std::size_t n) {
  AccessRow row;
  row.what = std::to_string(n);
  return row;
}

TEST(AccessJournal, WaitsWhereTheStoreHasNoRoomAndWritesInOrderLater) {
  ReadingStore store;
  AccessJournal journal;
  ASSERT_TRUE(journal.record(store, reading(0)));
  store.refuses = base::FaultCode::exhausted;
  for (std::size_t i = 1; i <= 1200; ++i) ASSERT_TRUE(journal.record(store, reading(i)));
  EXPECT_EQ(journal.waiting(), 1200U);
  EXPECT_FALSE(journal.flush(store)) << "there is no room yet, and it says so";
  EXPECT_EQ(journal.waiting(), 1200U);
  store.refuses.reset();
  ASSERT_TRUE(journal.record(store, reading(1201)));
  EXPECT_EQ(journal.waiting(), 0U);
  ASSERT_EQ(store.written.size(), 1202U);
  for (std::size_t i = 0; i < store.written.size(); ++i) {
    ASSERT_EQ(store.written[i], std::to_string(i));
  }
  EXPECT_LE(store.largest, 500U) << "no commit is made of thousands";
}

TEST(AccessJournal, RefusesTheReadingWhereTooManyWaitAlready) {
  ReadingStore store;
  AccessJournal journal;
  store.refuses = base::FaultCode::exhausted;
  for (std::size_t i = 0; i < AccessJournal::kWaitingMax; ++i) {
    ASSERT_TRUE(journal.record(store, reading(i)));
  }
  const auto refused = journal.record(store, reading(0));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, base::FaultCode::exhausted);
  EXPECT_EQ(journal.waiting(), AccessJournal::kWaitingMax);
}

TEST(AccessJournal, RefusesTheReadingWhereTheStoreIsBroken) {
  ReadingStore store;
  AccessJournal journal;
  store.refuses = base::FaultCode::corrupt;
  EXPECT_FALSE(journal.record(store, reading(0)));
  EXPECT_EQ(journal.waiting(), 0U);
}

}  // namespace
}  // namespace casework
