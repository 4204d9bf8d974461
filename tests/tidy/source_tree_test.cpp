#include "source_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidy {
namespace {

using ::testing::ElementsAre;

TEST(CodeOf, BlanksCommentsAndLiterals) {
  EXPECT_EQ(code_of("a(); // b()\nc(\"d()\");"), "a();       \nc(     );");
  EXPECT_EQ(code_of("/* x\ny */z"), "    \n    z");
  EXPECT_EQ(code_of(R"x(f("\"g()");)x"), "f(       );");
}

TEST(CodeOf, KnowsRawStringsAndDigitSeparators) {
  EXPECT_EQ(code_of("f(R\"x(\" // )\" )x\");g"), "f(               );g");
  EXPECT_EQ(code_of("1'000; 'a'; b"), "1'000;    ; b");
}

TEST(TableOf, GivesTheCellsOfTheTableAskedFor) {
  const auto rows =
      table_of("| x | y |\n|---|---|\n| 1 | 2 |\n\n| k | v |\n|--|--|\n| a | b c |\n", "k");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_THAT(rows[0], ElementsAre("a", "b c"));
}

TEST(Repository, IsRead) {
  EXPECT_GT(repository().size(), 100U);
  ASSERT_NE(find_file("CMakeLists.txt"), nullptr);
  EXPECT_EQ(find_file("no/such/file"), nullptr);
}

}  // namespace
}  // namespace tidy
