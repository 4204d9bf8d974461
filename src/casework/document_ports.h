#pragma once
// document_ports.h - the ports to what makes and checks documents (implemented in src/documents).
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/json.h"
#include "calendar/instant.h"
#include "casework/failure.h"

namespace casework {

struct InspectedUpload {
  std::string bytes;           // what is kept: the upload, or what it was converted to
  std::string media_type;      // by content
  std::string converted_from;  // "image/heic" when it was converted
};

class FileInspector {
 public:
  virtual ~FileInspector() = default;
  // Failure `unsupported` or `unprocessable` says what the file seems to be and what to send.
  [[nodiscard]] virtual Answer<InspectedUpload> inspect(std::string bytes, std::string_view name,
                                                        std::string_view declared) = 0;
};

// A table for a spreadsheet program.  Text that such a program could run as a formula is made
// harmless; moments are shown in Vietnamese civil time.
using SheetCell =
    std::variant<std::monostate, std::string, std::int64_t, calendar::Date, calendar::Instant>;
struct SheetColumn {
  std::string title;
  int width = 16;  // characters
};
struct SheetTable {
  std::string name;
  std::vector<SheetColumn> columns;
  std::vector<std::vector<SheetCell>> rows;  // each as long as `columns`
};

// A file inside a PDF.
struct PdfAttachment {
  std::string name;  // ASCII
  std::string media_type;
  std::string description;
  std::string bytes;
};

class Printer {
 public:
  virtual ~Printer() = default;
  // The PDF of the template's version in force on that day.  Fault not_found: no such template.
  [[nodiscard]] virtual base::Outcome<std::string> print(const std::string& template_id,
                                                         calendar::Date on,
                                                         const base::json::value& fields) = 0;
  // The table as an XLSX file.
  [[nodiscard]] virtual base::Outcome<std::string> spreadsheet(const SheetTable& table) = 0;
  [[nodiscard]] virtual base::Outcome<std::string> qr_svg(std::string_view text,
                                                          std::string_view title) = 0;
  // The PDF with the file in it, as it is: not compressed.  Fault `invalid`: not a PDF.
  [[nodiscard]] virtual base::Outcome<std::string> attach(std::string_view pdf,
                                                          const PdfAttachment& file) = 0;
};

}  // namespace casework
