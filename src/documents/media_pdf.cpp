#include "documents/media_pdf.h"

#include <exception>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFObjectHandle.hh>

namespace documents::internal {
namespace {

bool has_active_content(QPDF& pdf) {
  QPDFObjectHandle root = pdf.getRoot();
  if (root.hasKey("/AA")) return true;
  if (root.hasKey("/OpenAction")) {
    QPDFObjectHandle action = root.getKey("/OpenAction");
    // An array only says at which page to open.
    if (action.isDictionary() && action.hasKey("/S") && action.getKey("/S").isName() &&
        action.getKey("/S").getName() != "/GoTo") {
      return true;
    }
  }
  QPDFObjectHandle names = root.getKey("/Names");
  return names.isDictionary() && (names.hasKey("/JavaScript") || names.hasKey("/EmbeddedFiles"));
}

}  // namespace

base::Result<PdfFacts, FileRefusal> inspect_pdf(std::string_view bytes) {
  PdfFacts facts;
  const std::size_t mark = bytes.rfind("%%EOF");
  if (mark == std::string_view::npos) return base::Failure{FileRefusal::truncated};
  facts.end = mark + 5;
  while (facts.end < bytes.size() && (bytes[facts.end] == '\r' || bytes[facts.end] == '\n' ||
                                      bytes[facts.end] == ' ' || bytes[facts.end] == '\0')) {
    ++facts.end;
  }
  try {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    // Sloppy but complete files are common among scanners: their tables of contents are rebuilt.
    pdf.setAttemptRecovery(true);
    pdf.processMemoryFile("upload", bytes.data(), bytes.size());
    if (pdf.isEncrypted()) return base::Failure{FileRefusal::encrypted};
    facts.pages = static_cast<int>(pdf.getAllPages().size());
    if (facts.pages == 0) return base::Failure{FileRefusal::no_pages};
    for (QPDFObjectHandle page : pdf.getAllPages()) {
      if (!page.isDictionary()) return base::Failure{FileRefusal::damaged};
    }
    facts.has_active_content = has_active_content(pdf);
    return facts;
  } catch (const QPDFExc& problem) {
    return base::Failure{problem.getErrorCode() == qpdf_e_password ? FileRefusal::encrypted
                                                                   : FileRefusal::damaged};
  } catch (const std::exception&) {
    return base::Failure{FileRefusal::damaged};
  }
}

}  // namespace documents::internal
