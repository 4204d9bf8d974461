#pragma once
// disk_file_store.h - casework::FileStore on a folder: DIR/ab/abcdef….
//
// A file is written beside its place, synced, renamed, and its folder synced, so that it is either
// whole or not there.  A failed sync ends the process.
#include <filesystem>
#include <memory>

#include "casework/file_store.h"

namespace storage {

// Creates the folder if it is absent.
[[nodiscard]] base::Outcome<std::unique_ptr<casework::FileStore>> open_disk_files(
    const std::filesystem::path& folder);

}  // namespace storage
