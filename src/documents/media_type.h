#pragma once
// media_type.h - what a file really is, by its content; names and declared types are only compared.
//
// Four types are taken from strangers unless the policy says otherwise (intake_policy.h): PDF,
// JPEG, PNG, HEIC.  Everything else is refused with what it seems to be, so that the person hears
// "this is a Word document" and not "wrong file".
//
// Source: TT 01/2023/TT-VPCP, art. 8(2); TT 02/2019/TT-BNV (scans are PDF, photographs JPEG).
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace documents {

enum class MediaType { pdf, jpeg, png, heic, docx, xlsx, odt, zip };

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
  active_content,     // a PDF that runs something: JavaScript, a program, a form that sends itself
  macros,             // an Office document with a program in it
  remote_content,     // an Office document that fetches something when it is opened
  too_demanding,      // looking at it took more time or memory than is given
  archive_inconsistent,      // directory and entries of a ZIP do not tell the same
  archive_too_many_entries,  // more than ArchiveLimits::entries
  archive_too_large,         // unpacks to more than ArchiveLimits::unpacked_bytes
  archive_ratio,             // unpacks to more than ArchiveLimits::ratio times its size
  archive_too_deep,          // archives within archives beyond ArchiveLimits::depth
  archive_unsafe_name,       // "../x", "/x", "C:x", a name with control characters
  archive_link,              // a link or a device instead of a file
  archive_duplicate_name,    // two entries of one name
  archive_member,            // a member that would not be taken on its own either
};

// Source: assurance of uploads, D13: a scanner alone says "clean" to 459 KB that open to 450 MB.
struct ArchiveLimits {
  std::size_t entries = 1'000;  // of it and all archives in it
  std::uint64_t unpacked_bytes = 200'000'000;
  std::uint64_t ratio = 100;
  int depth = 2;                            // an archive in an archive, and no further
  std::uint64_t member_bytes = 32'000'000;  // of one that has to be looked into
};

struct InspectionRules {
  std::vector<MediaType> accepted{MediaType::pdf, MediaType::jpeg, MediaType::png, MediaType::heic};
  ArchiveLimits archive{};
  bool takes_scripts = false;  // a PDF's JavaScript is taken
};

inline constexpr std::uint64_t kPixelsMax = 60'000'000;
inline constexpr int kPagesMax = 2'000;

struct InspectedFile {
  MediaType type = MediaType::pdf;
  std::uint32_t width = 0, height = 0;  // pixels as stored; 0 for PDF
  int pages = 1;
  bool has_active_content = false;  // a PDF with scripts, where the rules take them
  bool name_differs = false;        // the file name's ending says another type
  bool declared_differs = false;    // the declared media type is another one
};

struct RefusedFile {
  FileRefusal refusal = FileRefusal::empty;
  ContentKind seems = ContentKind::unknown;
  std::string detail{};  // which member or action, or empty
  // What would have been taken in its place.
  std::vector<MediaType> accepted{};
};

[[nodiscard]] ContentKind kind_of_content(std::string_view bytes);

// `name` and `declared` ("image/jpeg") may be empty: then they do not differ.
[[nodiscard]] base::Result<InspectedFile, RefusedFile> inspect_file(std::string_view bytes,
                                                                    std::string_view name = {},
                                                                    std::string_view declared = {});
[[nodiscard]] base::Result<InspectedFile, RefusedFile> inspect_file(std::string_view bytes,
                                                                    const InspectionRules& rules,
                                                                    std::string_view name,
                                                                    std::string_view declared);

[[nodiscard]] std::string_view mime_of(MediaType type);  // "application/pdf"
[[nodiscard]] std::string_view name_of(MediaType type);  // "PDF"
[[nodiscard]] std::optional<MediaType> parse_media_type(std::string_view code);  // "pdf"
[[nodiscard]] std::string_view extension_of(MediaType type);                     // ".pdf"
[[nodiscard]] std::string_view code_of(FileRefusal refusal);  // "type_not_accepted"
[[nodiscard]] std::string_view code_of(ContentKind kind);     // "word"
// What to tell the person; Vietnamese and English.
[[nodiscard]] std::string message_vi(const RefusedFile& refused);
[[nodiscard]] std::string message_en(const RefusedFile& refused);

}  // namespace documents
