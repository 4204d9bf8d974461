#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>

#include <unistd.h>
#include <xlsxwriter.h>

#include "base/ensure.h"
#include "base/overloaded.h"
#include "documents/spreadsheet.h"
#include "documents/spreadsheet_cell.h"
#include "documents/text_block.h"

namespace documents {
namespace {

using base::FaultCode;

constexpr std::size_t kRowsMax = 1'048'575;      // Excel's 1,048,576 less the header
constexpr std::int64_t kExactMax = 1LL << 53LL;  // numbers in a workbook are doubles

// A folder of its own for the workbook and the library's working files; gone with the object.
class WorkFolder {
 public:
  WorkFolder() {
    std::error_code problem;
    std::string pattern =
        (std::filesystem::temp_directory_path(problem) / "motcua-sheet-XXXXXX").string();
    if (!problem && mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~WorkFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

std::string sheet_name(std::string_view wished) {
  std::string name;
  std::size_t characters = 0;
  for (const char c : internal::printable(wished, 200)) {
    const bool begins = (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
    if (std::string_view("[]:*?/\\'\n").find(c) != std::string_view::npos) continue;
    if (begins && ++characters > 31) break;
    name += c;
  }
  return name.empty() ? "Sheet1" : name;
}

double serial_day(Day day) {
  // Excel's day 1 is 1900-01-01 and it believes in 1900-02-29; later days count from 1899-12-30.
  const auto since =
      std::chrono::sys_days{day} - std::chrono::sys_days{std::chrono::year{1899} / 12 / 30};
  return static_cast<double>(since.count());
}

struct Formats {
  lxw_format *header, *text, *day, *moment;
};

void put(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const Cell& cell,
         const Formats& formats) {
  const auto put_text = [&](const std::string& text) {
    worksheet_write_string(sheet, row, column, text.c_str(), formats.text);
  };
  std::visit(
      base::Overloaded{
          [](std::monostate) {},
          [&](const std::string& text) { put_text(internal::neutralised(text)); },
          [&](std::int64_t number) {
            if (number > kExactMax || number < -kExactMax) {
              put_text(std::to_string(number));
            } else {
              worksheet_write_number(sheet, row, column, static_cast<double>(number), nullptr);
            }
          },
          [&](double number) {
            if (std::isfinite(number)) {
              worksheet_write_number(sheet, row, column, number, nullptr);
            }
          },
          [&](Day day) {
            // Days before 1900 do not exist in a workbook.
            if (day < std::chrono::year{1900} / 3 / 1) {
              put_text(internal::iso_of(day));
            } else {
              worksheet_write_number(sheet, row, column, serial_day(day), formats.day);
            }
          },
          [&](Moment moment) {
            const auto local = moment + std::chrono::hours{7};
            const auto day = std::chrono::floor<std::chrono::days>(local);
            const double part = static_cast<double>((local - day).count()) / 86'400.0;
            worksheet_write_number(sheet, row, column, serial_day(Day{day}) + part, formats.moment);
          },
      },
      cell);
}

}  // namespace

base::Outcome<std::string> write_xlsx(const Sheet& sheet, const NextRow& next_row) {
  ENSURE(!sheet.columns.empty(), "a sheet has columns");
  const WorkFolder folder;
  if (folder.path().empty()) {
    return base::fault(FaultCode::unavailable, "no temporary folder for the workbook");
  }
  const std::string file = folder.path() + "/sheet.xlsx";
  // The library keeps the name of its working folder and may change it.
  std::string work = folder.path();
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  options.tmpdir = work.data();
  lxw_workbook* const book = workbook_new_opt(file.c_str(), &options);
  if (book == nullptr) return base::fault(FaultCode::unavailable, "cannot start a workbook");
  lxw_worksheet* const page = workbook_add_worksheet(book, sheet_name(sheet.name).c_str());
  if (page == nullptr) {
    workbook_close(book);
    return base::fault(FaultCode::invalid, "not a name for a sheet");
  }
  const Formats formats{workbook_add_format(book), workbook_add_format(book),
                        workbook_add_format(book), workbook_add_format(book)};
  format_set_bold(formats.header);
  format_set_text_wrap(formats.header);
  format_set_bottom(formats.header, LXW_BORDER_THIN);
  format_set_align(formats.header, LXW_ALIGN_VERTICAL_TOP);
  format_set_num_format(formats.text, "@");
  format_set_num_format(formats.day, "dd/mm/yyyy");
  format_set_num_format(formats.moment, "dd/mm/yyyy hh:mm");

  const auto columns = static_cast<lxw_col_t>(sheet.columns.size());
  for (lxw_col_t i = 0; i < columns; ++i) {
    worksheet_set_column(page, i, i, sheet.columns[i].width, nullptr);
    worksheet_write_string(page, 0, i, internal::neutralised(sheet.columns[i].title).c_str(),
                           formats.header);
  }
  worksheet_freeze_panes(page, 1, 0);

  Row row;
  std::size_t rows = 0;
  bool too_long = false;
  while (row.clear(), next_row(row)) {
    ENSURE(row.size() <= sheet.columns.size(), "a row has no more cells than the sheet columns");
    if (++rows > kRowsMax) {
      too_long = true;
      break;
    }
    for (std::size_t i = 0; i < row.size(); ++i) {
      put(page, static_cast<lxw_row_t>(rows), static_cast<lxw_col_t>(i), row[i], formats);
    }
  }
  if (rows > 0 && !too_long) {
    worksheet_autofilter(page, 0, 0, static_cast<lxw_row_t>(rows),
                         static_cast<lxw_col_t>(columns - 1));
  }
  const lxw_error closed = workbook_close(book);
  if (too_long) return base::fault(FaultCode::exhausted, "a sheet holds 1,048,575 rows");
  if (closed != LXW_NO_ERROR) {
    return base::fault(FaultCode::exhausted, std::string("workbook: ") + lxw_strerror(closed));
  }
  std::ifstream stream(file, std::ios::binary | std::ios::ate);
  const auto size = stream.tellg();
  if (!stream || size <= 0) return base::fault(FaultCode::unavailable, "cannot read the workbook");
  std::string bytes(static_cast<std::size_t>(size), '\0');
  stream.seekg(0);
  stream.read(bytes.data(), size);
  if (!stream) return base::fault(FaultCode::unavailable, "cannot read the workbook");
  return bytes;
}

}  // namespace documents
