#pragma once
// media_pdf.h - a PDF opened by libqpdf: pages, encryption, what it would run.
#include "documents/media_facts.h"

namespace documents::internal {

[[nodiscard]] base::Result<PdfFacts, FileRefusal> inspect_pdf(std::string_view bytes);

}  // namespace documents::internal
