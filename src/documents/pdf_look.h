#pragma once
// pdf_look.h - what a PDF does or carries besides its pages.
//
// Looks at every object that the file has, not only at what the pages reach: viewers differ in
// where they look.
//
// Source: ISO 32000-1, 12.6 (actions), 7.11.4 (embedded files), 13 (multimedia); Adobe XFA 3.3.
#include <functional>
#include <string>
#include <string_view>

#include "documents/media_type.h"

class QPDF;

namespace documents::internal {

struct PdfLook {
  bool has_scripts = false;
  // What it would run besides scripts: "Launch", "SubmitForm" …; empty: nothing.
  std::string action;
  // The first embedded file that is not taken, by its name; empty: none.
  std::string carried;
  ContentKind carried_kind = ContentKind::unknown;
  bool too_large = false;  // an embedded file unpacks to too much
};

// Of an embedded file: is it one that is taken?
using TakesFile = std::function<bool(std::string_view bytes)>;

// Throws what QPDF throws.
[[nodiscard]] PdfLook look_at(QPDF& pdf, const TakesFile& takes, std::uint64_t bytes_max);

}  // namespace documents::internal
