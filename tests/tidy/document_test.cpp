// Documents that name files, modules and words must name those that exist.
#include <filesystem>
#include <set>
#include <unordered_set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include "source_tree.h"

namespace tidy {
namespace {

namespace fs = std::filesystem;

// Text outside ``` blocks and `code`.
std::string prose_of(const std::string& markdown) {
  static const RE2 code(R"((?s)```.*?```|`[^`\n]*`)");
  std::string prose = markdown;
  RE2::GlobalReplace(&prose, code, " ");
  return prose;
}

TEST(Documents, LinkToFilesThatExist) {
  static const RE2 link(R"(\]\(([^)\s]+)\))");
  for (const SourceFile& file : repository()) {
    if (file.extension() != ".md") continue;
    const std::string prose = prose_of(file.text);
    re2::StringPiece rest(prose);
    for (std::string target; RE2::FindAndConsume(&rest, link, &target);) {
      if (target.find("://") != std::string::npos || target.starts_with("mailto:") ||
          target.starts_with("#")) {
        continue;
      }
      const std::string path = target.substr(0, target.find('#'));
      const fs::path place = fs::path(PROJECT_ROOT) / fs::path(file.path).parent_path() / path;
      EXPECT_TRUE(fs::exists(place)) << file.path << ": link to " << target << " leads nowhere";
    }
  }
}

TEST(Documents, AreTheOnesANewcomerLooksFor) {
  for (const char* path : {"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md",
                           "LICENSE", "NOTICE", "SECURITY.md", "docs/GLOSSARY.md", "docs/STYLE.md",
                           "docs/HACKING.md", "docs/TESTING.md", "docs/OPERATIONS.md"}) {
    EXPECT_NE(find_file(path), nullptr) << path << " is missing";
  }
}

// Columns: term of law | word in code | word on screen.
TEST(Glossary, NamesWordsThatTheCodeUses) {
  const SourceFile* glossary = find_file("docs/GLOSSARY.md");
  ASSERT_NE(glossary, nullptr);
  std::unordered_set<std::string> words;
  static const RE2 word(R"(([A-Za-z_][A-Za-z0-9_]*))");
  for (const SourceFile& file : repository()) {
    if (!file.is_below("src/") || !file.is_cpp()) continue;
    re2::StringPiece rest(file.text);
    for (std::string found; RE2::FindAndConsume(&rest, word, &found);) words.insert(found);
  }
  const std::vector<TableRow> rows = table_of(glossary->text, "term of law");
  EXPECT_GE(rows.size(), 60U);
  std::set<std::string> terms;
  for (const TableRow& row : rows) {
    ASSERT_GE(row.size(), 3U) << row.front();
    EXPECT_TRUE(terms.insert(row[0]).second) << row[0] << " stands twice";
    re2::StringPiece rest(row[1]);
    std::string term;
    int named = 0;
    while (RE2::FindAndConsume(&rest, R"(`([^`]+)`)", &term)) {
      ++named;
      const std::size_t colons = term.rfind("::");
      if (colons != std::string::npos) term = term.substr(colons + 2);
      EXPECT_TRUE(words.contains(term)) << row[0] << ": no code says " << term;
    }
    EXPECT_GT(named, 0) << row[0] << ": put the word in code between backquotes";
    EXPECT_FALSE(row[2].empty()) << row[0] << ": the word on screen is missing";
  }
}

TEST(Decisions, AreNumberedWithoutGaps) {
  static const RE2 name(R"(docs/decisions/(\d{4})-[a-z0-9-]+\.md)");
  std::set<int> numbers;
  for (const SourceFile& file : repository()) {
    if (!file.is_below("docs/decisions/")) continue;
    int number = 0;
    if (file.name() == "README.md") continue;
    ASSERT_TRUE(RE2::FullMatch(file.path, name, &number)) << file.path << ": NNNN-words.md";
    EXPECT_TRUE(numbers.insert(number).second) << file.path << ": the number is taken";
  }
  ASSERT_FALSE(numbers.empty());
  EXPECT_EQ(*numbers.begin(), 1);
  EXPECT_EQ(*numbers.rbegin(), static_cast<int>(numbers.size()));
}

}  // namespace
}  // namespace tidy
