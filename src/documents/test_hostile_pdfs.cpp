#include <memory>

#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "documents/test_hostile_files.h"
#include "documents/test_images.h"
#include "documents/test_zip.h"

namespace documents::test_hostile {
namespace {

using test_images::pdf;

std::string written(QPDF& file, qpdf_object_stream_e streams = qpdf_o_preserve) {
  QPDFWriter writer(file);
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  writer.setObjectStreamMode(streams);
  writer.write();
  const std::unique_ptr<Buffer> buffer(writer.getBuffer());
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

std::string carrying(const std::string& name, const std::string& bytes) {
  const std::string plain = pdf(1);
  QPDF file;
  file.processMemoryFile("plain", plain.data(), plain.size());
  auto stream = QPDFEFStreamObjectHelper::createEFStream(file, bytes);
  auto specification = QPDFFileSpecObjectHelper::createFileSpec(file, name, stream);
  QPDFEmbeddedFileDocumentHelper(file).replaceEmbeddedFile(name, specification);
  return written(file);
}

// A page with this in its dictionary.
std::string page_with(const std::string& more, qpdf_object_stream_e streams = qpdf_o_preserve) {
  QPDF file;
  file.emptyPDF();
  file.addPage(file.makeIndirectObject(QPDFObjectHandle::parse(
                   &file, "<< /Type /Page /MediaBox [0 0 200 200] " + more + " >>")),
               false);
  return written(file, streams);
}

std::string annotated(const std::string& annotation) {
  return page_with("/Annots [ << /Type /Annot /Rect [0 0 9 9] " + annotation + " >> ]");
}

std::string openly_encrypted() {
  const std::string plain = pdf(1);
  QPDF file;
  file.processMemoryFile("plain", plain.data(), plain.size());
  QPDFWriter writer(file);
  writer.setOutputMemory();
  writer.setR6EncryptionParameters("", "owner", true, true, true, true, true, true, qpdf_r3p_full,
                                   true);
  writer.write();
  const std::unique_ptr<Buffer> buffer(writer.getBuffer());
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

std::string with_broken_table() {
  std::string bytes = pdf(2);
  const std::size_t at = bytes.find("startxref");
  bytes.replace(at + 10, 2, "99");
  return bytes;
}

// Objects by hand, for what no library writes.
std::string by_hand(const std::string& objects, const std::string& trailer) {
  return "%PDF-1.7\n" + objects + "xref\n0 1\n0000000000 65535 f \ntrailer\n<< " + trailer +
         " >>\nstartxref\n" + std::to_string(9 + objects.size()) + "\n%%EOF\n";
}

std::string circular_pages() {
  return by_hand(
      "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
      "2 0 obj\n<< /Type /Pages /Count 1 /Kids [ 2 0 R ] >>\nendobj\n",
      "/Root 1 0 R /Size 3");
}

// An object stream of a few hundred kilobytes that opens to as many megabytes, properly listed.
std::string stream_bomb() {
  const std::string packed = test_zip::deflated(
      "5 0 << /Type /Page /MediaBox [0 0 9 9] >>" + std::string(400'000'000, ' '), false);
  const std::string objects[] = {
      "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n",
      "2 0 obj\n<< /Type /Pages /Count 1 /Kids [ 5 0 R ] >>\nendobj\n",
      "3 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length " +
          std::to_string(packed.size()) + " >>\nstream\n" + packed + "\nendstream\nendobj\n"};
  std::string bytes = "%PDF-1.7\n";
  const auto row = [](unsigned type, std::size_t second, unsigned third) {
    std::string text(1, static_cast<char>(type));
    for (int shift = 24; shift >= 0; shift -= 8) {
      text += static_cast<char>((second >> static_cast<unsigned>(shift)) & 0xffU);
    }
    text += static_cast<char>(third);
    return text;
  };
  std::string table = row(0, 0, 255);
  for (const std::string& object : objects) {
    table += row(1, bytes.size(), 0);
    bytes += object;
  }
  const std::size_t at = bytes.size();
  table += row(1, at, 0) + row(2, 3, 0);
  return bytes + "4 0 obj\n<< /Type /XRef /Size 6 /Root 1 0 R /W [1 4 1] /Length " +
         std::to_string(table.size()) + " >>\nstream\n" + table +
         "\nendstream\nendobj\nstartxref\n" + std::to_string(at) + "\n%%EOF\n";
}

// A ZIP whose comment takes in the rest of the PDF.
std::string zip_around_the_end() {
  std::string bytes = pdf(1);
  const std::string tail = "\n%%EOF\n";
  std::string zip = test_zip::zip({{.name = "a.exe", .bytes = "MZ"}}, {.comment = tail});
  return bytes + "\n%" + zip;
}

HostileFile refused(const char* id, const char* code, std::string bytes) {
  return {.id = id, .name = "don.pdf", .bytes = std::move(bytes), .code = code};
}
HostileFile taken(const char* id, std::string bytes) {
  return {.id = id,
          .name = "don.pdf",
          .bytes = std::move(bytes),
          .code = "",
          .media_type = "application/pdf"};
}

}  // namespace

std::vector<HostileFile> hostile_pdfs() {
  constexpr const char* kActive = "file-active-content";
  constexpr const char* kHidden = "file-hidden-content";
  const std::string plain = pdf(1);
  const std::string script = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>";
  std::vector<HostileFile> files{
      refused("pdf-javascript-when-opened", kActive, pdf(1, "/OpenAction " + script)),
      refused("pdf-javascript-by-name", kActive,
              pdf(1, "/Names << /JavaScript << /Names [ (a) " + script + " ] >> >>")),
      refused("pdf-javascript-of-a-page", kActive, page_with("/AA << /O " + script + " >>")),
      refused("pdf-javascript-of-a-field", kActive,
              annotated("/Subtype /Widget /FT /Tx /AA << /K " + script + " >>")),
      refused("pdf-javascript-spelt-otherwise", kActive,
              pdf(1, "/OpenAction << /S /J#61vaScript /J#53 (1) >>")),
      refused("pdf-javascript-in-an-object-stream", kActive,
              page_with("/AA << /O " + script + " >>", qpdf_o_generate)),
      refused("pdf-javascript-behind-next", kActive,
              pdf(1, "/OpenAction << /S /GoTo /D [ null /Fit ] /Next [ " + script + " ] >>")),
      refused("pdf-launches-when-opened", kActive,
              pdf(1, "/OpenAction << /S /Launch /F (cmd.exe) >>")),
      refused("pdf-launches-by-a-link", kActive,
              annotated("/Subtype /Link /A << /S /Launch /F (a.bat) >>")),
      refused("pdf-sends-its-form", kActive,
              annotated("/Subtype /Widget /FT /Btn /A << /S /SubmitForm /F (http://a/) >>")),
      refused("pdf-takes-data-in", kActive, pdf(1, "/OpenAction << /S /ImportData /F (a) >>")),
      refused("pdf-goes-to-an-embedded-file", kActive,
              pdf(1, "/OpenAction << /S /GoToE /T << /R /C >> >>")),
      refused("pdf-goes-to-a-share-when-opened", kActive,
              pdf(1, "/OpenAction << /S /GoToR /F (\\\\\\\\host\\\\share) /D [0 /Fit] >>")),
      refused("pdf-opens-an-address", kActive,
              pdf(1, "/OpenAction << /S /URI /URI (http://a.example/) >>")),
      refused("pdf-rich-media", kActive, annotated("/Subtype /RichMedia /RichMediaContent << >>")),
      refused("pdf-movie", kActive, annotated("/Subtype /Movie /Movie << >>")),
      refused("pdf-sound", kActive, annotated("/Subtype /Sound")),
      refused("pdf-rendition", kActive, annotated("/Subtype /Screen /A << /S /Rendition >>")),
      refused("pdf-three-dimensions", kActive, annotated("/Subtype /3D")),
      refused("pdf-dynamic-form", kActive, pdf(1, "/AcroForm << /XFA (x) /Fields [] >>")),
      refused("pdf-carries-a-program", kHidden, carrying("cap-nhat.exe", "MZ\x90")),
      refused("pdf-carries-a-web-page", kHidden, carrying("a.html", "<html><script>")),
      refused("pdf-carries-an-archive", kHidden,
              carrying("a.zip", test_zip::zip({{.name = "a", .bytes = "a"}}))),
      refused("pdf-carries-macros", kHidden,
              carrying("a.docm", docx({{"word/vbaProject.bin", "x"}}))),
      refused("pdf-carries-a-pdf-with-javascript", kHidden,
              carrying("a.pdf", pdf(1, "/OpenAction " + script))),
      taken("pdf-carries-data", carrying("hoa-don.xml", "<?xml version=\"1.0\"?><hoadon/>")),
      taken("pdf-carries-text", carrying("ghi-chu.txt", "Ghi chú")),
      taken("pdf-with-a-link", annotated("/Subtype /Link /A << /S /URI /URI (http://a/) >>")),
      taken("pdf-opens-at-a-page", pdf(1, "/OpenAction [ null /Fit ]")),
      refused("pdf-password", "file-encrypted", test_images::encrypted_pdf()),
      refused("pdf-encrypted-without-password", "file-encrypted", openly_encrypted()),
      taken("pdf-broken-table", with_broken_table()),
      refused("pdf-cut-off", "file-truncated", plain.substr(0, plain.size() / 2)),
      refused("pdf-without-pages", "file-no-pages", pdf(0)),
      refused("pdf-pages-in-a-circle", "file-damaged", circular_pages()),
      refused("pdf-only-a-head", "file-damaged", "%PDF-1.7\n%%EOF\n"),
      refused("pdf-noise", "file-damaged", "%PDF-1.4\n" + std::string(3000, '\x93') + "\n%%EOF\n"),
      refused("pdf-too-many-pages", "file-too-many-pages", pdf(2'001)),
      // The reader takes "no memory left" for a broken stream.
      refused("pdf-object-stream-bomb", "file-damaged", stream_bomb()),
      refused("pdf-and-zip", kHidden, plain + test_zip::zip({{.name = "a.exe", .bytes = "MZ"}})),
      refused("pdf-and-zip-around-the-end", kHidden, zip_around_the_end()),
      refused("pdf-and-program", kHidden, plain + "MZ\x90" + std::string(100, '\0')),
      refused("pdf-and-web-page", kHidden, plain + "<html><script>alert(1)</script>"),
  };
  std::string page_in_head = plain;
  page_in_head.insert(page_in_head.find('\n') + 1, "%<html><script>alert(1)</script>\n");
  files.push_back(refused("pdf-web-page-in-its-head", kHidden, page_in_head));
  return files;
}

}  // namespace documents::test_hostile
