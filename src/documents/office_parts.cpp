#include "documents/office_parts.h"

#include <algorithm>
#include <array>

namespace documents::internal {
namespace {

using base::Done;
using base::Failure;
using base::Result;

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

bool is_xml(std::string_view name) {
  return name.ends_with(".xml") || name.ends_with(".rels") || name.ends_with(".vml") ||
         name.ends_with(".rdf");
}

// As text of one byte a character, however it is encoded: the words looked for are ASCII.
std::string without_zero_bytes(std::string_view part) {
  std::string text;
  text.reserve(part.size());
  std::ranges::copy_if(part, std::back_inserter(text), [](char c) { return c != '\0'; });
  return text;
}

// The value of an attribute within a tag; empty where it has none.
std::string_view attribute(std::string_view tag, std::string_view name) {
  for (std::size_t at = tag.find(name); at != std::string_view::npos;
       at = tag.find(name, at + name.size())) {
    std::size_t next = tag.find_first_not_of(" \t\r\n", at + name.size());
    if (next == std::string_view::npos || tag[next] != '=') continue;
    next = tag.find_first_not_of(" \t\r\n", next + 1);
    if (next == std::string_view::npos || (tag[next] != '"' && tag[next] != '\'')) continue;
    const std::size_t end = tag.find(tag[next], next + 1);
    if (end == std::string_view::npos) return {};
    return tag.substr(next + 1, end - next - 1);
  }
  return {};
}

// A relation to the outside that is followed when the document is opened.  Hyperlinks wait for a
// click.  A type that is written in character references is not worth understanding.
bool fetches_something(std::string_view relations) {
  for (std::size_t at = relations.find("<"); at != std::string_view::npos;
       at = relations.find("<", at + 1)) {
    const std::size_t end = relations.find('>', at);
    const std::string_view tag =
        relations.substr(at, end == std::string_view::npos ? end : end - at);
    const std::string_view mode = attribute(tag, "TargetMode");
    if (mode.empty()) continue;
    if (mode == "Internal") continue;
    if (!attribute(tag, "Type").ends_with("/hyperlink")) return true;
  }
  return false;
}

}  // namespace

Result<Done, RefusedFile> OfficeParts::take(std::string_view name, std::string_view part) {
  const std::string path = lower(name);
  const auto refuse = [&](FileRefusal refusal) {
    return Failure{RefusedFile{.refusal = refusal,
                               .seems = type_ == MediaType::docx   ? ContentKind::word
                                        : type_ == MediaType::xlsx ? ContentKind::spreadsheet
                                                                   : ContentKind::open_document,
                               .detail = std::string{name.substr(0, 80)}}};
  };
  // Visual Basic, macros of version 4, ActiveX, OpenDocument's own.
  for (const char* mark : {"vbaproject", "vbadata", "macrosheets/", "activex/", "basic/",
                           "scripts/", "dialogs/", "attachedtoolbars"}) {
    if (path.find(mark) != std::string::npos) return refuse(FileRefusal::macros);
  }
  const ContentKind kind = kind_of_content(part.substr(0, 65'536));
  if (kind == ContentKind::executable || kind == ContentKind::script) {
    return refuse(FileRefusal::archive_member);
  }
  // Old objects (OLE) hide what they are, programs among it.
  if (kind == ContentKind::old_office) return refuse(FileRefusal::archive_member);
  if (is_xml(path) || kind == ContentKind::xml) {
    const std::string text = without_zero_bytes(part);
    if (text.find("<!DOCTYPE") != std::string::npos || text.find("<!ENTITY") != std::string::npos) {
      return refuse(FileRefusal::hidden_content);
    }
    if (path == "[content_types].xml") {
      has_types_ = true;
      if (text.find("macroEnabled") != std::string::npos ||
          text.find("vbaProject") != std::string::npos) {
        return refuse(FileRefusal::macros);
      }
    }
    if (path.ends_with(".rels") && fetches_something(text)) {
      return refuse(FileRefusal::remote_content);
    }
    // Fields that fetch or run: DDE, and text that is included from an address.
    if (type_ == MediaType::docx && path.starts_with("word/") &&
        (text.find("DDEAUTO") != std::string::npos || text.find(" DDE ") != std::string::npos ||
         text.find("INCLUDEPICTURE \"http") != std::string::npos ||
         text.find("INCLUDETEXT \"http") != std::string::npos)) {
      return refuse(FileRefusal::remote_content);
    }
    if (type_ == MediaType::xlsx && path.find("externallinks/") != std::string::npos &&
        text.find("<ddeLink") != std::string::npos) {
      return refuse(FileRefusal::remote_content);
    }
    if (path == "meta-inf/manifest.xml" && text.find("encryption-data") != std::string::npos) {
      return refuse(FileRefusal::encrypted);
    }
    if (type_ == MediaType::odt && text.find("script:event-listener") != std::string::npos) {
      return refuse(FileRefusal::macros);
    }
  }
  if (type_ == MediaType::docx && path == "word/document.xml") has_body_ = true;
  if (type_ == MediaType::xlsx && path == "xl/workbook.xml") has_body_ = true;
  if (type_ == MediaType::odt) {
    if (path == "content.xml") has_body_ = true;
    if (path == "mimetype" && part == mime_of(MediaType::odt)) has_types_ = true;
  }
  return Done{};
}

bool OfficeParts::is_attached_file(std::string_view name) const {
  const std::string path = lower(name);
  return path.find("embeddings/") != std::string::npos ||
         (type_ == MediaType::odt && path.starts_with("object ") && !is_xml(path));
}

Result<Done, RefusedFile> OfficeParts::check_complete() const {
  if (has_types_ && has_body_) return Done{};
  return Failure{RefusedFile{.refusal = FileRefusal::damaged,
                             .seems = type_ == MediaType::docx   ? ContentKind::word
                                      : type_ == MediaType::xlsx ? ContentKind::spreadsheet
                                                                 : ContentKind::open_document}};
}

}  // namespace documents::internal
