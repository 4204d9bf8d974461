#include "documents/test_hostile_files.h"
#include "documents/test_images.h"
#include "documents/test_zip.h"

namespace documents::test_hostile {
namespace {

using test_zip::Member;
using test_zip::zip;

const std::string& paper() {
  static const std::string bytes = test_images::pdf(1);
  return bytes;
}

std::vector<Member> papers(int count) {
  std::vector<Member> members;
  for (int i = 0; i < count; ++i) {
    members.push_back({.name = "ban-ve/" + std::to_string(i) + ".pdf", .bytes = paper()});
  }
  return members;
}

std::string within(std::string bytes, int layers) {
  for (int i = 0; i < layers; ++i) {
    bytes = zip({{.name = "lop" + std::to_string(i) + ".zip", .bytes = std::move(bytes)}});
  }
  return bytes;
}

HostileFile refused(const char* id, const char* code, std::string bytes) {
  return {.id = id,
          .name = "ho-so.zip",
          .paper = Paper::drawings,
          .bytes = std::move(bytes),
          .code = code};
}
HostileFile taken(const char* id, std::string bytes) {
  return {.id = id,
          .name = "ho-so.zip",
          .paper = Paper::drawings,
          .bytes = std::move(bytes),
          .code = "",
          .media_type = "application/zip"};
}
HostileFile with_name(const char* id, const char* code, const std::string& name) {
  return refused(id, code, zip({{.name = name, .bytes = paper()}}));
}
HostileFile with_member(const char* id, const std::string& name, const std::string& bytes) {
  return refused(id, "file-archive-member",
                 zip({{.name = "a.pdf", .bytes = paper()}, {.name = name, .bytes = bytes}}));
}

}  // namespace

std::vector<HostileFile> hostile_archives() {
  constexpr const char* kEntries = "file-archive-too-many-entries";
  constexpr const char* kLarge = "file-archive-too-large";
  constexpr const char* kRatio = "file-archive-ratio";
  constexpr const char* kDeep = "file-archive-too-deep";
  constexpr const char* kName = "file-archive-unsafe-name";
  constexpr const char* kLink = "file-archive-link";
  constexpr const char* kTwice = "file-archive-duplicate-name";
  constexpr const char* kWrong = "file-archive-inconsistent";
  const std::string zeros(20'000'000, '\0');
  const Member one{.name = "a.pdf", .bytes = paper()};
  const auto special = [&](std::uint32_t mode) {
    return zip(
        {{.name = "a.pdf", .bytes = "/etc/passwd", .attributes = mode << 16U, .made_by = 0x0314}});
  };
  const auto flagged = [&](unsigned flags, unsigned method = 8) {
    return zip({{.name = "a.pdf", .bytes = paper(), .method = method, .flags = flags}});
  };
  const auto claiming = [&](std::uint32_t size) {
    return zip({{.name = "a.pdf", .bytes = paper(), .claimed_size = size}});
  };
  std::string two_ends = zip({one});
  two_ends += zip({{.name = "b.pdf", .bytes = paper()}});
  std::string decomposed = "Ho\xcc\x82 so\xcc\x9b.pdf";
  return {
      taken("zip-of-papers", zip(papers(3))),
      taken("zip-of-a-thousand", zip(papers(1'000))),
      taken("zip-in-zip", within(zip(papers(2)), 1)),
      taken("zip-with-pictures",
            zip({{.name = "1.jpg", .bytes = test_images::jpeg(20, 20)},
                 {.name = "thư mục/2.png", .bytes = test_images::png(20, 20), .flags = 0x800}})),
      refused("zip-of-1001", kEntries, zip(papers(1'001))),
      refused("zip-of-ten-thousand", kEntries, zip(papers(10'000))),
      refused("zip-of-a-thousand-in-two", kEntries,
              zip({{.name = "1.zip", .bytes = zip(papers(600))},
                   {.name = "2.zip", .bytes = zip(papers(600))}})),
      refused("zip-bomb", kRatio, zip({{.name = "a.pdf", .bytes = zeros}})),
      refused("zip-bomb-promising-450-megabytes", kLarge, claiming(450'000'000)),
      refused("zip-promising-too-little", "file-archive-ratio",
              zip({{.name = "a.pdf", .bytes = zeros, .claimed_size = 100}})),
      refused("zip-bomb-in-zip", kRatio, within(zip({{.name = "a.pdf", .bytes = zeros}}), 1)),
      refused("zip-bombs-side-by-side", kRatio,
              zip({{.name = "1.zip", .bytes = zip({{.name = "a.pdf", .bytes = zeros}})},
                   {.name = "2.zip", .bytes = zip({{.name = "a.pdf", .bytes = zeros}})}})),
      refused("zip-bomb-of-overlapping-entries", kWrong, test_zip::overlapping(200, 1'000'000)),
      refused("zip-three-deep", kDeep, within(zip(papers(1)), 2)),
      refused("zip-ten-deep", kDeep, within(zip(papers(1)), 9)),
      with_name("zip-way-out", kName, "../../etc/passwd.pdf"),
      with_name("zip-way-out-inside", kName, "a/../../b.pdf"),
      with_name("zip-way-out-of-windows", kName, "..\\..\\a.pdf"),
      with_name("zip-way-out-with-dots", kName, "a/.. /b.pdf"),
      with_name("zip-absolute", kName, "/etc/cron.d/a.pdf"),
      with_name("zip-absolute-share", kName, "\\\\host\\share\\a.pdf"),
      with_name("zip-drive", kName, "C:\\Windows\\a.pdf"),
      with_name("zip-name-with-control", kName, "a\n.pdf"),
      with_name("zip-endless-name", kName, std::string(600, 'a') + ".pdf"),
      with_name("zip-empty-name", kName, ""),
      refused("zip-symbolic-link", kLink, special(0120777)),
      refused("zip-device", kLink, special(0020666)),
      refused("zip-pipe", kLink, special(0010666)),
      refused("zip-encrypted", "file-encrypted", flagged(1)),
      refused("zip-strongly-encrypted", "file-encrypted", flagged(0x41)),
      refused("zip-masked-directory", "file-encrypted", flagged(0x2000)),
      refused("zip-unknown-packing", kWrong, flagged(0, 12)),
      refused("zip-name-twice", kTwice, zip({one, one})),
      refused("zip-name-twice-in-capitals", kTwice,
              zip({one, {.name = "A.PDF", .bytes = paper()}})),
      refused("zip-name-twice-composed-otherwise", kTwice,
              zip({{.name = decomposed, .bytes = paper(), .flags = 0x800},
                   {.name = "Hồ s\xc6\xa1.pdf", .bytes = paper(), .flags = 0x800},
                   {.name = "H\xc3\xb4 s\xc6\xa1.pdf", .bytes = paper(), .flags = 0x800}})),
      refused("zip-two-names-for-one-entry", kWrong,
              zip({{.name = "a.pdf", .bytes = paper(), .local_name = "a.exe"}})),
      refused("zip-entry-in-no-directory", kWrong,
              zip({one}, {.between = zip({{.name = "b.exe", .bytes = "MZ"}}).substr(0, 40)})),
      refused("zip-wrong-count", kWrong, zip(papers(3), {.count = 2})),
      refused("zip-bytes-behind", "file-truncated", zip({one}, {.behind = "MZ\x90 and more"})),
      refused("zip-two-ends", "file-archive-inconsistent", two_ends),
      refused("zip-cut-off", "file-truncated", zip(papers(3)).substr(0, 700)),
      refused("zip-empty", "file-empty", zip({})),
      refused("zip-behind-a-program", "file-type-not-accepted",
              zip({one}, {.before = "MZ" + std::string(100, '\0')})),
      with_member("zip-with-program", "cap-nhat.exe", "MZ\x90"),
      with_member("zip-with-program-as-pdf", "don.pdf.pdf", "MZ\x90"),
      with_member("zip-with-script", "a.sh", "#!/bin/sh\n"),
      with_member("zip-with-web-page", "a.html", "<html><script>alert(1)</script>"),
      with_member("zip-with-svg", "a.svg", "<svg onload=alert(1)></svg>"),
      with_member("zip-with-macros", "a.docx", docx({{"word/vbaProject.bin", "x"}})),
      with_member("zip-with-javascript-in-a-pdf", "b.pdf",
                  test_images::pdf(1, "/OpenAction << /S /JavaScript /JS (1) >>")),
      with_member("zip-with-encrypted-pdf", "b.pdf", test_images::encrypted_pdf()),
      with_member("zip-with-rar", "b.rar", "Rar!\x1a\7\1"),
      with_member("zip-with-scanner-pattern", "eicar.com", scanner_pattern()),
      with_member("zip-with-huge-claims", "b.png", test_images::png_claiming(30'000, 30'000)),
      refused("zip-in-zip-with-scanner-pattern", "file-archive-member",
              within(zip({{.name = "eicar.com", .bytes = scanner_pattern()}}), 1)),
  };
}

}  // namespace documents::test_hostile
