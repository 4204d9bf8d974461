#pragma once
// test_stores.h - the real stores for the tests of the use cases.  They stand above this module, so
// the test program brings them: src/storage/test_stores.cpp.
#include <filesystem>
#include <memory>

#include "casework/file_store.h"
#include "casework/store.h"

namespace casework::test {

// Both in that folder; the same one gives the same stores again.
[[nodiscard]] std::unique_ptr<Store> open_test_store(const std::filesystem::path& folder);
[[nodiscard]] std::unique_ptr<FileStore> open_test_files(const std::filesystem::path& folder);

}  // namespace casework::test
