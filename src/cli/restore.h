#pragma once
// restore.h - puts a generation of a backup into an empty data folder.
//
// Everything is gathered in DIR/.restore and put in its place last, the store after all else: as
// long as a restore is under way there is no store in DIR, and one that was killed is begun anew by
// the next.
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/fault.h"
#include "cli/backup.h"
#include "cli/verify.h"

namespace cli {

struct RestoreOptions {
  std::filesystem::path from;
  std::string generation;  // empty: the newest
  std::filesystem::path data;
  bool force = false;          // moves a folder that is not empty aside
  bool accept_losses = false;  // goes on without papers that the backup has lost
};

struct Restored {
  bool done = false;  // false: the findings forbid it, and nothing was changed
  Verified verified;
  std::filesystem::path moved_to;  // where the old folder is, if one was moved aside
};

// Fault `conflict`: the folder is not empty, or a program works in it; `not_found`: no such
// generation.
[[nodiscard]] base::Outcome<Restored> restore(const RestoreOptions& options, calendar::Clock& clock,
                                              const BackupProgress& progress = {});

}  // namespace cli
