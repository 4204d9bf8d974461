#pragma once
// spreadsheet_cell.h - what both writers of sheets do to a cell.
#include <string>
#include <string_view>

#include "documents/spreadsheet.h"

namespace documents::internal {

// Control characters dropped (line breaks kept), cut at what Excel holds in a cell, and an
// apostrophe before what could run as a formula.
[[nodiscard]] std::string neutralised(std::string_view text);

// 2026-08-20, and 2026-08-20 10:05:00 in Vietnamese civil time.
[[nodiscard]] std::string iso_of(Day day);
[[nodiscard]] std::string iso_of(Moment moment);

}  // namespace documents::internal
