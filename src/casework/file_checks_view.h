#pragma once
// file_checks_view.h - for administrators of the whole installation: which files wait for the
// scanner, which it held back, and having everything scanned anew.
#include "base/json.h"
#include "casework/execute.h"

namespace casework {

// {"scanner": …, "checking": n, "held": n, "again": n, "oldest_at": …, "trouble": …, "items": []}:
// at most 200 items, those held back first.
[[nodiscard]] Answer<base::json::object> file_checks_json(Workplace& workplace,
                                                          const party::Officer& officer);
// How many files will be scanned anew.  Failure `no-scanner`.
[[nodiscard]] Answer<std::int64_t> order_file_rescan(Workplace& workplace,
                                                     const party::Officer& officer);

}  // namespace casework
