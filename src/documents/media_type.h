#pragma once
// media_type.h - what a file really is, by its content; names and declared types are only compared.
//
// Four types are taken from strangers: PDF, JPEG, PNG, HEIC.  Everything else is refused with what
// it seems to be, so that the person hears "this is a Word document" and not "wrong file".
//
// Source: TT 01/2023/TT-VPCP, art. 8(2); TT 02/2019/TT-BNV (scans are PDF, photographs JPEG).
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace documents {

enum class MediaType { pdf, jpeg, png, heic };

// What the first bytes look like.
enum class ContentKind {
  empty,
  pdf,
  jpeg,
  png,
  heic,
  gif,
  webp,
  tiff,
  bitmap,
  video,        // MP4, MOV and their kin, AVI
  word,         // DOCX, DOC
  spreadsheet,  // XLSX
  slides,       // PPTX
  open_document,
  zip,
  archive,     // RAR, 7z, gzip
  old_office,  // OLE container: DOC, XLS, PPT, MSG
  executable,  // Windows, Linux, macOS programs
  script,      // #! ...
  html,
  svg,
  xml,
  text,
  unknown,
};

enum class FileRefusal {
  empty,              // zero bytes; upload again
  type_not_accepted,  // none of the four types; `seems` says what it is
  damaged,            // begins like its type but does not hold together; scan again
  truncated,          // the end is missing; upload again
  encrypted,          // a PDF with a password; save it without
  no_pages,           // a PDF without a page
  too_many_pages,     // more than kPagesMax
  too_many_pixels,    // more than kPixelsMax, or a side above 30,000; scan with fewer dpi
  hidden_content,     // another file (ZIP, program, web page) is hidden behind or before this one
};

inline constexpr std::uint64_t kPixelsMax = 60'000'000;
inline constexpr int kPagesMax = 2'000;

struct InspectedFile {
  MediaType type = MediaType::pdf;
  std::uint32_t width = 0, height = 0;  // pixels as stored; 0 for PDF
  int pages = 1;
  // A PDF that runs or carries something: JavaScript, an action when opened, embedded files.
  // Allowed (forms of agencies do it), to be shown to the officer and opened in a sandbox only.
  bool has_active_content = false;
  bool name_differs = false;      // the file name's ending says another type
  bool declared_differs = false;  // the declared media type is another one
};

struct RefusedFile {
  FileRefusal refusal = FileRefusal::empty;
  ContentKind seems = ContentKind::unknown;
};

[[nodiscard]] ContentKind kind_of_content(std::string_view bytes);

// `name` and `declared` ("image/jpeg") may be empty: then they do not differ.
[[nodiscard]] base::Result<InspectedFile, RefusedFile> inspect_file(std::string_view bytes,
                                                                    std::string_view name = {},
                                                                    std::string_view declared = {});

[[nodiscard]] std::string_view mime_of(MediaType type);       // "application/pdf"
[[nodiscard]] std::string_view extension_of(MediaType type);  // ".pdf"
[[nodiscard]] std::string_view code_of(FileRefusal refusal);  // "type_not_accepted"
[[nodiscard]] std::string_view code_of(ContentKind kind);     // "word"
// What to tell the person; Vietnamese and English.
[[nodiscard]] std::string message_vi(const RefusedFile& refused);
[[nodiscard]] std::string message_en(const RefusedFile& refused);

}  // namespace documents
