#pragma once
// spreadsheet.h - a table of typed cells as XLSX or CSV, row by row.
//
// Text that a spreadsheet program could run as a formula (it begins with = + - @ tab or a line
// break, also behind spaces or as a full-width sign) is written with an apostrophe in front: lists
// hold what strangers typed.  Instants are shown in Vietnamese civil time (+07:00).
//
// Source: OWASP, CSV Injection; RFC 4180 (CSV, with CRLF; a UTF-8 byte order mark, for Excel).
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/fault.h"

namespace documents {

using Day = std::chrono::year_month_day;
using Moment = std::chrono::sys_seconds;
// monostate is an empty cell.
using Cell = std::variant<std::monostate, std::string, std::int64_t, double, Day, Moment>;
using Row = std::vector<Cell>;

struct Column {
  std::string title;
  double width = 16;  // characters, XLSX only
};

struct Sheet {
  std::string name;  // of the sheet in the workbook: cut to 31 characters, forbidden signs dropped
  std::vector<Column> columns;
};

// Puts the next row into `row` (cleared before every call) and says true; false after the last one.
// Cells beyond the columns of the sheet are a defect of the caller.
using NextRow = std::function<bool(Row& row)>;
// Takes the next piece of the output; false stops the writing (fault `unavailable`).
using Sink = std::function<bool(std::string_view piece)>;

// Bold frozen header, filter, column widths.  Rows are written to a temporary file while they come;
// only the packed workbook is held in memory.  Fault `exhausted`: over 1,048,575 rows, or no room.
[[nodiscard]] base::Outcome<std::string> write_xlsx(const Sheet& sheet, const NextRow& next_row);

// In pieces of about 64 KiB.
[[nodiscard]] base::Outcome<base::Done> write_csv(const Sheet& sheet, const NextRow& next_row,
                                                  const Sink& sink);

}  // namespace documents
