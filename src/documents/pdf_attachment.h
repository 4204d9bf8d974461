#pragma once
// pdf_attachment.h - puts a file into a PDF.
#include <string>
#include <string_view>

#include "base/fault.h"
#include "casework/document_ports.h"

namespace documents {

// Stored uncompressed, so that a small reader finds its bytes.  Fault `invalid`: not a PDF.
[[nodiscard]] base::Outcome<std::string> attach_to_pdf(std::string_view pdf,
                                                       const casework::PdfAttachment& file);

}  // namespace documents
