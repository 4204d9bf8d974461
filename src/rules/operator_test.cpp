// operator_test.cpp - arithmetic, comparison, ranges and three-valued logic.
#include "rules/test_models.h"

namespace rules {
namespace {

TEST(Operator, ComputesOrIsNull) {
  expect_rows({{"1 + 2 * 3 - 4 / 2", "5"},
               {"2 ** 3 ** 2", "64"},
               {"-3 ** 2", "9"},
               {"2 ** -1", "0.5"},
               {"2 ** 0.5", "1.414213562373095048801688724209698"},
               {"(-8) ** (1/3)", "null"},
               {"0 ** 0", "1"},
               {"0 ** -1", "null"},
               {"10 ** 6145", "null"},
               {"1/3", "0.3333333333333333333333333333333333"},
               {"2/3", "0.6666666666666666666666666666666667"},
               {"1/0", "null"},
               {"0.1 + 0.2 = 0.3", "true"},
               {"null + 1", "null"},
               {R"(1 + "a")", "null"},
               {R"("a" - "b")", "null"},
               {R"(- "a")", "null"},
               {"--1", "1"},
               {"1 - -1", "2"},
               {R"("foo" + "bar")", "foobar"},
               {R"("foo" + 1)", "null"},
               {"[1] + 1", "null"},
               {R"(@"P1D" * 2)", "P2D"},
               {R"(2 * @"P1Y")", "P2Y"},
               {R"(@"P1D" / 2)", "PT12H"},
               {R"(@"P1Y" / @"P1M")", "12"},
               {R"(@"P1D" / @"PT1H")", "24"},
               {R"(@"P1D" * @"P1D")", "null"},
               {R"(@"P1Y" * 1.5)", "P1Y6M"},
               {R"(@"P1D" + @"P1Y")", "null"},
               {R"(@"P1D" / 0)", "null"},
               {R"(1 / @"P1D")", "null"}});
}

TEST(Operator, ComparesWhatHasAnOrder) {
  expect_rows({{"1 < 2", "true"},
               {R"("a" < "b")", "true"},
               {R"(1 < "a")", "null"},
               {"true < false", "null"},
               {"null < 1", "null"},
               {"null = null", "true"},
               {"null != null", "false"},
               {"1 = null", "false"},
               {"1 != null", "true"},
               {R"(1 = "1")", "null"},
               {R"(1 != "1")", "null"},
               {"[1,2] = [1,2]", "true"},
               {"[1,2] = [2,1]", "false"},
               {"[1] = 1", "null"},
               {"{a:1,b:2} = {b:2,a:1}", "true"},
               {"{a:1} = {a:1,b:null}", "false"},
               {R"(@"P1Y" = @"P12M")", "true"},
               {R"(@"P1D" = @"PT24H")", "true"},
               {R"(@"P0D" = @"P0Y")", "null"},
               {R"(@"2020-01-01" < @"2020-01-02")", "true"},
               {R"(@"10:00:00" < @"11:00:00")", "true"},
               {R"(@"10:00:00Z" = @"11:00:00+01:00")", "true"},
               {R"(@"10:00:00" = @"10:00:00Z")", "false"},
               {R"(@"2020-01-01T10:00:00Z" = @"2020-01-01T11:00:00+01:00")", "true"},
               {"[1..5] = [1..5]", "true"},
               {"[1..5] = [1..5)", "false"},
               {"(=1) = [1..1]", "false"},
               {"(<5) = (null..5)", "false"},
               {"5 in (<6)", "true"},
               {"5 in (>=5)", "true"},
               {"5 in (=5)", "true"},
               {"5 in (!=5)", "false"},
               {"5 in > 4", "true"},
               {"5 in (> 4, < 2)", "true"},
               {"5 in [1,5]", "true"},
               {"5 in ([1..3], [4..6])", "true"},
               {"5 in [[1..3], [4..6]]", "true"},
               {"5 in (1,2)", "false"},
               {"null in (1)", "false"},
               {"null in (null)", "true"},
               {"[1,2] in [[1,2]]", "true"},
               {"[1,2] in ([1,2],[3])", "true"},
               {R"("a" in ["a".."c"])", "true"},
               {"1 between 0 and 2", "true"},
               {"1 between null and 2", "null"},
               {"null between 0 and 2", "null"},
               {R"("b" between "a" and "c")", "true"},
               {"1 between 0 and 2 and true", "true"},
               {"1 + 1 between 1 + 0 and 5 - 2", "true"},
               {R"(1 between 0 and "a")", "null"},
               {R"(@"2020-01-02" between @"2020-01-01" and @"2020-01-03")", "true"}});
}

TEST(Operator, IsNullForKindsThatCannotBeEqual) {
  expect_rows(
      {{R"(date("2018-12-08") = date("2018-12-08"))", "true"},
       {R"(date and time("2018-12-08T00:00:00") = date and time("2018-12-08T00:00:00Z"))", "false"},
       {"[1..3] = [1..3.0]", "true"},
       {"{a:[1,{b:2}]} = {a:[1,{b:2.0}]}", "true"},
       {"{a:1} = [1]", "null"},
       {"true = 1", "null"},
       {"function(a) a = null", "function(a)"},
       {"is(1, 1.0)", "true"},
       {R"(is(@"10:00:00Z", @"11:00:00+01:00"))", "false"},
       {"is(null, null)", "true"},
       {"is(value1: 1, value2: 1)", "true"},
       {"is([1], [1])", "true"},
       {R"(@"P1Y" = @"P365D")", "null"},
       {R"(@"P1Y" < @"P2Y")", "true"},
       {R"(@"P1D" < @"P1Y")", "null"},
       {R"(@"10:00:00" < @"10:00:00Z")", "null"},
       {R"("b" > "A")", "true"},
       {"[1,2] < [1,3]", "null"}});
}

TEST(Operator, DecidesInThreeValues) {
  expect_rows({{"true and null", "null"},
               {R"(false and "x")", "false"},
               {"true or 1", "true"},
               {"null or null", "null"},
               {R"("a" and true)", "null"},
               {"1 or false", "null"},
               {"not(true)", "false"},
               {"not(null)", "null"},
               {"not(1)", "null"},
               {R"(not("a"))", "null"},
               {"if null then 1 else 2", "2"},
               {"if 1 then 1 else 2", "null"},
               {"if true then 1 else 2", "1"}});
}

TEST(Operator, ChoosesOneSide) {
  expect_rows({{R"(if 1 > 0 then "y" else "n")", "y"},
               {R"(if "a" then 1 else 2)", "null"},
               {"if true then if false then 1 else 2 else 3", "2"},
               {"(if true then 1 else 2) + 1", "2"}});
}

TEST(Operator, ChoosesOneSideAndRefusesWhatIsNoFeel) {
  expect_refused({"if true then 1"});
}

TEST(Operator, FindsAValueAmongTests) {
  expect_rows({{"1 in [2,3,1]", "true"},
               {R"("a" in ("a","b"))", "true"},
               {R"(@"2020-01-01" in [@"2019-01-01"..@"2021-01-01"])", "true"},
               {R"(@"P1D" in [@"PT1H"..@"P2D"])", "true"},
               {R"(1 in "a")", "null"},
               {"5 in ([1..3],[10..20])", "false"},
               {"{a: 5, r: a in (<3, >4)}.r", "true"}});
}

TEST(Range, KeepsItsEnds) {
  expect_rows({{"[1..5].start", "1"},
               {"(1..5).start included", "false"},
               {"[1..5].end included", "true"},
               {"(<5).end", "5"},
               {"(<5).start", "null"},
               {"(<5).start included", "false"},
               {"(>=5).start included", "true"},
               {"(=5).start", "5"},
               {"(<=5).end included", "true"},
               {"]1..5[ = (1..5)", "true"},
               {R"([1.."a"])", "null"},
               {"[null..5].start", "null"},
               {"3 in ]1..5[", "true"},
               {"1 in ]1..5]", "false"}});
}

TEST(InstanceOf, LooksAtTheKind) {
  expect_rows({{"1 instance of number", "true"},
               {"null instance of number", "false"},
               {"null instance of Null", "true"},
               {"null instance of Any", "false"},
               {"1 instance of Any", "true"},
               {"[1] instance of list<number>", "true"},
               {R"([1,"a"] instance of list<number>)", "false"},
               {R"([1,"a"] instance of list<Any>)", "true"},
               {"[] instance of list<number>", "true"},
               {"{a:1} instance of context<a: number>", "true"},
               {"{a:1,b:2} instance of context<a: number>", "true"},
               {R"({a:"x"} instance of context<a: number>)", "false"},
               {"{a:1} instance of context", "true"},
               {"[1..2] instance of range<number>", "true"},
               {R"(["a".."b"] instance of range<number>)", "false"},
               {"(function(a: number) a) instance of function<number> -> Any", "true"},
               {R"(@"P1D" instance of days and time duration)", "true"},
               {R"(@"P1Y" instance of years and months duration)", "true"},
               {R"(@"P1Y" instance of days and time duration)", "false"},
               {R"(@"2020-01-01" instance of date)", "true"},
               {R"(@"2020-01-01T00:00:00" instance of date and time)", "true"},
               {R"(@"2020-01-01T00:00:00" instance of date)", "false"},
               {"1 instance of nothing", "null"}});
}

TEST(Expression, BindsItsPartsAsTheGrammarSays) {
  expect_rows({{"{if: 1}.if", "1"},
               {"{a: {for: 2}}.a.for + 1", "3"},
               {"{x: 1}.x between 0 and 2", "true"},
               {"count(1,2,3)", "null"},
               {"[{a:{b:1}},{a:{b:2}}].a.b", "[1, 2]"},
               {"[[{a:1}],[{a:2}]].a", "[[1], [2]]"},
               {"{a: [1..5], b: a.start}.b", "1"},
               {"[1..5].start + 1", "2"},
               {R"((@"2020-01-01").year + 1)", "2021"},
               {R"(date("2020-01-01").year)", "2020"},
               {R"({d: @"2020-01-01", y: d.year}.y)", "2020"},
               {R"([@"2020-01-01", @"2021-01-01"].year)", "[2020, 2021]"},
               {R"(duration("P1Y").years)", "1"},
               {R"({a: "x"}["a"])", "null"},
               {"5 instance of string or true", "true"},
               {"1 in [1..3] and 2 in [1..3]", "true"},
               {"not(1 in [1..3])", "false"},
               {"some x in [1,2] satisfies x > 1 and true", "true"},
               {"[1,2,3][item in [2..3]]", "[2, 3]"},
               {R"("a" + string(1))", "a1"},
               {R"(string length("a") > 0)", "true"},
               {"if [] = [] then 1 else 2", "1"},
               {"-5 ** 2", "25"},
               {"2 * -3", "-6"},
               {"2--3", "5"},
               {"a b", "null"}});
}

TEST(Expression, BindsItsPartsAsTheGrammarSaysAndRefusesWhatIsNoFeel) {
  expect_refused({"(1 + 2", "1 +", "[1,2", "{a: 1", R"("abc)", "f(1", "1 2", R"(@"P1D)", "1 == 1",
                  "1 <> 2", "a.1"});
}

}  // namespace
}  // namespace rules
