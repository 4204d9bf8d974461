#pragma once
// backup.h - takes a backup of a data folder, also while a server works in it.
//
// First the image of the store, then the papers it names: papers never change, and each is there
// before the row that names it, so that what the image names can be copied afterwards.  A paper
// that the server took away in between (its row was erased meanwhile) makes the backup begin anew
// with an image that does not name it.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/fault.h"
#include "calendar/clock.h"
#include "casework/file_store.h"
#include "cli/backup_manifest.h"
#include "cli/verify_finding.h"

namespace cli {

// What goes on and how much of it is done.
enum class BackupStage { store, papers, checks };
using BackupProgress = std::function<void(BackupStage, std::int64_t, std::int64_t)>;

struct BackupOptions {
  std::filesystem::path data;
  std::filesystem::path to;
  int keep = 0;  // generations, with this one; 0: all
};

struct BackupDone {
  std::string generation;  // its name
  BackupManifest manifest;
  std::int64_t papers_copied = 0;
  std::int64_t bytes_copied = 0;
  std::vector<std::string> pruned;  // names of generations
  std::int64_t papers_pruned = 0;
  std::vector<Finding> findings;  // what the data folder itself lacks; the backup has the rest
};

[[nodiscard]] base::Outcome<BackupDone> take_backup(const BackupOptions& options,
                                                    calendar::Clock& clock,
                                                    const BackupProgress& progress = {});

// The files that hold secrets of a data folder: the receipts' key, the journal's key, and its
// verifier keys.
[[nodiscard]] const std::vector<std::string>& key_names();

}  // namespace cli
