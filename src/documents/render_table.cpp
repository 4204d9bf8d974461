#include "documents/render_table.h"

#include <algorithm>

#include <boost/json.hpp>

namespace documents::internal {
namespace {

constexpr double kPadding = 3;
constexpr double kWholeRow = 0.3;  // of a page: up to this height a row stays in one piece
constexpr double kRoomMin = 50;    // points: less is not begun with

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

// Without the empty lines that fields without a value leave behind.
std::vector<Run> trimmed(const std::vector<Run>& runs) {
  std::vector<Run> kept;
  bool fresh = true;  // at the beginning of a line
  for (Run run : runs) {
    if (fresh) run.text.erase(0, run.text.find_first_not_of('\n'));
    if (run.text.empty()) continue;
    fresh = run.text.back() == '\n';
    kept.push_back(std::move(run));
  }
  while (!kept.empty()) {
    std::string& text = kept.back().text;
    const std::size_t last = text.find_last_not_of(" \n");
    text.resize(last == std::string::npos ? 0 : last + 1);
    if (!text.empty()) break;
    kept.pop_back();
  }
  return kept;
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
  // A row is not broken, unless that would leave much of a page empty.
  const double whole = page.full_height() * kWholeRow;
  if (row.height() > page.remaining() && (row.height() <= whole || page.remaining() < kRoomMin)) {
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
