#pragma once
// template_printer.h - prints the office's documents from a set of templates.
#include <string>
#include <string_view>
#include <utility>

#include "casework/document_ports.h"
#include "documents/document_template.h"

namespace documents {

// Immutable, any thread.
class TemplatePrinter final : public casework::Printer {
 public:
  explicit TemplatePrinter(TemplateSet templates) : templates_(std::move(templates)) {}

  [[nodiscard]] base::Outcome<std::string> print(const std::string& template_id, calendar::Date on,
                                                 const base::json::value& fields) override;
  [[nodiscard]] base::Outcome<std::string> spreadsheet(const casework::SheetTable& table) override;
  [[nodiscard]] base::Outcome<std::string> qr_svg(std::string_view text,
                                                  std::string_view title) override;
  [[nodiscard]] base::Outcome<std::string> attach(std::string_view pdf,
                                                  const casework::PdfAttachment& file) override;

 private:
  TemplateSet templates_;
};

}  // namespace documents
