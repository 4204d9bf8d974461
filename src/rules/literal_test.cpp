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

}  // namespace
}  // namespace rules
