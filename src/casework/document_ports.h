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

// A paper as a stranger hands it in.
struct OfferedFile {
  std::string bytes;
  std::string name;
  std::string declared;   // media type the sender says
  std::string procedure;  // whose paper it is to be, or empty
  std::string component;
};

struct InspectedUpload {
  std::string bytes;       // what is kept: the upload, or what was made of it
  std::string media_type;  // by content
  // Media type of the upload, when what is kept was made of it (converted, or drawn anew): then the
  // upload itself is sealed beside it.
  std::string converted_from;
};

class FileInspector {
 public:
  virtual ~FileInspector() = default;
  // Failure `unsupported` or `unprocessable` says what the file seems to be and what to send.
  // `unavailable`: it could not be looked at now.
  [[nodiscard]] virtual Answer<InspectedUpload> inspect(OfferedFile offered) = 0;
};

struct ScanVerdict {
  bool infected = false;
  std::string threat;  // what the scanner calls it
  std::string engine;  // engine and signatures with their versions, "ClamAV 1.4.6/27500/…"
};

// Looks for what harms whoever opens it.  Any thread.
class FileScanner {
 public:
  virtual ~FileScanner() = default;
  // A fault is no verdict: `unavailable` (ask again later), `exhausted` (it takes no such size).
  [[nodiscard]] virtual base::Outcome<ScanVerdict> scan(std::string_view bytes) = 0;
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
