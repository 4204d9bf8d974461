#pragma once
// list_reader.h - a published list of procedures (.xlsx) to list rows and entries.
//
// Row 1 is a title, the header is the first row that names the code and the name; columns in any
// order.
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "catalogue/entry.h"
#include "catalogue/finding.h"

namespace catalogue {

struct ProcedureList {
  std::vector<ListRow> rows;
  std::vector<Finding> findings;  // rows that are none
};

// Fault `invalid` when the bytes are no such spreadsheet; `exhausted` when it exceeds a limit of
// spreadsheet_reader.h.
[[nodiscard]] base::Outcome<ProcedureList> read_list(std::string_view bytes,
                                                     const std::string& file);

// An entry of which only the list is known.
[[nodiscard]] Entry entry_of(const ListRow& row);
// The page wins; the list adds what the page lacks.  The row stays beside it as `listed`.
[[nodiscard]] Entry joined(Entry page, const ListRow& row);

}  // namespace catalogue
