#pragma once
// source_tree.h - the files of the repository, as the tidy tests read them.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tidy {

struct SourceFile {
  std::string path;  // relative to the root, with forward slashes
  std::string text;

  [[nodiscard]] std::string name() const;                      // "clock.h"
  [[nodiscard]] std::string extension() const;                 // ".h"
  [[nodiscard]] bool is_below(std::string_view folder) const;  // "src/"
  [[nodiscard]] bool is_cpp() const;                           // .h or .cpp
};

// Every tracked file; without git, every file that .gitignore does not name.  Read once.
[[nodiscard]] const std::vector<SourceFile>& repository();

// Null where there is no such file.
[[nodiscard]] const SourceFile* find_file(std::string_view path);

// C++ text with comments, string and character literals blanked out; line breaks stay.
[[nodiscard]] std::string code_of(std::string_view text);

// 1 for the first line.
[[nodiscard]] std::size_t line_at(std::string_view text, std::size_t offset);

// Cells of the first Markdown table whose header begins with `first_header`, without the header.
using TableRow = std::vector<std::string>;
[[nodiscard]] std::vector<TableRow> table_of(std::string_view markdown,
                                             std::string_view first_header);

}  // namespace tidy
