#include "documents/render_table.h"

#include <algorithm>

#include <boost/json.hpp>

namespace documents::internal {
namespace {

constexpr double kPadding = 3;

// One row being put, perhaps over several pages: each cell remembers how far it is printed.
class TableRow {
 public:
  TableRow(const std::vector<double>& widths) : widths_(widths) {}

  void add(const std::vector<Run>& runs, TextStyle style) {
    cells_.emplace_back(runs, style, widths_[cells_.size()] - 2 * kPadding);
    printed_.push_back(0);
  }
  [[nodiscard]] double height() const {
    double most = 0;
    for (const auto& cell : cells_) most = std::max(most, cell.height());
    return most + 2 * kPadding;
  }
  // Prints the lines that fit `room` (at least one a cell when `force`); true when all are printed.
  bool put(Page& page, double room, bool force) {
    double used = 0;
    double x = page.left();
    const double top = page.y();
    bool complete = true;
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      const auto& lines = cells_[i].lines();
      std::size_t& next = printed_[i];
      const double shift = next < lines.size() ? lines[next].top : 0;
      bool first = true;
      while (next < lines.size()) {
        const Line& line = lines[next];
        const double bottom = line.top - shift + line.height;
        if (bottom + 2 * kPadding > room && !(force && first)) break;
        page.put_line(line, x + kPadding, top + kPadding + line.baseline - shift);
        used = std::max(used, bottom);
        first = false;
        ++next;
      }
      complete = complete && next == lines.size();
      x += widths_[i];
    }
    const double height = used + 2 * kPadding;
    x = page.left();
    for (const double width : widths_) {
      page.put_frame(x, top, width, height);
      x += width;
    }
    page.advance(height);
    return complete;
  }

 private:
  const std::vector<double>& widths_;
  std::vector<TextBlock> cells_;
  std::vector<std::size_t> printed_;
};

// Lines at the end that hold nothing, left over from fields without a value, are not printed.
std::vector<Run> trimmed(std::vector<Run> runs) {
  while (!runs.empty()) {
    std::string& text = runs.back().text;
    const std::size_t last = text.find_last_not_of(" \n");
    if (last != std::string::npos) {
      text.resize(last + 1);
      break;
    }
    runs.pop_back();
  }
  return runs;
}

void put_head(Page& page, const Table& table, const std::vector<double>& widths,
              const Scope& scope) {
  TableRow head(widths);
  for (const auto& column : table.columns) {
    head.add(write_text(column.title, scope, Missing::omit).runs,
             {.size = table.size, .bold = true, .align = Align::center});
  }
  head.put(page, page.remaining(), true);
}

void put_row(Page& page, const Table& table, const std::vector<double>& widths, TableRow& row,
             const Scope& scope) {
  // A row that fits a page is not broken; a taller one fills what is left.
  const double fresh = page.full_height() - 60;
  if (row.height() > page.remaining() && (row.height() <= fresh || page.remaining() < 40)) {
    page.break_page();
    put_head(page, table, widths, scope);
  }
  bool force = false;
  while (!row.put(page, page.remaining(), force)) {
    page.break_page();
    put_head(page, table, widths, scope);
    force = true;
  }
}

}  // namespace

void print_table(Page& page, const Table& table, const Scope& scope, std::size_t rows_max) {
  const base::json::value* const rows = scope.find(table.rows);
  if (rows == nullptr || !rows->is_array() || rows->get_array().empty()) return;
  double parts = 0;
  for (const auto& column : table.columns) parts += column.width;
  std::vector<double> widths;
  for (const auto& column : table.columns) widths.push_back(page.width() * column.width / parts);

  page.need(60);
  put_head(page, table, widths, scope);
  std::size_t index = 0;
  for (const auto& item : rows->get_array()) {
    if (++index > rows_max) {
      page.flow(TextBlock({{"[…]"}}, {.size = table.size}, page.width()));
      break;
    }
    const Scope inner{&item, &scope, index};
    TableRow row(widths);
    for (const auto& column : table.columns) {
      row.add(trimmed(write_text(column.value, inner, Missing::omit).runs),
              {.size = table.size, .align = column.align});
    }
    put_row(page, table, widths, row, scope);
  }
  page.advance(table.size * 0.5);
}

}  // namespace documents::internal
