// syntax_error_test.cpp - where a broken text is wrong, and what was expected there.
#include <gtest/gtest.h>

#include "rules/expression.h"
#include "rules/unary_tests.h"

namespace rules {
namespace {

struct Broken {
  const char* text;
  int line;
  int column;
  const char* expected;
};

TEST(SyntaxError, NamesLineColumnAndWhatWasExpected) {
  for (const Broken& each :
       std::initializer_list<Broken>{{"1 +", 1, 4, "an expression"},
                                     {"1 +\n  * 2", 2, 3, "an expression"},
                                     {"(1 + 2", 1, 7, "')'"},
                                     {"[1, 2", 1, 6, "']'"},
                                     {"[1, 2)", 1, 6, "']'"},
                                     {"{a: 1", 1, 6, "'}'"},
                                     {"{a 1}", 1, 5, "':'"},
                                     {"{a: }", 1, 5, "an expression"},
                                     {"{: 1}", 1, 2, "the name of an entry"},
                                     {"{a: 1, }", 1, 8, "the name of an entry"},
                                     {"\"abc", 1, 5, "'\"'"},
                                     {"@\"P1D", 1, 6, "'\"'"},
                                     {"@5", 1, 2, "'\"' after '@'"},
                                     {"f(1", 1, 4, "')'"},
                                     {"f(a: 1, 2)", 1, 9, "the name of a parameter"},
                                     {"1 2", 1, 3, "the end or an operator"},
                                     {"1 == 1", 1, 3, "'='"},
                                     {"if 1 > 0 then 2", 1, 16, "'else'"},
                                     {"if 1 > 0\nthen", 2, 5, "an expression"},
                                     {"for x [1, 2] return x", 1, 7, "'in'"},
                                     {"for x in [1] x", 1, 14, "'return'"},
                                     {"for in [1] return 1", 1, 5, "the name of a variable"},
                                     {"some x in [1] return x", 1, 15, "'satisfies'"},
                                     {"function(a b", 1, 13, "')'"},
                                     {"function(a: ) a", 1, 13, "a type"},
                                     {"function(1) a", 1, 10, "the name of a parameter"},
                                     {"1 between 2 or 3", 1, 13, "'and'"},
                                     {"1 instance number", 1, 12, "'of'"},
                                     {"1 instance of list<", 1, 20, "a type"},
                                     {"x in (", 1, 7, "an expression"},
                                     {"[1..2", 1, 6, "']', ')' or '[' at the end of the range"},
                                     {"a.1", 1, 3, "a name after '.'"},
                                     {"a[1", 1, 4, "']'"},
                                     {"1 <> 2", 1, 4, "an expression"},
                                     {"[1,]", 1, 4, "an expression"},
                                     {"a[]", 1, 3, "an expression"},
                                     {"họ tên ;", 1, 8, "the end or an operator"},
                                     {"/* never ends", 1, 1, "'*/'"}}) {
    const auto parsed = Expression::parse(each.text);
    ASSERT_FALSE(parsed) << each.text;
    EXPECT_EQ(parsed.error().line, each.line) << each.text;
    EXPECT_EQ(parsed.error().column, each.column) << each.text;
    EXPECT_EQ(parsed.error().expected, each.expected) << each.text;
    EXPECT_NE(parsed.error().message.find(each.expected), std::string::npos) << each.text;
  }
}

TEST(SyntaxError, OfTestsHasItsPlaceToo) {
  for (const Broken& each :
       std::initializer_list<Broken>{{"<", 1, 2, "an expression"},
                                     {"< 5, >", 1, 7, "an expression"},
                                     {"1, ", 1, 4, "an expression"},
                                     {"[1..5", 1, 6, "']', ')' or '[' at the end of the range"},
                                     {"not(1, 2", 1, 9, "')'"},
                                     {"", 1, 1, "an expression"},
                                     {"- 1 2", 1, 5, "the end or an operator"}}) {
    const auto parsed = UnaryTests::parse(each.text);
    ASSERT_FALSE(parsed) << each.text;
    EXPECT_EQ(parsed.error().line, each.line) << each.text;
    EXPECT_EQ(parsed.error().column, each.column) << each.text;
    EXPECT_EQ(parsed.error().expected, each.expected) << each.text;
  }
}

}  // namespace
}  // namespace rules
