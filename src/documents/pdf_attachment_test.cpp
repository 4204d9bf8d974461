#include "documents/pdf_attachment.h"

#include <gmock/gmock.h>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>

namespace documents {
namespace {

std::string one_page() {
  QPDF document;
  document.emptyPDF();
  auto page = document.makeIndirectObject(
      QPDFObjectHandle::parse("<< /Type /Page /MediaBox [0 0 200 200] >>"));
  QPDFPageDocumentHelper(document).addPage(page, false);
  QPDFWriter writer(document);
  writer.setOutputMemory();
  writer.write();
  const auto buffer = writer.getBufferSharedPointer();
  return {buffer->getBuffer(), buffer->getBuffer() + buffer->getSize()};
}

const casework::PdfAttachment kProof{.name = "proof.motcua",
                                     .media_type = "application/vnd.motcua.proof",
                                     .description = "Bằng chứng",
                                     .bytes = "motcua-proof-v1\n\nđầy đủ\n"};

TEST(PdfAttachment, IsInThePdfAsItIs) {
  const auto pdf = attach_to_pdf(one_page(), kProof);
  ASSERT_TRUE(pdf) << pdf.error().message;
  EXPECT_THAT(*pdf, testing::HasSubstr(kProof.bytes)) << "a small reader finds it";
  QPDF document;
  document.processMemoryFile("attached", pdf->data(), pdf->size());
  EXPECT_TRUE(document.getWarnings().empty());
  EXPECT_EQ(QPDFPageDocumentHelper(document).getAllPages().size(), 1U);
  QPDFEmbeddedFileDocumentHelper files(document);
  const auto file = files.getEmbeddedFile("proof.motcua");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->getDescription(), "Bằng chứng");
  auto stream = file->getEmbeddedFileStream();
  const auto data = stream.getRawStreamData();
  EXPECT_EQ(std::string(data->getBuffer(), data->getBuffer() + data->getSize()), kProof.bytes);
}

TEST(PdfAttachment, AnotherOneOfThatNameReplacesIt) {
  auto second = kProof;
  second.bytes = "newer";
  const auto pdf = attach_to_pdf(*attach_to_pdf(one_page(), kProof), second);
  ASSERT_TRUE(pdf);
  QPDF document;
  document.processMemoryFile("attached", pdf->data(), pdf->size());
  EXPECT_EQ(QPDFEmbeddedFileDocumentHelper(document).getEmbeddedFiles().size(), 1U);
}

TEST(PdfAttachment, RefusesWhatIsNoPdf) {
  const auto refused = attach_to_pdf("not a PDF", kProof);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, base::FaultCode::invalid);
}

}  // namespace
}  // namespace documents
