#include "documents/template_printer.h"

#include "base/overloaded.h"
#include "documents/pdf_attachment.h"
#include "documents/qr_code.h"
#include "documents/spreadsheet.h"

namespace documents {

namespace {

Cell cell_of(const casework::SheetCell& cell) {
  return std::visit(base::Overloaded{[](const calendar::Date& on) -> Cell {
                                       return std::chrono::year_month_day{on};
                                     },
                                     [](const calendar::Instant& at) -> Cell {
                                       return std::chrono::floor<std::chrono::seconds>(at);
                                     },
                                     [](const auto& other) -> Cell { return other; }},
                    cell);
}

}  // namespace

base::Outcome<std::string> TemplatePrinter::print(const std::string& template_id, calendar::Date on,
                                                  const base::json::value& fields) {
  const DocumentTemplate* found = templates_.find(template_id, std::chrono::year_month_day{on});
  if (found == nullptr) {
    return base::fault(base::FaultCode::not_found,
                       "no template " + template_id + " in force on " + calendar::to_iso(on));
  }
  return render(*found, fields);
}

base::Outcome<std::string> TemplatePrinter::spreadsheet(const casework::SheetTable& table) {
  Sheet sheet{.name = table.name, .columns = {}};
  for (const casework::SheetColumn& column : table.columns) {
    sheet.columns.push_back({column.title, static_cast<double>(column.width)});
  }
  std::size_t next = 0;
  return write_xlsx(sheet, [&](Row& row) {
    if (next == table.rows.size()) return false;
    for (const casework::SheetCell& cell : table.rows[next]) row.push_back(cell_of(cell));
    ++next;
    return true;
  });
}

base::Outcome<std::string> TemplatePrinter::qr_svg(std::string_view text, std::string_view title) {
  const QrCode code = TRY(QrCode::of(text));
  return code.svg(title);
}

base::Outcome<std::string> TemplatePrinter::attach(std::string_view pdf,
                                                   const casework::PdfAttachment& file) {
  return attach_to_pdf(pdf, file);
}

}  // namespace documents
