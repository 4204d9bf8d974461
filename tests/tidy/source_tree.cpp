#include "source_tree.h"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

namespace tidy {

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

struct ClosePipe {
  void operator()(std::FILE* pipe) const { pclose(pipe); }
};

// Empty where git or its folder is missing.
std::vector<std::string> tracked_paths(const fs::path& root) {
  // A checkout may belong to another user than the one who runs the tests.
  const std::string command =
      "git -c safe.directory='*' -C '" + root.string() + "' ls-files --cached -z 2>/dev/null";
  const std::unique_ptr<std::FILE, ClosePipe> pipe(popen(command.c_str(), "r"));
  std::string listing;
  if (pipe) {
    std::array<char, 65536> block{};
    while (const std::size_t got = std::fread(block.data(), 1, block.size(), pipe.get())) {
      listing.append(block.data(), got);
    }
  }
  std::vector<std::string> paths;
  for (std::size_t begin = 0; begin < listing.size();) {
    const std::size_t end = listing.find('\0', begin);
    paths.push_back(listing.substr(begin, end - begin));
    begin = end + 1;
  }
  return paths;
}

std::vector<std::string> walked_paths(const fs::path& root) {
  std::vector<std::string> paths;
  for (auto entry = fs::recursive_directory_iterator(root); entry != fs::end(entry); ++entry) {
    const std::string name = entry->path().filename().string();
    const bool generated = name == "build" || name == "node_modules" || name == ".git";
    if (entry->is_directory() && generated) entry.disable_recursion_pending();
    if (entry->is_regular_file()) paths.push_back(fs::relative(entry->path(), root).string());
  }
  return paths;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

TableRow cells_of(std::string_view line) {
  TableRow cells;
  line.remove_prefix(1);
  while (!line.empty()) {
    const std::size_t bar = line.find('|');
    cells.emplace_back(trimmed(line.substr(0, bar)));
    line.remove_prefix(bar == std::string_view::npos ? line.size() : bar + 1);
  }
  return cells;
}

// The end of a literal that began before `at`.
std::size_t end_of_quoted(std::string_view text, std::size_t at, char quote) {
  while (at < text.size() && text[at] != quote && text[at] != '\n')
    at += text[at] == '\\' ? 2U : 1U;
  return std::min(at + 1, text.size());
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// The end of the comment or literal that begins at `at`; `at` itself where none begins there.
std::size_t end_of_blank(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  const auto after = [&](std::string_view mark, std::size_t from) {
    const std::size_t found = text.find(mark, from);
    return found == std::string_view::npos ? text.size() : found + mark.size();
  };
  if (rest.starts_with("//")) return std::min(text.find('\n', at), text.size());
  if (rest.starts_with("/*")) return after("*/", at + 2);
  if (rest.starts_with("R\"")) {
    const std::size_t open = text.find('(', at);
    if (open == std::string_view::npos) return text.size();
    return after(")" + std::string(text.substr(at + 2, open - at - 2)) + "\"", open);
  }
  if (rest.starts_with('"')) return end_of_quoted(text, at + 1, '"');
  // 1'000 is a number.
  if (rest.starts_with('\'') && (at == 0 || !is_word(text[at - 1]))) {
    return end_of_quoted(text, at + 1, '\'');
  }
  return at;
}

}  // namespace

std::string SourceFile::name() const {
  return fs::path(path).filename().string();
}
std::string SourceFile::extension() const {
  return fs::path(path).extension().string();
}
bool SourceFile::is_below(std::string_view folder) const {
  return path.starts_with(folder);
}
bool SourceFile::is_cpp() const {
  return path.ends_with(".h") || path.ends_with(".cpp");
}

const std::vector<SourceFile>& repository() {
  static const std::vector<SourceFile> files = [] {
    const fs::path root = PROJECT_ROOT;
    std::vector<std::string> paths = tracked_paths(root);
    if (paths.empty()) paths = walked_paths(root);
    std::vector<SourceFile> read_files;
    for (std::string& path : paths) {
      // Tracked, but removed in the working tree.
      if (!fs::is_regular_file(root / path)) continue;
      std::string text = read(root / path);
      read_files.push_back({std::move(path), std::move(text)});
    }
    return read_files;
  }();
  return files;
}

const SourceFile* find_file(std::string_view path) {
  for (const SourceFile& file : repository()) {
    if (file.path == path) return &file;
  }
  return nullptr;
}

std::string code_of(std::string_view text) {
  std::string code;
  code.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = end_of_blank(text, at);
    if (end == at) {
      code += text[at++];
      continue;
    }
    for (; at < end; ++at) code += text[at] == '\n' ? '\n' : ' ';
  }
  return code;
}

std::size_t line_at(std::string_view text, std::size_t offset) {
  std::size_t line = 1;
  for (const char c : text.substr(0, offset)) line += c == '\n' ? 1U : 0U;
  return line;
}

std::vector<TableRow> table_of(std::string_view markdown, std::string_view first_header) {
  std::vector<TableRow> rows;
  bool inside = false;
  while (!markdown.empty()) {
    const std::size_t end = std::min(markdown.find('\n'), markdown.size());
    const std::string_view line = markdown.substr(0, end);
    markdown.remove_prefix(std::min(end + 1, markdown.size()));
    if (inside && !line.starts_with('|')) return rows;
    if (!line.starts_with('|')) continue;
    TableRow cells = cells_of(line);
    if (inside && !line.starts_with("|-") && !line.starts_with("| -")) rows.push_back(cells);
    if (cells.front() == first_header) inside = true;
  }
  return rows;
}

}  // namespace tidy
