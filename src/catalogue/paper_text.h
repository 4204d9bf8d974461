#pragma once
// paper_text.h - what a line among the papers is: a paper, a piece of advice, a heading.
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/entry.h"

namespace catalogue {

// The name and the files to fill in that were glued to its end.
struct NameAndFiles {
  std::string_view name;
  std::vector<std::string> files;
};
[[nodiscard]] NameAndFiles split_files(std::string_view text);

// Whether the line tells what to do rather than naming a paper.  `counted`: somebody entered how
// many of it.
[[nodiscard]] bool is_instruction(std::string_view name, bool counted);
// It begins with the word for a paper: "Tờ khai", "Bản sao", "Giấy chứng nhận" …
[[nodiscard]] bool names_a_paper(std::string_view name);
// It is shown, not handed in.
[[nodiscard]] bool is_shown(std::string_view name);

enum class HeadingKind {
  none,     // "--"
  submit,   // "Giấy tờ phải nộp"
  show,     // "Giấy tờ phải xuất trình"
  advice,   // "Lưu ý"
  of_case,  // "Trường hợp …", "Đối với …"
  plain,    // "Hồ sơ gồm"
};
[[nodiscard]] HeadingKind heading_kind(std::string_view heading);

}  // namespace catalogue
