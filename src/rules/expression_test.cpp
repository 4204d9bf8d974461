#include "rules/expression.h"

#include <gtest/gtest.h>

namespace rules {
namespace {

struct Row {
  const char* text;
  const char* expected;  // as FEEL's string() would write it
};

const Value kContext{Context{
    {"age", 17},
    {"amount", 250},
    {"Họ tên", "Nguyễn Văn An"},
    {"phí", Context{{"bản sao", 2000}, {"trang", 3}}},
    {"people", List{Context{{"name", "An"}, {"age", 30}}, Context{{"name", "Bình"}, {"age", 12}}}},
}};

class Table : public testing::TestWithParam<Row> {};

TEST_P(Table, HasTheValue) {
  const auto parsed = Expression::parse(GetParam().text);
  ASSERT_TRUE(parsed) << GetParam().text << ": " << parsed.error().message;
  const Evaluation evaluation = evaluate(*parsed, kContext);
  EXPECT_EQ(to_text(evaluation.value), GetParam().expected) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Arithmetic, Table,
    testing::Values(Row{"1 + 2 * 3", "7"}, Row{"0.1 + 0.2", "0.3"}, Row{"10 / 4", "2.5"},
                    Row{"1 / 3", "0.3333333333333333333333333333333333"}, Row{"2 ** 10", "1024"},
                    Row{"-2 ** 2", "4"}, Row{"(1 + 2) * 3", "9"}, Row{"1 / 0", "null"},
                    Row{"9007199254740993 + 1", "9007199254740994"},
                    Row{"4611686018427387903 * 4", "18446744073709551612"}, Row{"1.50", "1.5"},
                    Row{"\"a\" + \"b\"", "ab"}, Row{"1 + \"a\"", "null"}));

INSTANTIATE_TEST_SUITE_P(
    Logic, Table,
    testing::Values(Row{"age < 18 and amount > 100", "true"}, Row{"true or null", "true"},
                    Row{"false and null", "false"}, Row{"true and null", "null"},
                    Row{"if age >= 18 then \"adult\" else \"minor\"", "minor"},
                    Row{"age between 10 and 20", "true"}, Row{"age in [10..17]", "true"},
                    Row{"age in [10..17)", "false"}, Row{"age in (1, < 5, >= 17)", "true"},
                    Row{"not(age = 17)", "false"}, Row{"age instance of number", "true"}));

INSTANTIATE_TEST_SUITE_P(
    Names, Table,
    testing::Values(Row{"Họ tên", "Nguyễn Văn An"}, Row{"phí.bản sao * phí.trang", "6000"},
                    Row{"string length(Họ tên)", "13"}, Row{"people.name", "[\"An\", \"Bình\"]"},
                    Row{"people[age < 18].name", "[\"Bình\"]"}, Row{"people[-1].name", "Bình"},
                    Row{"unknown name + 1", "null"}));

INSTANTIATE_TEST_SUITE_P(
    Collections, Table,
    testing::Values(Row{"for x in 1..3 return x * x", "[1, 4, 9]"},
                    Row{"for x in [1, 2], y in [10, 20] return x + y", "[11, 21, 12, 22]"},
                    Row{"for i in 1..5 return if i = 1 then 1 else i * partial[-1]",
                        "[1, 2, 6, 24, 120]"},
                    Row{"some x in [1, 2, 3] satisfies x > 2", "true"},
                    Row{"every x in [1, 2, 3] satisfies x > 2", "false"},
                    Row{"{a: 1, b: a + 1}.b", "2"}, Row{"[1, 2, 3][item > 1]", "[2, 3]"},
                    Row{"sort([3, 1, 2], function(x, y) x < y)", "[1, 2, 3]"},
                    Row{"{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(20)}.r",
                        "2432902008176640000"},
                    Row{"sum(people.age)", "42"}, Row{"max(3, 9, 4)", "9"},
                    Row{"count([1, [2, 3]])", "2"}, Row{"flatten([1, [2, [3]]])", "[1, 2, 3]"}));

INSTANTIATE_TEST_SUITE_P(
    Temporal, Table,
    testing::Values(Row{"date(\"2026-08-20\") + duration(\"P3D\")", "2026-08-23"},
                    Row{"@\"2026-01-31\" + @\"P1M\"", "2026-02-28"},
                    Row{"@\"2026-08-20\".weekday", "4"},
                    Row{"day of week(@\"2026-08-20\")", "Thursday"},
                    Row{"@\"2026-03-01\" - @\"2026-02-01\"", "P28D"},
                    Row{"years and months duration(@\"2024-02-29\", @\"2026-02-28\")", "P1Y11M"},
                    Row{"date and time(\"2026-08-20T07:30:00@Asia/Ho_Chi_Minh\").time offset",
                        "PT7H"},
                    Row{"@\"2026-02-30\"", "null"}, Row{"now()", "null"}));

INSTANTIATE_TEST_SUITE_P(Strings, Table,
                         testing::Values(Row{"substring(\"đăng ký\", 3, 2)", "ng"},
                                         Row{"upper case(\"đ\")", "Đ"},
                                         Row{"matches(\"040123456789\", \"^\\d{12}$\")", "true"},
                                         Row{"replace(\"a1b2\", \"(\\d)\", \"<$1>\")", "a<1>b<2>"},
                                         Row{"split(\"a;b;c\", \";\")", "[\"a\", \"b\", \"c\"]"},
                                         Row{"matches(\"x\", \"(a\")", "null"}));

TEST(Expression, SaysWhereTheTextIsWrong) {
  const auto parsed = Expression::parse("1 +\n  * 2");
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().line, 2);
  EXPECT_EQ(parsed.error().column, 3);
  EXPECT_EQ(parsed.error().expected, "an expression");
}

}  // namespace
TEST(Expression, NamesAreThoseItReadsFromOutsideAndNotItsOwnVariables) {
  const auto names = [](const char* text) { return rules::Expression::parse(text)->names(); };
  using Names = std::vector<std::string>;
  EXPECT_EQ(names("sum(for d in documents return d.pages)"), (Names{"documents"}));
  EXPECT_EQ(names("some x in xs satisfies x > limit"), (Names{"xs", "limit"}));
  EXPECT_EQ(names("for d in d return d + e"), (Names{"d", "e"}));
}

}  // namespace rules
