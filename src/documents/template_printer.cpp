#include "documents/template_printer.h"

#include "documents/qr_code.h"

namespace documents {

base::Outcome<std::string> TemplatePrinter::print(const std::string& template_id, calendar::Date on,
                                                  const base::json::value& fields) {
  const DocumentTemplate* found = templates_.find(template_id, std::chrono::year_month_day{on});
  if (found == nullptr) {
    return base::fault(base::FaultCode::not_found,
                       "no template " + template_id + " in force on " + calendar::to_iso(on));
  }
  return render(*found, fields);
}

base::Outcome<std::string> TemplatePrinter::qr_svg(std::string_view text, std::string_view title) {
  const QrCode code = TRY(QrCode::of(text));
  return code.svg(title);
}

}  // namespace documents
