#pragma once
// garbage.h - removes files that no row names any more.
//
// The rule that makes it safe beside everybody who puts files at the same time:
// 1. Whoever keeps an address puts the bytes first (which makes the file young, even where it was
//    there already) and writes the row that names it afterwards, within the grace time.
// 2. A file is removed only when it is older than the grace time at the very moment of its removal
//    (FileStore::remove_put_before) and no row named it when that was looked up, before.
// So a file that was looked up as unnamed and is then put anew is young and stays; one whose row is
// written later than the look-up was put before that row, within the grace time, and is young too.
// 3. A row that names an address without a put of its own takes it from a row that names it until
//    afterwards: a filing takes the papers of its draft, whose file rows are marked when the draft
//    is gone and deleted a grace time after that.
// Rule 2 needs one FileStore object per store of files: one program collects and puts.
#include "casework/failure.h"
#include "casework/workplace.h"

namespace casework {

inline constexpr std::chrono::hours kGarbageGrace{24};
// How long an officer's upload waits for the filing it is meant for.
inline constexpr std::chrono::days kUnclaimedLife{30};

struct Collected {
  std::int64_t uploads = 0;  // that expired
  std::int64_t rows = 0;     // of files nobody can come back to
  std::int64_t files = 0;
  std::int64_t bytes = 0;
};

// Expired uploads, abandoned file rows, then the files that nothing names and that are older than
// `grace`.  Call every hour.
[[nodiscard]] base::Outcome<Collected> collect_garbage(Workplace& workplace, Instant now,
                                                       std::chrono::milliseconds grace);

}  // namespace casework
