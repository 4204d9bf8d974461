#pragma once
// verify.h - is a backup, or a data folder, what it should be?
//
// Everything is read: the image of the store as SQLite and as an office sees it, and every paper
// against its address.
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/fault.h"
#include "cli/backup.h"
#include "cli/backup_manifest.h"
#include "cli/backup_place.h"
#include "cli/verify_finding.h"

namespace cli {

struct Verified {
  std::string generation;   // empty: of a data folder
  BackupManifest manifest;  // as read; of a data folder what one taken now would say of its rows
  std::int64_t papers = 0;  // that are as they should be
  std::int64_t paper_bytes = 0;
  std::int64_t leaves = 0;  // of the journal, held against their records
  std::vector<Finding> findings;

  [[nodiscard]] bool good() const { return findings.empty(); }
};

// `left` leaves the papers to whoever reads them anyway.
enum class Papers { read, left };

// A generation of that name.  A fault only where the disk fails: what is wrong is a finding.
[[nodiscard]] base::Outcome<Verified> verify_generation(const BackupPlace& place,
                                                        const std::string& name, Papers papers,
                                                        const BackupProgress& progress = {});
// A server may be at work in the folder.
[[nodiscard]] base::Outcome<Verified> verify_data(const std::filesystem::path& data,
                                                  const BackupProgress& progress = {});

}  // namespace cli
