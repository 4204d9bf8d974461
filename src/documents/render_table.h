#pragma once
// render_table.h - a table of a template: head repeated on every page, long rows broken.
#include <cstddef>

#include "documents/page.h"
#include "documents/template_block.h"

namespace documents::internal {

// Prints at most `rows_max` rows, with a mark where it stopped.  Nothing for an empty list.
void print_table(Page& page, const Table& table, const Scope& scope, std::size_t rows_max);

}  // namespace documents::internal
