#include "casework/test_stores.h"

#include "base/ensure.h"
#include "storage/disk_file_store.h"
#include "storage/sqlite/sqlite_store.h"

namespace casework::test {

std::unique_ptr<Store> open_test_store(const std::filesystem::path& folder) {
  auto store = storage::sqlite::open_store((folder / "motcua.db").string(), "H41");
  ENSURE(store.has_value(), "a store opens in the test's folder");
  return std::move(store).value();
}

std::unique_ptr<FileStore> open_test_files(const std::filesystem::path& folder) {
  auto files = storage::open_disk_files(folder / "files");
  ENSURE(files.has_value(), "a file store opens in the test's folder");
  return std::move(files).value();
}

}  // namespace casework::test
