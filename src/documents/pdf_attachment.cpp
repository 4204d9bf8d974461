#include "documents/pdf_attachment.h"

#include <exception>

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

namespace documents {

base::Outcome<std::string> attach_to_pdf(std::string_view pdf,
                                         const casework::PdfAttachment& file) {
  try {
    QPDF document;
    document.setSuppressWarnings(true);
    document.processMemoryFile("document", pdf.data(), pdf.size());
    auto stream = QPDFEFStreamObjectHelper::createEFStream(document, file.bytes);
    stream.setSubtype(file.media_type);
    auto specification = QPDFFileSpecObjectHelper::createFileSpec(document, file.name, stream);
    specification.setDescription(file.description);
    QPDFEmbeddedFileDocumentHelper(document).replaceEmbeddedFile(file.name, specification);
    QPDFWriter writer(document);
    writer.setOutputMemory();
    // What is compressed stays so; what is not (the file) stays that, too.
    writer.setStreamDataMode(qpdf_s_preserve);
    writer.setDeterministicID(true);
    writer.write();
    const auto buffer = writer.getBufferSharedPointer();
    std::string bytes(buffer->getSize(), '\0');
    std::copy_n(buffer->getBuffer(), buffer->getSize(), bytes.begin());
    return bytes;
  } catch (const std::exception& error) {
    return base::fault(base::FaultCode::invalid, std::string{"cannot attach: "} + error.what());
  }
}

}  // namespace documents
