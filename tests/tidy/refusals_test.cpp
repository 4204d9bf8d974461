// docs/reference/refusals.md documents every refusal, with the words that people see.
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dossier/refusal.h"
#include "source_tree.h"

namespace tidy {
namespace {

std::vector<dossier::Refusal> all_refusals() {
  std::vector<dossier::Refusal> all;
  for (int i = 0; !dossier::to_text(static_cast<dossier::Refusal>(i)).empty(); ++i) {
    all.push_back(static_cast<dossier::Refusal>(i));
  }
  return all;
}

// Columns: code | Vietnamese | English | when | remedy.
std::map<std::string, TableRow> documented() {
  std::map<std::string, TableRow> rows;
  const SourceFile* page = find_file("docs/reference/refusals.md");
  if (page == nullptr) return rows;
  for (TableRow& row : table_of(page->text, "code")) {
    std::string code = row.front();
    std::erase(code, '`');
    rows.emplace(code, row);
  }
  return rows;
}

TEST(Refusals, AreEachDocumentedInTheirOwnWords) {
  std::map<std::string, TableRow> rows = documented();
  for (const dossier::Refusal refusal : all_refusals()) {
    const std::string code(dossier::to_text(refusal));
    const auto row = rows.find(code);
    ASSERT_NE(row, rows.end()) << "docs/reference/refusals.md: add a row for " << code;
    ASSERT_GE(row->second.size(), 5U) << code;
    EXPECT_EQ(row->second[1], dossier::explain(refusal).vi) << code;
    EXPECT_EQ(row->second[2], dossier::explain(refusal).en) << code;
    EXPECT_FALSE(row->second[3].empty()) << code << ": say when";
    EXPECT_FALSE(row->second[4].empty()) << code << ": say the remedy";
    rows.erase(row);
  }
  EXPECT_TRUE(rows.empty()) << rows.begin()->first << " is documented, but no refusal";
}

TEST(Refusals, HaveOneNameEach) {
  std::map<std::string, int> names;
  for (const dossier::Refusal refusal : all_refusals())
    ++names[std::string(dossier::to_text(refusal))];
  EXPECT_EQ(names.size(), all_refusals().size());
  EXPECT_GE(names.size(), 30U);
}

}  // namespace
}  // namespace tidy
