// docs/security.md names tests that are there: a table of assurances that rots is worse than none.
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include "source_tree.h"

namespace tidy {
namespace {

// "`FILE` Suite.Name", "`FILE` Suite, Name" or "`FILE` words of its title".
void expect_named(const std::string& number, std::string_view claim) {
  std::string path;
  std::string name;
  ASSERT_TRUE(RE2::FullMatch(claim, "\\s*`([^`]+)`\\s*(.*?)\\s*", &path, &name))
      << number << ": " << claim;
  const SourceFile* file = find_file(path);
  if (file == nullptr && name.empty()) {
    const auto& all = repository();
    EXPECT_TRUE(std::ranges::any_of(all, [&](const auto& one) { return one.is_below(path + "/"); }))
        << number << ": there is no " << path;
    return;
  }
  ASSERT_NE(file, nullptr) << number << ": there is no " << path;
  if (file->is_cpp()) RE2::Replace(&name, "^(\\w+)\\.(\\w+)$", "\\1, \\2");
  EXPECT_NE(file->text.find(name), std::string::npos)
      << number << ": " << path << " has no test " << name;
}

TEST(SecurityDocument, NamesTestsThatExist) {
  const SourceFile* page = find_file("docs/security.md");
  ASSERT_NE(page, nullptr);
  int tested = 0;
  std::set<std::string> numbers;
  for (const TableRow& row : table_of(page->text, "no.")) {
    ASSERT_EQ(row.size(), 3U) << row.front();
    const std::string& number = row.front();
    EXPECT_TRUE(RE2::FullMatch(number, "\\d+\\.\\d+\\.\\d+( \\(3\\))?")) << number;
    EXPECT_TRUE(numbers.insert(number).second) << number << " stands twice";
    bool named = false;
    std::string_view rest = row[2];
    while (!rest.empty()) {
      const auto end = std::min(rest.find("; "), rest.size());
      const std::string_view claim = rest.substr(0, end);
      rest = end == rest.size() ? std::string_view{} : rest.substr(end + 2);
      if (claim.starts_with("reviewed") || claim.starts_with("the second") ||
          claim.starts_with("receipts") || claim.starts_with("TRACE"))
        continue;
      if (!claim.starts_with('`')) continue;
      named = true;
      expect_named(number, claim);
    }
    EXPECT_TRUE(named || row[2].starts_with("reviewed")) << number << ": a test, or reviewed";
    tested += named ? 1 : 0;
  }
  EXPECT_GE(numbers.size(), 100U);
  EXPECT_GE(tested * 100, static_cast<int>(numbers.size()) * 85)
      << "rows without a test of their own";
  RecordProperty("requirements", static_cast<int>(numbers.size()));
  RecordProperty("tested", tested);
}

}  // namespace
}  // namespace tidy
