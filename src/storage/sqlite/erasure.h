#pragma once
// erasure.h - takes the content of a dossier out of the store for ever, and leaves its leaves.
#include "casework/store.h"
#include "storage/sqlite/database.h"

namespace storage::sqlite {

// What Commit::erases promises, but for the row and words that the commit itself replaces.  Inside
// the caller's transaction, before its own events are written.
[[nodiscard]] base::Outcome<base::Done> erase_content(Database& database, const std::string& tenant,
                                                      const std::string& dossier,
                                                      std::int64_t through_version);

}  // namespace storage::sqlite
