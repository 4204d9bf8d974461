#include "documents/media_pdf.h"

#include <exception>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "base/text.h"

namespace documents::internal {
namespace {

using base::Failure;

Failure<RefusedFile> refuse(FileRefusal refusal, std::string detail = {}) {
  return Failure{
      RefusedFile{.refusal = refusal, .seems = ContentKind::pdf, .detail = std::move(detail)}};
}

std::string shown(const std::string& name) {
  constexpr std::size_t kLongest = 80;
  std::string text = base::to_one_line(base::is_utf8(name) ? name : "?");
  if (text.size() > kLongest) text.resize(kLongest);
  while (!base::is_utf8(text)) text.pop_back();
  return text;
}

base::Result<PdfFacts, RefusedFile> read(std::string_view bytes, const InspectionRules& rules,
                                         const TakesFile& takes, PdfFacts facts) {
  QPDF pdf;
  pdf.setSuppressWarnings(true);
  // Sloppy but complete files are common among scanners: their tables of contents are rebuilt.
  pdf.setAttemptRecovery(true);
  pdf.processMemoryFile("upload", bytes.data(), bytes.size());
  if (pdf.isEncrypted()) return refuse(FileRefusal::encrypted);
  facts.pages = static_cast<int>(pdf.getAllPages().size());
  if (facts.pages == 0) return refuse(FileRefusal::no_pages);
  if (facts.pages > kPagesMax) return refuse(FileRefusal::too_many_pages);
  for (QPDFObjectHandle page : pdf.getAllPages()) {
    if (!page.isDictionary()) return refuse(FileRefusal::damaged);
  }
  const PdfLook look = look_at(pdf, takes, rules.archive.member_bytes);
  if (!look.action.empty()) return refuse(FileRefusal::active_content, look.action);
  if (look.has_scripts && !rules.takes_scripts) {
    return refuse(FileRefusal::active_content, "JavaScript");
  }
  if (look.too_large) return refuse(FileRefusal::archive_too_large);
  if (!look.carried.empty()) return refuse(FileRefusal::hidden_content, shown(look.carried));
  facts.has_active_content = look.has_scripts;
  return facts;
}

}  // namespace

base::Result<PdfFacts, RefusedFile> inspect_pdf(std::string_view bytes,
                                                const InspectionRules& rules,
                                                const TakesFile& takes) {
  PdfFacts facts;
  const std::size_t mark = bytes.rfind("%%EOF");
  if (mark == std::string_view::npos) return refuse(FileRefusal::truncated);
  facts.end = mark + 5;
  while (facts.end < bytes.size() && (bytes[facts.end] == '\r' || bytes[facts.end] == '\n' ||
                                      bytes[facts.end] == ' ' || bytes[facts.end] == '\0')) {
    ++facts.end;
  }
  try {
    return read(bytes, rules, takes, facts);
  } catch (const QPDFExc& problem) {
    return refuse(problem.getErrorCode() == qpdf_e_password ? FileRefusal::encrypted
                                                            : FileRefusal::damaged);
  } catch (const std::bad_alloc&) {
    return refuse(FileRefusal::too_demanding);
  } catch (const std::exception&) {
    return refuse(FileRefusal::damaged);
  }
}

}  // namespace documents::internal
