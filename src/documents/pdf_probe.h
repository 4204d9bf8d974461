#pragma once
// pdf_probe.h - looks at PDFs from outside, with the programs of poppler-utils and qpdf (tests
// only).
#include <string>

namespace documents::probe {

// Exit code of a program, its output in `out`; 127 where it is not installed.
int run(const std::string& command, std::string& out);

[[nodiscard]] std::string text_of(const std::string& pdf);        // lines joined by spaces
[[nodiscard]] std::string text_in_order(const std::string& pdf);  // by layout
// In the order of printing, without spaces and hyphens: pdftotext takes a hyphen at the end of a
// line for a division.
[[nodiscard]] std::string text_without_spaces(const std::string& pdf);
[[nodiscard]] std::string without_spaces(const std::string& text);

struct PdfInfo {
  int pages = 0;
  double width = 0, height = 0;
};
[[nodiscard]] PdfInfo info_of(const std::string& pdf);
[[nodiscard]] bool all_fonts_are_embedded(const std::string& pdf);
// 0: clean.
[[nodiscard]] int qpdf_check(const std::string& pdf);
// What the QR code of the first page says; "unavailable" without a reader.
[[nodiscard]] std::string read_qr(const std::string& pdf);

// A file in the temporary folder for as long as the object lives.
class TemporaryFile {
 public:
  TemporaryFile(const std::string& bytes, const std::string& ending);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace documents::probe
