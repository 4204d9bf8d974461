#pragma once
// spreadsheet_reader.h - the cells of the first sheet of an .xlsx file, row by row.
//
// Reads streams, so that a small file that unpacks to a huge one is refused when it crosses a
// limit, not when memory is full.  Document types and entities are refused.
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"

namespace catalogue {

struct SpreadsheetLimits {
  std::size_t packed_bytes = 32u << 20;
  std::size_t entries = 200;               // files in the archive
  std::size_t unpacked_bytes = 64u << 20;  // of the parts that are read
  std::size_t ratio = 200;                 // unpacked to packed, beyond the first MiB
  std::size_t rows = 100'000;
  std::size_t columns = 256;
  std::size_t cells = 2'000'000;
  std::size_t strings = 1'000'000;  // shared ones
  std::size_t cell_bytes = 64 * 1024;
  std::size_t text_bytes = 64u << 20;  // of all shared strings together
  std::size_t depth = 32;              // of XML elements
};

struct SpreadsheetRow {
  int number = 0;                  // as the file says, from 1
  std::vector<std::string> cells;  // by column; empty where there is none
};

// Calls `visit` for each row in order until it says false.  Faults: `invalid` (no spreadsheet, or a
// broken one), `exhausted` (a limit, named in the message).
[[nodiscard]] base::Outcome<base::Done> read_spreadsheet(
    std::string_view bytes, const std::function<bool(const SpreadsheetRow&)>& visit,
    const SpreadsheetLimits& limits = {});

}  // namespace catalogue
