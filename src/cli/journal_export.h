#pragma once
// journal_export.h - the tree as static files, so that a witness elsewhere can follow it with any
// HTTP server in between (docs/formats/journal.md, Tiles).
//
// Writes what is missing, each file beside its place and then renamed, the checkpoint last: whoever
// reads meanwhile finds everything that the checkpoint covers.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "base/fault.h"

namespace cli {

struct JournalExportRequest {
  std::string store;  // path of the SQLite file; a server may be at work
  std::string tenant;
  std::string keys;  // verifier keys, one a line
  std::filesystem::path to;
  std::function<void(std::int64_t done, std::int64_t all)> progress;  // may be empty
};

struct JournalExportDone {
  std::int64_t size = 0;  // of the tree that the folder holds now
  std::int64_t files_written = 0;
};

// Fault `unavailable`: no head is signed yet; `conflict`: the folder is of another journal, or of
// one that was larger; `corrupt`: records and leaves do not agree.
[[nodiscard]] base::Outcome<JournalExportDone> export_journal(const JournalExportRequest& request);

}  // namespace cli
