#include "documents/test_hostile_files.h"
#include "documents/test_images.h"
#include "documents/test_zip.h"

namespace documents::test_hostile {
namespace {

using test_zip::Member;

constexpr const char* kTypes =
    "<?xml version=\"1.0\"?><Types "
    "xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";

std::string packed(std::vector<Member> members, const std::vector<Part>& more) {
  for (const Part& part : more) {
    bool is_there = false;
    for (Member& member : members) {
      if (member.name != part.name) continue;
      member.bytes = part.bytes;
      is_there = true;
    }
    if (!is_there) members.push_back({.name = part.name, .bytes = part.bytes});
  }
  return test_zip::zip(members);
}

std::string relation(const std::string& type, const std::string& target,
                     const std::string& mode = "External") {
  return "<?xml version=\"1.0\"?><Relationships><Relationship Id=\"r1\" "
         "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" +
         type + "\" Target=\"" + target + "\" TargetMode=\"" + mode + "\"/></Relationships>";
}

std::string in_utf16(const std::string& text) {
  std::string wide = "\xff\xfe";
  for (const char c : text) {
    wide += c;
    wide += '\0';
  }
  return wide;
}

HostileFile refused(const char* id, const char* name, const char* code, std::string bytes) {
  return {
      .id = id, .name = name, .paper = Paper::drawings, .bytes = std::move(bytes), .code = code};
}
HostileFile taken(const char* id, const char* name, const char* type, std::string bytes) {
  return {.id = id,
          .name = name,
          .paper = Paper::drawings,
          .bytes = std::move(bytes),
          .code = "",
          .media_type = type};
}

}  // namespace

std::string docx(const std::vector<Part>& more) {
  return packed({{.name = "[Content_Types].xml", .bytes = kTypes},
                 {.name = "_rels/.rels",
                  .bytes = relation("officeDocument", "word/document.xml", "Internal")},
                 {.name = "word/document.xml", .bytes = "<?xml version=\"1.0\"?><w:document/>"}},
                more);
}
std::string xlsx(const std::vector<Part>& more) {
  return packed({{.name = "[Content_Types].xml", .bytes = kTypes},
                 {.name = "xl/workbook.xml", .bytes = "<?xml version=\"1.0\"?><workbook/>"}},
                more);
}
std::string odt(const std::vector<Part>& more) {
  return packed(
      {{.name = "mimetype", .bytes = "application/vnd.oasis.opendocument.text", .method = 0},
       {.name = "content.xml", .bytes = "<?xml version=\"1.0\"?><office/>"}},
      more);
}

std::vector<HostileFile> hostile_documents() {
  constexpr const char* kMacros = "file-macros";
  constexpr const char* kRemote = "file-remote-content";
  constexpr const char* kHidden = "file-hidden-content";
  constexpr const char* kMember = "file-archive-member";
  constexpr const char* kDocx =
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  constexpr const char* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  const std::string entities =
      "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM "
      "\"file:///etc/passwd\">]><a>&x;</a>";
  const std::string ole = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + std::string(200, '\0');
  return {
      taken("docx-plain", "don.docx", kDocx, docx()),
      taken("docx-with-links", "don.docx", kDocx,
            docx({{"word/_rels/document.xml.rels", relation("hyperlink", "https://a.example/")}})),
      taken("docx-with-a-sheet-inside", "don.docx", kDocx,
            docx({{"word/embeddings/bang.xlsx", xlsx()}})),
      taken("xlsx-plain", "bang.xlsx", kXlsx, xlsx()),
      taken("odt-plain", "don.odt", "application/vnd.oasis.opendocument.text", odt()),
      refused("docx-with-macros", "don.docx", kMacros, docx({{"word/vbaProject.bin", ole}})),
      refused("docx-with-macros-elsewhere", "don.docx", kMacros,
              docx({{"customXml/VBAPROJECT.bin", ole}})),
      refused("docx-says-it-has-macros", "don.docx", kMacros,
              docx({{"[Content_Types].xml",
                     "<Types><Override ContentType=\"application/vnd.ms-word.document."
                     "macroEnabled.main+xml\"/></Types>"}})),
      refused("docx-with-activex", "don.docx", kMacros, docx({{"word/activeX/activeX1.bin", ole}})),
      refused("docx-with-remote-template", "don.docx", kRemote,
              docx({{"word/_rels/settings.xml.rels",
                     relation("attachedTemplate", "https://a.example/t.dotm")}})),
      refused("docx-with-remote-picture", "don.docx", kRemote,
              docx({{"word/_rels/document.xml.rels", relation("image", "\\\\host\\a.png")}})),
      refused("docx-with-remote-object", "don.docx", kRemote,
              docx({{"word/_rels/document.xml.rels", relation("oleObject", "mhtml:http://a/!x")}})),
      refused("docx-with-remote-type-spelt-otherwise", "don.docx", kRemote,
              docx({{"word/_rels/document.xml.rels",
                     "<Relationships><Relationship TargetMode='External' Type='attached&#84;"
                     "emplate' Target='http://a/'/></Relationships>"}})),
      refused(
          "docx-with-dde", "don.docx", kRemote,
          docx({{"word/document.xml",
                 "<w:document><w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText></w:document>"}})),
      refused("docx-with-entities", "don.docx", kHidden, docx({{"word/document.xml", entities}})),
      refused("docx-with-entities-in-utf16", "don.docx", kHidden,
              docx({{"word/document.xml", in_utf16(entities)}})),
      refused("docx-with-a-billion-laughs", "don.docx", kHidden,
              docx({{"docProps/core.xml",
                     "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><l>&b;</l>"}})),
      refused("docx-with-program", "don.docx", kMember,
              docx({{"word/embeddings/a.bin", "MZ\x90"}})),
      refused("docx-with-old-object", "don.docx", kMember,
              docx({{"word/embeddings/oleObject1.bin", ole}})),
      refused("docx-with-a-macro-document-inside", "don.docx", kMember,
              docx({{"word/embeddings/b.docx", docx({{"word/vbaProject.bin", ole}})}})),
      refused("docx-without-a-text", "don.docx", "file-damaged",
              test_zip::zip({{.name = "word/other.xml", .bytes = "<a/>"}})),
      refused("docx-bomb", "don.docx", "file-archive-ratio",
              docx({{"word/document.xml", std::string(60'000'000, ' ')}})),
      refused("xlsx-with-macros", "bang.xlsx", kMacros, xlsx({{"xl/vbaProject.bin", ole}})),
      refused("xlsx-with-old-macros", "bang.xlsx", kMacros,
              xlsx({{"xl/macrosheets/sheet1.xml", "<a/>"}})),
      refused("xlsx-with-dde", "bang.xlsx", kRemote,
              xlsx({{"xl/externalLinks/externalLink1.xml",
                     "<externalLink><ddeLink ddeService=\"cmd\"/></externalLink>"}})),
      refused("odt-with-macros", "don.odt", kMacros,
              odt({{"Basic/Standard/Module1.xml", "<script/>"}})),
      refused("odt-with-a-listener", "don.odt", kMacros,
              odt({{"content.xml",
                    "<?xml version=\"1.0\"?><office><script:event-listener/></office>"}})),
      refused("odt-encrypted", "don.odt", "file-encrypted",
              odt({{"META-INF/manifest.xml", "<manifest:encryption-data/>"}})),
      refused("docx-as-zip-name", "ho-so.zip", "file-name-differs", docx()),
  };
}

}  // namespace documents::test_hostile
