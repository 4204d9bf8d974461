// table_reader.cpp - rows of a CSV or XLSX file.
//
// file  := record (newline record)*
// field := bare | '"' (any | '""')* '"'      a quoted field may span lines
// The separator is the comma, or the semicolon where the first record has more of those.
#include <algorithm>

#include "base/text.h"
#include "casework/organisation_tables.h"
#include "catalogue/spreadsheet_reader.h"

namespace casework {

namespace {

constexpr std::size_t kBytesMax = 32u << 20U;
constexpr std::size_t kRowsMax = 100'000;
constexpr std::size_t kCellsMax = 64;
constexpr std::size_t kCellBytesMax = 4096;

base::Failure<base::Fault> invalid(const std::string& why) {
  return base::fault(base::FaultCode::invalid, why);
}

// As it was before it was made harmless for spreadsheet programs.
std::string as_meant(std::string_view cell) {
  std::string text = base::to_one_line(cell);
  if (text.size() > 1 && text.front() == '\'') text.erase(0, 1);
  return text;
}

class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text) {
    const std::string_view first = text.substr(0, text.find('\n'));
    if (std::ranges::count(first, ';') > std::ranges::count(first, ',')) separator_ = ';';
  }

  base::Outcome<std::vector<TableRow>> read() {
    std::vector<TableRow> rows;
    while (at_ < text_.size()) {
      TableRow row{.line = line_, .cells = {}};
      TRY(record(row.cells));
      const bool empty = std::ranges::all_of(row.cells, &std::string::empty);
      if (empty || (row.cells.front().starts_with('#'))) continue;
      if (rows.size() == kRowsMax) {
        return base::fault(base::FaultCode::exhausted, "more than 100,000 rows");
      }
      rows.push_back(std::move(row));
    }
    return rows;
  }

 private:
  base::Outcome<base::Done> record(std::vector<std::string>& cells) {
    const int began = line_;
    std::string cell;
    bool quoted = false;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (quoted) {
        if (c == '\n') ++line_;
        if (c != '"') {
          cell += c;
        } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
          cell += '"';
          ++at_;
        } else {
          quoted = false;
        }
      } else if (c == '"' && cell.empty()) {
        quoted = true;
      } else if (c == separator_) {
        cells.push_back(as_meant(cell));
        cell.clear();
      } else if (c == '\n') {
        break;
      } else if (c != '\r') {
        cell += c;
      }
      if (cell.size() > kCellBytesMax || cells.size() > kCellsMax) {
        return invalid("line " + std::to_string(began) + " is too long");
      }
    }
    if (quoted) return invalid("line " + std::to_string(began) + ": quotes do not match");
    if (at_ < text_.size()) {
      ++at_;
      ++line_;
    }
    cells.push_back(as_meant(cell));
    return base::Done{};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  char separator_ = ',';
};

}  // namespace

base::Outcome<std::vector<TableRow>> read_table(std::string_view bytes) {
  if (bytes.size() > kBytesMax) return invalid("the file is larger than 32 MiB");
  if (bytes.starts_with("PK")) {
    std::vector<TableRow> rows;
    TRY(catalogue::read_spreadsheet(bytes, [&](const catalogue::SpreadsheetRow& read) {
      TableRow row{.line = read.number, .cells = {}};
      for (const std::string& cell : read.cells) row.cells.push_back(as_meant(cell));
      const bool empty = std::ranges::all_of(row.cells, &std::string::empty);
      if (!empty) rows.push_back(std::move(row));
      return true;
    }));
    return rows;
  }
  if (!base::is_utf8(bytes)) return invalid("the text is not UTF-8");
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  return CsvReader(bytes).read();
}

}  // namespace casework
