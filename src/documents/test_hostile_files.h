#pragma once
// test_hostile_files.h - what strangers hand in to do harm, or by accident, made for the tests:
// with the verdict that each has to get.  Nothing here is real malware; the test pattern of
// scanners is put together when it is needed.
#include <string>
#include <vector>

namespace documents::test_hostile {

enum class Paper {
  ordinary,  // takes pictures and PDF
  drawings,  // takes Office documents and ZIP as well
};

struct HostileFile {
  std::string id;    // "pdf-javascript-when-opened"
  std::string name;  // as the sender calls it
  Paper paper = Paper::ordinary;
  std::string bytes;
  std::string code;  // of the refusal; empty: it is taken
  // Of what is taken:
  std::string media_type{};
  std::string kept_name{};      // empty: not looked at
  std::string must_not_hold{};  // what has to be gone from it
};

[[nodiscard]] std::vector<HostileFile> wrong_types();
[[nodiscard]] std::vector<HostileFile> misleading_names();
[[nodiscard]] std::vector<HostileFile> hostile_pdfs();
[[nodiscard]] std::vector<HostileFile> hostile_pictures();
[[nodiscard]] std::vector<HostileFile> hostile_archives();
[[nodiscard]] std::vector<HostileFile> hostile_documents();
// All of them, a hundred and twenty and more.
[[nodiscard]] std::vector<HostileFile> all();

// The pattern that every scanner finds.
[[nodiscard]] std::string scanner_pattern();
// Whole DOCX, XLSX and ODT files with more parts than they need.
struct Part {
  std::string name, bytes;
};
[[nodiscard]] std::string docx(const std::vector<Part>& more = {});
[[nodiscard]] std::string xlsx(const std::vector<Part>& more = {});
[[nodiscard]] std::string odt(const std::vector<Part>& more = {});

}  // namespace documents::test_hostile
