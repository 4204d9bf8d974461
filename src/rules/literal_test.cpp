// literal_test.cpp - numbers, texts, comments and dates as FEEL writes them.
#include "rules/test_models.h"

namespace rules {
namespace {

TEST(Literal, IsReadAsWritten) {
  expect_rows({{"1", "1"},
               {".5", "0.5"},
               {"-.5", "-0.5"},
               {"1.50", "1.5"},
               {"007", "7"},
               {"1e3", "1000"},
               {"1.2E-2", "0.012"},
               {R"("a\"b")", R"(a"b)"},
               {R"("\u0041")", "A"},
               {R"("\U01F415")", "🐕"},
               {R"("\uD83D\uDC15")", "🐕"},
               {R"(string length("\U01F415"))", "1"},
               {R"(string length("\uD83D\uDC15"))", "1"},
               {R"("a\\b")", R"(a\b)"},
               {R"("\'")", "'"},
               {"true", "true"},
               {"null", "null"},
               {"1 + /* inner */ 2 // tail", "3"},
               {"1 /* a * b / c */ + 1", "2"}});
}

TEST(Literal, IsReadAsWrittenAndRefusesWhatIsNoFeel) {
  expect_refused({"/* unterminated 1"});
}

TEST(Literal, OfATimeIsNullWhereItIsNone) {
  expect_rows({{R"(@"x")", "null"}, {R"(@"2020-01-01")", "2020-01-01"}});
}

TEST(Name, MayHoldSpacesKeywordsAndOperators) {
  expect_rows({{"{date of birth: 1, r: date of birth}.r", "1"},
               {"{null value: 1, r: null value}.r", "1"},
               {"{trueish: 1, r: trueish}.r", "1"},
               {"{for loop: 1, r: for loop}.r", "1"},
               {"{in stock: 2, r: in stock + 1}.r", "3"},
               {"{a.b: 1}", R"({"a.b": 1})"},
               {"{days and time: 3, r: days and time}.r", "3"},
               {"{x and y: 3, r: x and y}.r", "3"}});
}

TEST(Name, WithSymbolsIsKnownBehindItsContext) {
  expect_rows({
      {"{first-name: 1}.first-name", "1"},
      {"{a: {b+c: 1}, d: a.b+c}.d", "1"},
      {"{x: {\"first-name\": 1}, y: x.first-name}.y", "1"},
      {"count([{a-b: 1}][a-b = 1])", "1"},
      {"for p in [{a-b: 1}] return p.a-b", "[1]"},
      {"{foo: 3, bar: 1, r: foo-bar}.r", "2"},
  });
  const Value person{Context{{"x", Context{{"first-name", "B"}}}}};
  const auto parsed = Expression::parse("x.first-name", {"x"}, {"first-name"});
  ASSERT_TRUE(parsed);
  EXPECT_EQ(evaluate(*parsed, person).value, Value{"B"});
}

TEST(Name, IsTheSameComposedAndDecomposed) {
  // Declared with a combining circumflex, used with one and without.
  expect_rows({
      {"for e\u0302 in [1] return \u00EA", "[1]"},
      {"(function(e\u0302) \u00EA)(1)", "1"},
      {"some e\u0302 in [1] satisfies e\u0302 = 1", "true"},
      {"{\"e\u0302\": 1}.\u00EA", "1"},
      {"context put({}, \"e\u0302\", 1).\u00EA", "1"},
      {"get value({\u00EA: 1}, \"e\u0302\")", "1"},
  });
}

}  // namespace
}  // namespace rules
