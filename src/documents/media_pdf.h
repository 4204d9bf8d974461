#pragma once
// media_pdf.h - whether a PDF holds together, how many pages it has, and what else is in it.
#include "documents/media_facts.h"
#include "documents/pdf_look.h"

namespace documents::internal {

[[nodiscard]] base::Result<PdfFacts, RefusedFile> inspect_pdf(std::string_view bytes,
                                                              const InspectionRules& rules,
                                                              const TakesFile& takes);

}  // namespace documents::internal
