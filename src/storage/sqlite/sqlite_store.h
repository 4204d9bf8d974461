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
//
// `beside`: another program has the store open and writes.  Only what knows no clock of its own may
// be written then (definitions); checkpoints are left to the other one.
enum class Neighbours { none, beside };
[[nodiscard]] base::Outcome<std::unique_ptr<casework::Store>> open_store(
    const std::string& path, const std::string& tenant, Neighbours neighbours = Neighbours::none);

}  // namespace storage::sqlite
