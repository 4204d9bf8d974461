#include "storage/disk_file_store.h"

#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "base/sha256.h"

namespace storage {
namespace {

class DiskFiles : public testing::Test {
 protected:
  DiskFiles() {
    std::string name = (std::filesystem::temp_directory_path() / "motcua-files-XXXXXX").string();
    folder_ = std::filesystem::path{::mkdtemp(name.data())};
    store_ = open_disk_files(folder_ / "files").value();
  }
  ~DiskFiles() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  [[nodiscard]] std::filesystem::path place(const std::string& name) const {
    return folder_ / "files" / name.substr(0, 2) / name;
  }
  [[nodiscard]] int files() const {
    int count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
      count += entry.is_regular_file() ? 1 : 0;
    }
    return count;
  }
  std::filesystem::path folder_;
  std::unique_ptr<casework::FileStore> store_;
};

TEST_F(DiskFiles, GiveBackTheSameBytesByTheirHash) {
  const std::string bytes("%PDF-1.7\0\n\xFF", 11);
  const auto name = store_->put(bytes);
  ASSERT_TRUE(name);
  EXPECT_EQ(*name, base::to_hex(base::sha256(bytes)));
  EXPECT_EQ(*store_->get(*name), bytes);
  ASSERT_TRUE(store_->put(""));
  EXPECT_EQ(*store_->get(*store_->put("")), "");
}

TEST_F(DiskFiles, TheSameBytesAreOneFile) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) threads.emplace_back([&] { EXPECT_TRUE(store_->put("same")); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(files(), 1);
}

TEST_F(DiskFiles, WhatChangedOnDiskIsCorruptUntilItIsPutAgain) {
  const std::string name = *store_->put("the result");
  std::ofstream(place(name)) << "a forgery.";
  const auto read = store_->get(name);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, base::FaultCode::corrupt);
  ASSERT_TRUE(store_->put("the result"));
  EXPECT_EQ(*store_->get(name), "the result");
}

TEST_F(DiskFiles, WhatIsNoAddressIsNotFound) {
  for (const std::string& address :
       {std::string{}, std::string{"../../etc/passwd"}, std::string(64, 'g'), std::string(64, 'A'),
        std::string(64, 'a'), std::string(63, 'a'), std::string(65, 'a')}) {
    const auto read = store_->get(address);
    ASSERT_FALSE(read) << address;
    EXPECT_EQ(read.error().code, base::FaultCode::not_found);
  }
}

TEST_F(DiskFiles, LeaveNothingHalfWrittenInTheWay) {
  const std::string name = *store_->put("x");
  std::filesystem::remove(place(name));
  // What a process left that was killed while writing, whatever its number.
  std::ofstream(place(name).string() + ".part1-0") << "ha";
  ASSERT_TRUE(store_->put("x"));
  EXPECT_EQ(*store_->get(name), "x");
}

TEST_F(DiskFiles, TellWhereTheyCannotWrite) {
  std::ofstream(folder_ / "plain") << "a file";
  EXPECT_FALSE(open_disk_files(folder_ / "plain" / "files"));
}

}  // namespace
}  // namespace storage
