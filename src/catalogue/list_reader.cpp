#include "catalogue/list_reader.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/sha256.h"
#include "base/text.h"
#include "catalogue/finding_text.h"
#include "catalogue/page_text.h"
#include "catalogue/spreadsheet_reader.h"

namespace catalogue {
namespace {

constexpr std::size_t kTitleRowsMax = 20;
constexpr std::size_t kFindingsInListMax = 1000;

struct Columns {
  std::optional<std::size_t> code;
  std::optional<std::size_t> name;
  std::optional<std::size_t> ministry;
  std::optional<std::size_t> agencies;
  std::optional<std::size_t> field;
};

// The columns, when this row is the header.
std::optional<Columns> header_of(const SpreadsheetRow& row) {
  Columns found;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const std::string title = base::fold_for_search(row.cells[i]);
    if (title == "ma so" || title == "ma thu tuc" || title == "ma tthc" || title == "ma so tthc") {
      found.code = i;
    } else if (title == "ten" || title == "ten thu tuc" || title == "ten thu tuc hanh chinh" ||
               title == "ten tthc") {
      found.name = i;
    } else if (title == "co quan ban hanh" || title == "co quan cong bo") {
      found.ministry = i;
    } else if (title == "co quan thuc hien") {
      found.agencies = i;
    } else if (title == "linh vuc") {
      found.field = i;
    }
  }
  if (found.code && found.name) return found;
  return std::nullopt;
}

std::string cell(const SpreadsheetRow& row, const std::optional<std::size_t>& column) {
  if (!column || *column >= row.cells.size()) return {};
  const std::string text = legible(row.cells[*column]);
  return says_nothing(text) ? std::string{} : text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t start = 0;
  while (start <= text.size() && lines.size() < 200) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    std::string line = one_line(std::string_view{text}.substr(start, end - start));
    if (!line.empty()) lines.push_back(std::move(line));
    start = end + 1;
  }
  return lines;
}

base::json::object raw_of(const ListRow& row) {
  base::json::array agencies;
  for (const std::string& agency : row.agencies) agencies.emplace_back(agency);
  return {{"ma_so", row.code},
          {"ten", row.name},
          {"co_quan_ban_hanh", row.ministry},
          {"co_quan_thuc_hien", std::move(agencies)},
          {"linh_vuc", row.field}};
}

}  // namespace

base::Outcome<ProcedureList> read_list(std::string_view bytes, const std::string& file) {
  ProcedureList list;
  std::optional<Columns> columns;
  std::size_t rows_before = 0;
  TRY(read_spreadsheet(bytes, [&](const SpreadsheetRow& row) {
    if (!columns) {
      columns = header_of(row);
      return columns.has_value() || ++rows_before < kTitleRowsMax;
    }
    ListRow read;
    read.code = one_line(cell(row, columns->code));
    read.name = shortened(one_line(cell(row, columns->name)), 4000);
    read.ministry = one_line(cell(row, columns->ministry));
    read.agencies = lines_of(cell(row, columns->agencies));
    read.field = one_line(cell(row, columns->field));
    read.source = {file, row.number};
    if (read.code.empty() && read.name.empty()) return true;
    if (read.code.empty() || read.name.empty() || read.code.size() > 60 ||
        read.code.find('/') != std::string::npos) {
      if (list.findings.size() < kFindingsInListMax) {
        list.findings.push_back(
            unreadable(read.source, "no code or no name", read.code + " " + read.name));
      }
      return true;
    }
    list.rows.push_back(std::move(read));
    return true;
  }));
  if (!columns) {
    return base::fault(base::FaultCode::invalid,
                       "no row of the sheet heads the columns Mã số and Tên");
  }
  return list;
}

Entry entry_of(const ListRow& row) {
  Entry entry;
  entry.code = row.code;
  entry.name = row.name;
  entry.ministry = row.ministry;
  entry.agencies = row.agencies;
  entry.field = row.field;
  entry.list_only = true;
  entry.listed = row;
  entry.raw = raw_of(row);
  entry.content_hash = base::to_hex(base::sha256(base::to_text(entry.raw)));
  entry.source = row.source;
  return entry;
}

Entry joined(Entry page, const ListRow& row) {
  if (page.ministry.empty()) page.ministry = row.ministry;
  if (page.agencies.empty()) page.agencies = row.agencies;
  if (page.field.empty()) page.field = row.field;
  page.listed = row;
  return page;
}

}  // namespace catalogue
