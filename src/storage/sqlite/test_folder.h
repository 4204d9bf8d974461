#pragma once
// test_folder.h - a folder for one test's store, gone with it.
#include <cstdlib>
#include <filesystem>
#include <string>

namespace storage::sqlite {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "motcua-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::string file() const { return (path_ / "motcua.db").string(); }

 private:
  std::filesystem::path path_;
};

}  // namespace storage::sqlite
