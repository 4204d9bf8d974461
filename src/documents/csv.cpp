#include <charconv>
#include <cmath>

#include "base/ensure.h"
#include "base/overloaded.h"
#include "documents/spreadsheet.h"
#include "documents/spreadsheet_cell.h"

namespace documents {
namespace {

constexpr std::size_t kPiece = 64 * 1024;

// Source: RFC 4180, 2 (5 to 7).
void add_text(std::string& out, std::string_view text) {
  if (text.find_first_of("\",;\r\n\t ") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void add_cell(std::string& out, const Cell& cell) {
  std::visit(base::Overloaded{
                 [](std::monostate) {},
                 [&](const std::string& text) { add_text(out, internal::neutralised(text)); },
                 [&](std::int64_t number) { out += std::to_string(number); },
                 [&](double number) {
                   if (!std::isfinite(number)) return;
                   std::array<char, 40> text{};
                   const auto end = std::to_chars(text.data(), text.data() + text.size(), number);
                   out.append(text.data(), end.ptr);
                 },
                 [&](Day day) { out += internal::iso_of(day); },
                 [&](Moment moment) { add_text(out, internal::iso_of(moment)); },
             },
             cell);
}

}  // namespace

base::Outcome<base::Done> write_csv(const Sheet& sheet, const NextRow& next_row, const Sink& sink) {
  std::string out = "\xef\xbb\xbf";
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    if (i > 0) out += ',';
    add_text(out, internal::neutralised(sheet.columns[i].title));
  }
  out += "\r\n";
  const auto flush = [&] {
    const bool taken = sink(out);
    out.clear();
    return taken;
  };
  Row row;
  while (row.clear(), next_row(row)) {
    ENSURE(row.size() <= sheet.columns.size(), "a row has no more cells than the sheet columns");
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
      if (i > 0) out += ',';
      if (i < row.size()) add_cell(out, row[i]);
    }
    out += "\r\n";
    if (out.size() >= kPiece && !flush()) {
      return base::fault(base::FaultCode::unavailable, "the reader of the list is gone");
    }
  }
  if (!flush()) return base::fault(base::FaultCode::unavailable, "the reader of the list is gone");
  return base::Done{};
}

}  // namespace documents
