#include "documents/test_hostile_files.h"
#include "documents/test_images.h"
#include "documents/test_zip.h"

namespace documents::test_hostile {

using namespace std::string_literals;

std::string scanner_pattern() {
  return std::string{"X5O!P%@AP[4\\PZX54(P^)7CC)7}$"} + "EICAR-STANDARD-ANTIVIRUS-" +
         "TEST-FILE!$H+H*";
}

std::vector<HostileFile> wrong_types() {
  const std::string ole = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"s + std::string(512, '\0');
  const struct {
    const char* id;
    const char* name;
    std::string bytes;
  } all[] = {
      {"html-as-pdf", "don.pdf", "<!DOCTYPE html><html><script>alert(1)</script></html>"},
      {"html-with-mark", "don.html", "\xef\xbb\xbf<html><body onload=alert(1)>"},
      {"html-in-utf16", "don.pdf", "\xff\xfe<\0h\0t\0m\0l\0>\0"s},
      {"svg-with-script", "anh.svg",
       "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"},
      {"svg-as-png", "anh.png", "<?xml version=\"1.0\"?><svg onload=\"alert(1)\"></svg>"},
      {"xml-with-entities", "don.xml",
       "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"},
      {"gif-and-javascript", "anh.jpg", "GIF89a/*"s + std::string(40, '\0') + "*/=1;alert(1);"},
      {"gif-plain", "anh.gif", "GIF87a\1\0\1\0\0\0\0;"s},
      {"javascript", "anh.jpg", "alert(document.cookie);"},
      {"php", "anh.jpg", "<?php system($_GET['c']); ?>"},
      {"batch-file", "don.pdf", "@echo off\r\ndel *.*\r\n"},
      {"html-application", "don.hta", "<script language=\"VBScript\">CreateObject(\"x\")</script>"},
      {"web-archive", "don.mhtml", "MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"},
      {"windows-program", "don.pdf", "MZ\x90\0\3\0\0\0"s + std::string(200, '\0')},
      {"linux-program", "anh.png", "\x7f\x45LF\2\1\1"s + std::string(200, '\0')},
      {"macos-program", "don.pdf", "\xcf\xfa\xed\xfe\7\0\0\1"s + std::string(200, '\0')},
      {"java-class", "don.pdf", "\xca\xfe\xba\xbe\0\0\0\x34"s},
      {"shell-script", "don.pdf", "#!/bin/sh\nrm -rf ~\n"},
      {"windows-shortcut", "don.pdf.lnk", "L\0\0\0\1\x14\2\0\0\0\0\0\xc0\0\0\0\0\0\0F"s},
      {"rar", "ho-so.rar", "Rar!\x1a\7\1\0"s + std::string(60, '\x11')},
      {"seven-zip", "ho-so.7z", "7z\xbc\xaf\x27\x1c\0\4"s + std::string(60, '\x11')},
      {"gzip", "ho-so.pdf", "\x1f\x8b\x08\0\0\0\0\0\0\3"s + std::string(60, '\x11')},
      {"bzip2", "ho-so.pdf", "BZh91AY&SY"s + std::string(60, '\x11')},
      {"xz", "ho-so.pdf", "\xfd\x37zXZ\0"s + std::string(60, '\x11')},
      {"tar-with-link", "ho-so.tar",
       "lien-ket"s + std::string(92, '\0') + "0000777\0"s + std::string(48, '\0') +
           "2/etc/passwd"s + std::string(89, '\0') + "ustar\0"s + std::string(250, '\0')},
      {"old-word", "don.doc", ole},
      {"old-excel-with-macros", "don.pdf", ole + "_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T\0"s},
      {"rich-text", "don.rtf", "{\\rtf1{\\object\\objdata 0105}}"},
      {"postscript", "don.pdf", "%!PS-Adobe-3.0\n(/etc/passwd) (r) file"},
      {"webp", "anh.jpg", "RIFF\x24\0\0\0WEBPVP8 "s + std::string(30, '\0')},
      {"tiff", "anh.jpg", "II*\0\x08\0\0\0"s + std::string(60, '\0')},
      {"bitmap", "anh.jpg", "BM\x46\0\0\0\0\0\0\0\x36\0\0\0"s + std::string(60, '\0')},
      {"video", "anh.jpg", "\0\0\0\x18"s + "ftypmp42\0\0\0\0mp42isom"s},
      {"plain-text", "don.pdf", "Kính gửi: Ủy ban nhân dân xã\n"},
      {"scanner-pattern", "don.pdf", scanner_pattern()},
      {"pdf-after-other-bytes", "don.pdf", "\n\n"s + test_images::pdf(1)},
      {"one-byte", "don.pdf", "%"},
      {"java-archive", "don.pdf", test_zip::zip({{.name = "META-INF/MANIFEST.MF", .bytes = "a"}})},
      {"zip-where-none-is-taken", "ho-so.zip",
       test_zip::zip({{.name = "a.pdf", .bytes = test_images::pdf(1)}})},
      {"word-where-none-is-taken", "don.docx", docx()},
      {"scanner-pattern-in-zip", "don.pdf",
       test_zip::zip({{.name = "eicar.com", .bytes = scanner_pattern()}})},
  };
  std::vector<HostileFile> files;
  for (const auto& one : all) {
    files.push_back(
        {.id = one.id, .name = one.name, .bytes = one.bytes, .code = "file-type-not-accepted"});
  }
  files.push_back({.id = "zero-bytes", .name = "don.pdf", .bytes = "", .code = "file-empty"});
  return files;
}

std::vector<HostileFile> misleading_names() {
  const std::string pdf = test_images::pdf(1);
  const std::string jpeg = test_images::jpeg(32, 16);
  const auto refused = [](const char* id, const char* name, const std::string& bytes) {
    return HostileFile{.id = id, .name = name, .bytes = bytes, .code = "file-name-differs"};
  };
  const auto taken = [](const char* id, std::string name, const std::string& bytes,
                        const char* type, const char* kept) {
    return HostileFile{.id = id,
                       .name = std::move(name),
                       .bytes = bytes,
                       .code = "",
                       .media_type = type,
                       .kept_name = kept};
  };
  return {
      refused("name-double-ending", "giay-to.pdf.exe", pdf),
      refused("name-picture-as-script", "anh.jpg.js", jpeg),
      refused("name-reading-backwards",
              "giay-to-\xe2\x80\xae"
              "fdp.exe",
              pdf),
      refused("name-pdf-as-word", "don.docx", pdf),
      refused("name-picture-as-pdf", "don.pdf", jpeg),
      refused("name-pdf-as-picture", "anh.jpg", pdf),
      refused("name-web-page", "don.html", pdf),
      taken("name-way-out", "../../etc/passwd.pdf", pdf, "application/pdf", "passwd.pdf"),
      taken("name-way-out-of-windows", "..\\..\\boot.pdf", pdf, "application/pdf", "boot.pdf"),
      taken("name-new-line", "a\r\nSet-Cookie: x=1.pdf", pdf, "application/pdf",
            "a Set-Cookie_ x=1.pdf"),
      taken("name-markup", "<img src=x onerror=alert(1)>.pdf", pdf, "application/pdf",
            "_img src=x onerror=alert(1)_.pdf"),
      taken("name-hidden-program", "giay.exe.pdf", pdf, "application/pdf", "giay.exe.pdf"),
      taken("name-without-ending", "giay to", pdf, "application/pdf", "giay to.pdf"),
      taken("name-png-called-jpg", "anh.jpg", test_images::png(20, 10), "image/png", "anh.png"),
      taken("name-turned-around",
            "giay-\xe2\x80\xae"
            "fdp.pdf",
            pdf, "application/pdf", "giay-fdp.pdf"),
  };
}

std::vector<HostileFile> all() {
  std::vector<HostileFile> files;
  for (auto* make : {wrong_types, misleading_names, hostile_pdfs, hostile_pictures,
                     hostile_archives, hostile_documents}) {
    for (HostileFile& one : make()) files.push_back(std::move(one));
  }
  return files;
}

}  // namespace documents::test_hostile
