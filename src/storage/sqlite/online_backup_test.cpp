#include "storage/sqlite/online_backup.h"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "casework/test_commits.h"
#include "storage/sqlite/sqlite_store.h"
#include "storage/sqlite/store_image.h"
#include "storage/sqlite/test_folder.h"

namespace storage::sqlite {
namespace {

std::int64_t rows(const std::string& path, const char* table) {
  const auto image = StoreImage::open(path, StoreImage::Kind::still);
  EXPECT_TRUE(image);
  return image->facts()->rows.at(table);
}

TEST(OnlineBackup, ShowsOneMomentWhileOthersWrite) {
  const TemporaryFolder folder;
  const auto store = *open_store(folder.file(), "H41");
  std::atomic<bool> enough{false};
  std::atomic<int> filed{0};
  std::atomic<bool> ended{false};
  std::thread writer([&] {
    for (int i = 0; !enough; ++i) {
      const auto first =
          contract::new_dossier("d" + std::to_string(i), "dossier/H41.101.01/260820", i);
      if (!store->commit(first) ||
          !store->commit(contract::next_of(first, "k" + std::to_string(i)))) {
        ADD_FAILURE() << "the writer was held up";
        break;
      }
      ++filed;
    }
    ended = true;
  });
  std::int64_t before = 0;
  for (int i = 0; i < 4; ++i) {
    while (filed < 10 * (i + 1) && !ended) std::this_thread::yield();
    const int least = filed;
    const std::string image = folder.file() + std::to_string(i);
    const auto copied = copy_store(folder.file(), image);
    ASSERT_TRUE(copied) << copied.error().message;
    const auto opened = StoreImage::open(image, StoreImage::Kind::still);
    ASSERT_TRUE(opened);
    const auto findings = opened->check();
    ASSERT_TRUE(findings) << findings.error().message;
    EXPECT_TRUE(findings->empty()) << findings->front().subject;
    EXPECT_GE(rows(image, "dossier"), least) << "what was committed before is in it";
    EXPECT_GT(rows(image, "event"), before) << "and later ones have more";
    before = rows(image, "event");
    EXPECT_FALSE(std::filesystem::exists(image + "-wal")) << "it is one file";
  }
  enough = true;
  writer.join();
}

TEST(OnlineBackup, IsWholeOrNotThere) {
  const TemporaryFolder folder;
  const std::string image = folder.file() + ".image";
  const auto none = copy_store(folder.file(), image);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, base::FaultCode::not_found);
  EXPECT_FALSE(std::filesystem::exists(folder.file())) << "no store is made by looking for one";
  {
    std::ofstream(folder.file()) << std::string(10'000, 'x');
  }
  const auto damaged = copy_store(folder.file(), image);
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().code, base::FaultCode::corrupt);
  EXPECT_FALSE(std::filesystem::exists(image));
  std::filesystem::remove(folder.file());
  {
    ASSERT_TRUE(open_store(folder.file(), "H41"));
  }
  ASSERT_TRUE(copy_store(folder.file(), image));
  const auto twice = copy_store(folder.file(), image);
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().code, base::FaultCode::conflict) << "nothing is written over";
  EXPECT_TRUE(std::filesystem::exists(image));
}

TEST(OnlineBackup, TellsHowMuchIsDone) {
  const TemporaryFolder folder;
  const auto store = *open_store(folder.file(), "H41");
  auto commit = contract::new_dossier("d");
  commit.state = std::string(3'000'000, 'x');
  ASSERT_TRUE(store->commit(commit));
  std::int64_t last = 0;
  int told = 0;
  ASSERT_TRUE(
      copy_store(folder.file(), folder.file() + ".image", [&](std::int64_t done, std::int64_t all) {
        EXPECT_GT(done, last);
        EXPECT_LE(done, all);
        last = done;
        ++told;
      }));
  EXPECT_GT(told, 1);
}

}  // namespace
}  // namespace storage::sqlite
