#pragma once
// sqlite_store.h - casework::Store on one SQLite file: WAL, synchronous=FULL.
//
// One writer thread takes the queued writes and commits them in groups, so that one sync serves
// many; a refused write does not touch its neighbours.  Readers have connections of their own.  A
// write's caller is answered after the group's commit is durable.
#include <memory>
#include <string>

#include "casework/store.h"

namespace storage::sqlite {

// Opens or creates the store at `path` and brings it to this program's schema.  ":memory:" is not
// offered: readers could not see the writer's data.
[[nodiscard]] base::Outcome<std::unique_ptr<casework::Store>> open_store(const std::string& path,
                                                                         const std::string& tenant);

}  // namespace storage::sqlite
