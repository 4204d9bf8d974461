#include "rules/unary_tests.h"

#include <gtest/gtest.h>

namespace rules {
namespace {

bool matches(const char* text, const Value& value) {
  const auto tests = UnaryTests::parse(text);
  EXPECT_TRUE(tests) << text;
  return tests && tests->matches(value, Value{Context{{"limit", 18}}});
}

TEST(UnaryTests, CompareTheInput) {
  EXPECT_TRUE(matches("-", 5));
  EXPECT_TRUE(matches("< limit", 17));
  EXPECT_FALSE(matches("< limit", 18));
  EXPECT_TRUE(matches("[1..5], 9", 9));
  EXPECT_FALSE(matches("[1..5), 9", 5));
  EXPECT_TRUE(matches("not(1, 2)", 3));
  EXPECT_FALSE(matches("not(1, 2)", 2));
  EXPECT_TRUE(matches("\"khai sinh\", \"kết hôn\"", "kết hôn"));
  EXPECT_TRUE(matches("? > 3 and ? < 9", 4));
  EXPECT_TRUE(matches("starts with(?, \"H41\")", "H41.01"));
}

TEST(UnaryTests, DoNotMatchWhatCannotBeCompared) {
  EXPECT_FALSE(matches("< 5", "a"));
  EXPECT_FALSE(matches("not(< 5)", "a"));
  EXPECT_FALSE(matches("true", false));
  EXPECT_TRUE(matches("null", Value{}));
}

TEST(UnaryTests, RefuseWhatIsNoTest) {
  EXPECT_FALSE(UnaryTests::parse("< "));
  EXPECT_FALSE(UnaryTests::parse("1,"));
  EXPECT_FALSE(UnaryTests::parse(""));
}

}  // namespace
}  // namespace rules
