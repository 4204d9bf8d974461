#pragma once
// catalogue_import.h - files of the national catalogue into the store.
//
// Two passes: the first reads every file to its end without understanding it, so that a file that
// cannot be read is refused before anything is written; the second reads, and commits in batches.
// A run that is cut short has kept its batches, and the next one finds them unchanged.
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "calendar/instant.h"
#include "casework/store.h"
#include "catalogue/finding.h"
#include "catalogue/tally.h"

namespace cli {

struct ImportReport {
  std::int64_t procedures = 0;  // codes, of pages and lists together
  std::int64_t unchanged = 0;   // of them: stored already as they are
  std::int64_t findings = 0;    // of the linter, and records that could not be read
  catalogue::Tally tally;
  std::vector<catalogue::Finding> not_read;  // records that are none, or came twice
};

struct ImportProgress {
  std::uint64_t bytes = 0;
  std::uint64_t bytes_all = 0;
  std::int64_t procedures = 0;
};

// Faults name the file, the row where there is one, and what to do.
[[nodiscard]] base::Outcome<ImportReport> import_catalogue(
    casework::Store& store, const std::vector<std::string>& files, calendar::Instant now,
    const std::function<void(const ImportProgress&)>& progress);

}  // namespace cli
