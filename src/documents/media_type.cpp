#include "documents/media_type.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>

#include "base/text.h"
#include "documents/archive_inspection.h"
#include "documents/media_heic.h"
#include "documents/media_jpeg.h"
#include "documents/media_pdf.h"
#include "documents/media_png.h"

namespace documents {
namespace {

using namespace std::string_view_literals;

bool starts_with_any(std::string_view bytes, std::initializer_list<std::string_view> starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [&](std::string_view start) { return bytes.starts_with(start); });
}

std::string lower_ascii(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

ContentKind kind_of_zip(std::string_view bytes) {
  // Names stand in clear text in the local headers; the directory at the end repeats them.
  const std::string_view head = bytes.substr(0, 64 * 1024);
  const std::string_view tail =
      bytes.size() > 64 * 1024 ? bytes.substr(bytes.size() - 64 * 1024) : std::string_view{};
  const auto has = [&](std::string_view name) {
    return head.find(name) != std::string_view::npos || tail.find(name) != std::string_view::npos;
  };
  if (has("mimetypeapplication/vnd.oasis")) return ContentKind::open_document;
  if (has("word/document.xml") || has("word/")) return ContentKind::word;
  if (has("xl/workbook.xml") || has("xl/")) return ContentKind::spreadsheet;
  if (has("ppt/")) return ContentKind::slides;
  return ContentKind::zip;
}

ContentKind kind_of_brand(std::string_view bytes) {
  constexpr std::array kHeic = {"heic"sv, "heix"sv, "heim"sv, "heis"sv, "mif1"sv};
  const std::string_view brand = bytes.substr(8, 4);
  return std::find(kHeic.begin(), kHeic.end(), brand) != kHeic.end() ? ContentKind::heic
                                                                     : ContentKind::video;
}

ContentKind kind_of_text(std::string_view bytes) {
  std::string_view head = bytes.substr(0, 4096);
  // A character may be cut at the end of the piece looked at.
  const bool is_cut = bytes.size() > head.size();
  for (int i = 0; i < 4 && is_cut && !base::is_utf8(head); ++i) {
    head.remove_suffix(1);
  }
  if (head.starts_with("\xef\xbb\xbf")) head.remove_prefix(3);
  const bool has_controls = std::any_of(head.begin(), head.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f';
  });
  if (has_controls || !base::is_utf8(head)) return ContentKind::unknown;
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  const std::string start =
      lower_ascii(head.substr(first == std::string_view::npos ? head.size() : first));
  if (start.find("<svg") != std::string::npos && start.starts_with('<')) return ContentKind::svg;
  if (start.starts_with('<') &&
      (start.find("<html") != std::string::npos || start.find("<!doctype html") == 0 ||
       start.find("<script") != std::string::npos || start.find("<body") != std::string::npos ||
       start.find("<head") != std::string::npos)) {
    return ContentKind::html;
  }
  if (start.starts_with("<?xml")) return ContentKind::xml;
  return ContentKind::text;
}

std::optional<MediaType> type_of(ContentKind kind) {
  switch (kind) {
    case ContentKind::pdf:
      return MediaType::pdf;
    case ContentKind::jpeg:
      return MediaType::jpeg;
    case ContentKind::png:
      return MediaType::png;
    case ContentKind::heic:
      return MediaType::heic;
    case ContentKind::word:
      return MediaType::docx;
    case ContentKind::spreadsheet:
      return MediaType::xlsx;
    case ContentKind::open_document:
      return MediaType::odt;
    case ContentKind::zip:
      return MediaType::zip;
    default:
      return std::nullopt;
  }
}

bool name_differs(std::string_view name, MediaType type) {
  const std::size_t dot = name.rfind('.');
  if (name.empty()) return false;
  const std::string ending = dot == std::string_view::npos ? "" : lower_ascii(name.substr(dot));
  switch (type) {
    case MediaType::pdf:
      return ending != ".pdf";
    case MediaType::jpeg:
      return ending != ".jpg" && ending != ".jpeg" && ending != ".jfif" && ending != ".jpe";
    case MediaType::png:
      return ending != ".png";
    case MediaType::heic:
      return ending != ".heic" && ending != ".heif";
    case MediaType::docx:
    case MediaType::xlsx:
    case MediaType::odt:
    case MediaType::zip:
      return ending != extension_of(type);
  }
  return true;
}

bool declared_differs(std::string_view declared, MediaType type) {
  const std::string name = lower_ascii(declared.substr(0, declared.find_first_of("; ")));
  // What browsers send when they do not know.
  if (name.empty() || name == "application/octet-stream") return false;
  if (type == MediaType::heic && name == "image/heif") return false;
  if (type == MediaType::jpeg && name == "image/jpg") return false;
  return name != mime_of(type);
}

// The end of a ZIP's directory, whose comment may swallow what follows it.
bool has_zip_end(std::string_view bytes) {
  constexpr std::size_t kEnd = 22;
  const std::size_t first = bytes.size() - std::min<std::size_t>(bytes.size(), kEnd + 65'535);
  for (std::size_t at = bytes.find("PK\x05\x06"sv, first); at != std::string_view::npos;
       at = bytes.find("PK\x05\x06"sv, at + 1)) {
    // On one disk, as all are.
    if (bytes.size() - at >= kEnd && bytes.substr(at + 4, 4) == "\0\0\0\0"sv) return true;
  }
  return false;
}

// Browsers that guess take the first such word for the type.
bool is_web_page(std::string_view head) {
  const std::string text = lower_ascii(head);
  for (const char* word : {"<html", "<script", "<!doctype html", "<svg", "<body", "<iframe"}) {
    if (text.find(word) != std::string::npos) return true;
  }
  return false;
}

// What hides behind the end of an image: phones append previews and clips, attackers archives.
bool is_hidden_file(std::string_view rest) {
  if (rest.empty()) return false;
  switch (kind_of_content(rest)) {
    case ContentKind::zip:
    case ContentKind::word:
    case ContentKind::spreadsheet:
    case ContentKind::slides:
    case ContentKind::open_document:
    case ContentKind::archive:
    case ContentKind::old_office:
    case ContentKind::executable:
    case ContentKind::script:
    case ContentKind::html:
    case ContentKind::svg:
    case ContentKind::pdf:
      return true;
    default:
      break;
  }
  // A ZIP is found by its directory at the end, whatever stands before it.
  const std::string_view tail = rest.substr(rest.size() > 66'000 ? rest.size() - 66'000 : 0);
  return tail.find("PK\x05\x06"sv) != std::string_view::npos ||
         rest.substr(0, 4096).find("%PDF-") != std::string_view::npos ||
         lower_ascii(rest.substr(0, 4096)).find("<script") != std::string::npos;
}

}  // namespace

ContentKind kind_of_content(std::string_view bytes) {
  if (bytes.empty()) return ContentKind::empty;
  if (bytes.starts_with("%PDF-")) return ContentKind::pdf;
  if (bytes.starts_with("\xff\xd8\xff"sv)) return ContentKind::jpeg;
  if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return ContentKind::png;
  if (bytes.size() >= 12 && bytes.substr(4, 4) == "ftyp") return kind_of_brand(bytes);
  if (starts_with_any(bytes, {"GIF87a"sv, "GIF89a"sv})) return ContentKind::gif;
  if (bytes.starts_with("RIFF") && bytes.size() >= 12) {
    return bytes.substr(8, 4) == "WEBP" ? ContentKind::webp : ContentKind::video;
  }
  if (starts_with_any(bytes, {"II*\0"sv, "MM\0*"sv})) return ContentKind::tiff;
  if (bytes.starts_with("BM") && bytes.size() >= 10 && bytes.substr(6, 4) == "\0\0\0\0"sv) {
    return ContentKind::bitmap;
  }
  if (starts_with_any(bytes, {"\x1a\x45\xdf\xa3"sv, "\0\0\x01\xba"sv})) return ContentKind::video;
  if (starts_with_any(bytes, {"PK\x03\x04"sv, "PK\x05\x06"sv})) return kind_of_zip(bytes);
  if (starts_with_any(bytes,
                      {"Rar!"sv, "7z\xbc\xaf\x27\x1c"sv, "\x1f\x8b"sv, "BZh"sv, "\xfd\x37zXZ"sv})) {
    return ContentKind::archive;
  }
  if (bytes.starts_with("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv)) return ContentKind::old_office;
  if (starts_with_any(bytes, {"MZ"sv, "\x7f\x45LF"sv, "\xcf\xfa\xed\xfe"sv, "\xca\xfe\xba\xbe"sv,
                              "\xfe\xed\xfa\xcf"sv})) {
    return ContentKind::executable;
  }
  if (bytes.starts_with("#!")) return ContentKind::script;
  return kind_of_text(bytes);
}

base::Result<InspectedFile, RefusedFile> inspect_file(std::string_view bytes, std::string_view name,
                                                      std::string_view declared) {
  return inspect_file(bytes, InspectionRules{}, name, declared);
}

base::Result<InspectedFile, RefusedFile> inspect_file(std::string_view bytes,
                                                      const InspectionRules& rules,
                                                      std::string_view name,
                                                      std::string_view declared) {
  internal::ArchiveBudget budget{.packed = bytes.size()};
  auto file = internal::inspect_within(bytes, rules, budget);
  if (!file) return file;
  file->name_differs = name_differs(name, file->type);
  file->declared_differs = declared_differs(declared, file->type);
  return file;
}

namespace internal {

namespace {

// What a PDF may carry: papers, and data like those of electronic invoices.
bool may_be_carried(std::string_view bytes, const InspectionRules& rules, ArchiveBudget& budget) {
  const ContentKind kind = kind_of_content(bytes);
  if (kind == ContentKind::xml || kind == ContentKind::text) return true;
  InspectionRules inside = rules;
  inside.accepted = {MediaType::pdf, MediaType::jpeg, MediaType::png};
  constexpr int kDeepest = 4;
  if (budget.depth >= kDeepest) return false;
  ++budget.depth;
  const bool taken = inspect_within(bytes, inside, budget).has_value();
  --budget.depth;
  return taken;
}

base::Result<ImageFacts, FileRefusal> inspect_image(std::string_view bytes, MediaType type) {
  if (type == MediaType::jpeg) return inspect_jpeg(bytes);
  if (type == MediaType::png) return inspect_png(bytes);
  return inspect_heic(bytes);
}

}  // namespace

base::Result<InspectedFile, RefusedFile> inspect_within(std::string_view bytes,
                                                        const InspectionRules& rules,
                                                        ArchiveBudget& budget) {
  const ContentKind kind = kind_of_content(bytes);
  const auto refuse = [&](FileRefusal refusal) {
    return base::Failure{
        RefusedFile{.refusal = refusal, .seems = kind, .detail = {}, .accepted = rules.accepted}};
  };
  if (kind == ContentKind::empty) return refuse(FileRefusal::empty);
  const auto type = type_of(kind);
  if (!type || std::ranges::find(rules.accepted, *type) == rules.accepted.end()) {
    return refuse(FileRefusal::type_not_accepted);
  }
  InspectedFile file;
  file.type = *type;
  std::size_t end = bytes.size();
  switch (*type) {
    case MediaType::pdf: {
      const auto facts = inspect_pdf(bytes, rules, [&](std::string_view carried) {
        return may_be_carried(carried, rules, budget);
      });
      if (!facts) return base::Failure{facts.error()};
      file.pages = facts->pages;
      file.has_active_content = facts->has_active_content;
      end = facts->end;
      // Programs that unpack look for their directory from the end, PDF or not.
      if (has_zip_end(bytes) || is_web_page(bytes.substr(0, 1024))) {
        return refuse(FileRefusal::hidden_content);
      }
      break;
    }
    case MediaType::jpeg:
    case MediaType::png:
    case MediaType::heic: {
      const auto facts = inspect_image(bytes, *type);
      if (!facts) return refuse(facts.error());
      file.width = facts->width;
      file.height = facts->height;
      end = facts->end;
      break;
    }
    case MediaType::docx:
    case MediaType::xlsx:
    case MediaType::odt:
    case MediaType::zip: {
      const auto looked = inspect_archive(bytes, *type, rules, budget);
      if (!looked) return base::Failure{looked.error()};
      break;
    }
  }
  if (is_hidden_file(bytes.substr(end))) return refuse(FileRefusal::hidden_content);
  return file;
}

}  // namespace internal

std::string_view mime_of(MediaType type) {
  switch (type) {
    case MediaType::pdf:
      return "application/pdf";
    case MediaType::jpeg:
      return "image/jpeg";
    case MediaType::png:
      return "image/png";
    case MediaType::heic:
      return "image/heic";
    case MediaType::docx:
      return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    case MediaType::xlsx:
      return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    case MediaType::odt:
      return "application/vnd.oasis.opendocument.text";
    case MediaType::zip:
      return "application/zip";
  }
  return "application/octet-stream";
}

std::string_view extension_of(MediaType type) {
  switch (type) {
    case MediaType::pdf:
      return ".pdf";
    case MediaType::jpeg:
      return ".jpg";
    case MediaType::png:
      return ".png";
    case MediaType::heic:
      return ".heic";
    case MediaType::docx:
      return ".docx";
    case MediaType::xlsx:
      return ".xlsx";
    case MediaType::odt:
      return ".odt";
    case MediaType::zip:
      return ".zip";
  }
  return "";
}

std::string_view name_of(MediaType type) {
  switch (type) {
    case MediaType::pdf:
      return "PDF";
    case MediaType::jpeg:
      return "JPEG";
    case MediaType::png:
      return "PNG";
    case MediaType::heic:
      return "HEIC";
    case MediaType::docx:
      return "DOCX";
    case MediaType::xlsx:
      return "XLSX";
    case MediaType::odt:
      return "ODT";
    case MediaType::zip:
      return "ZIP";
  }
  return "";
}

std::optional<MediaType> parse_media_type(std::string_view code) {
  for (const MediaType type : {MediaType::pdf, MediaType::jpeg, MediaType::png, MediaType::heic,
                               MediaType::docx, MediaType::xlsx, MediaType::odt, MediaType::zip}) {
    if (lower_ascii(name_of(type)) == code) return type;
  }
  return std::nullopt;
}

}  // namespace documents
