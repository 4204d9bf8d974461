#pragma once
// disk_file_store.h - casework::FileStore on a folder: DIR/ab/abcdef….
//
// A file is written to DIR/incoming/, synced, renamed to its place, and its folder synced, so that
// it is either whole or not there.  A failed sync ends the process (exit 70).  The age of a file is
// its modification time, which every put sets anew.  One program writes to a folder at a time.
#include <filesystem>
#include <memory>

#include "casework/file_store.h"

namespace storage {

// Creates the folder if it is absent, and clears away what programs that were killed left in
// DIR/incoming/ more than a day ago.
[[nodiscard]] base::Outcome<std::unique_ptr<casework::FileStore>> open_disk_files(
    const std::filesystem::path& folder);

}  // namespace storage
