#pragma once
// verify_journal.h - the journal of an image of a store, held against its records.
#include <cstdint>
#include <filesystem>
#include <vector>

#include "base/fault.h"
#include "cli/verify_finding.h"
#include "storage/sqlite/store_image.h"

namespace cli {

// The number of leaves; 0 of a store from before there was a journal.  `folder` holds the verifier
// keys (journal.keys) that heads are checked by.
[[nodiscard]] base::Outcome<std::int64_t> verify_journal(const storage::sqlite::StoreImage& image,
                                                         const std::filesystem::path& folder,
                                                         std::vector<Finding>& findings);

}  // namespace cli
