#include "storage/disk_file_store.h"

#include <fstream>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "storage/contract/file_store_contract.h"

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

TEST_F(DiskFiles, LeaveNothingHalfWrittenInTheWay) {
  const std::string name = *store_->put("x");
  std::filesystem::remove(place(name));
  // What a process left that was killed while writing.
  const auto incoming = folder_ / "files" / "incoming";
  std::ofstream(incoming / "old") << "ha";
  std::ofstream(incoming / "new") << "ha";
  std::ofstream(place(name).string() + ".part") << "ha";
  std::filesystem::last_write_time(
      incoming / "old", std::filesystem::file_time_type::clock::now() - std::chrono::hours{25});
  ASSERT_TRUE(store_->put("x"));
  EXPECT_EQ(*store_->get(name), "x");
  int listed = 0;
  ASSERT_TRUE(store_->each([&](const casework::StoredFile&) { return ++listed > 0; }));
  EXPECT_EQ(listed, 1) << "what is half written is no file";
  store_ = open_disk_files(folder_ / "files").value();
  EXPECT_FALSE(std::filesystem::exists(incoming / "old"));
  EXPECT_TRUE(std::filesystem::exists(incoming / "new")) << "may be under way";
}

TEST_F(DiskFiles, AreYoungAgainWhenTheyArePutAgain) {
  const std::string name = *store_->put("x");
  std::filesystem::last_write_time(
      place(name), std::filesystem::file_time_type::clock::now() - std::chrono::hours{48});
  const auto a_day_ago =
      std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()) -
      std::chrono::hours{24};
  ASSERT_TRUE(store_->put("x"));
  EXPECT_FALSE(*store_->remove_put_before(name, a_day_ago));
  std::filesystem::last_write_time(
      place(name), std::filesystem::file_time_type::clock::now() - std::chrono::hours{48});
  auto sink = store_->open_sink();
  ASSERT_TRUE((*sink)->append("x"));
  ASSERT_EQ(*(*sink)->finish(), name);
  EXPECT_FALSE(*store_->remove_put_before(name, a_day_ago));
  std::filesystem::last_write_time(
      place(name), std::filesystem::file_time_type::clock::now() - std::chrono::hours{48});
  EXPECT_TRUE(*store_->remove_put_before(name, a_day_ago));
}

TEST_F(DiskFiles, TellWhereTheyCannotWrite) {
  std::ofstream(folder_ / "plain") << "a file";
  EXPECT_FALSE(open_disk_files(folder_ / "plain" / "files"));
}

// A full disk: the device that always is one, where a file would be written.
TEST_F(DiskFiles, TellWhereThereIsNoRoomLeft) {
  const std::filesystem::path full = "/dev/full";
  ASSERT_TRUE(std::filesystem::exists(full));
  auto sink = store_->open_sink();
  ASSERT_TRUE(sink);
  // The sink's file becomes the device behind its back.
  int file = -1;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    const auto target = std::filesystem::read_symlink(entry.path(), gone);
    if (!gone && target.parent_path() == folder_ / "files" / "incoming") {
      file = std::stoi(entry.path().filename().string());
    }
  }
  ASSERT_GE(file, 0);
  const int device = ::open(full.c_str(), O_WRONLY | O_CLOEXEC);
  ASSERT_EQ(::dup2(device, file), file);
  ::close(device);
  const auto written = (*sink)->append("x");
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, base::FaultCode::exhausted);
}

struct DiskFileStores {
  static constexpr int kRaceRounds = 60;
  static constexpr std::chrono::milliseconds kTick{2};
  DiskFileStores() {
    std::string name = (std::filesystem::temp_directory_path() / "motcua-files-XXXXXX").string();
    folder = std::filesystem::path{::mkdtemp(name.data())};
  }
  ~DiskFileStores() {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }
  DiskFileStores(const DiskFileStores&) = delete;
  DiskFileStores& operator=(const DiskFileStores&) = delete;
  [[nodiscard]] std::unique_ptr<casework::FileStore> open() const {
    return open_disk_files(folder).value();
  }
  void overwrite(const std::string& address, std::string_view bytes) const {
    std::ofstream(folder / address.substr(0, 2) / address, std::ios::binary) << bytes;
  }
  std::filesystem::path folder;
};

}  // namespace

namespace contract {
INSTANTIATE_TYPED_TEST_SUITE_P(Disk, FileStoreContract, DiskFileStores);
}
}  // namespace storage
