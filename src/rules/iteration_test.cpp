// iteration_test.cpp - loops, quantifiers, filters and paths.
#include "rules/test_models.h"

namespace rules {
namespace {

TEST(For, WalksListsAndRanges) {
  expect_rows({{"for i in [1..3] return i", "[1, 2, 3]"},
               {"for i in (1..3) return i", "[2]"},
               {"for i in [1..3) return i", "[1, 2]"},
               {"for i in [3..1] return i", "[3, 2, 1]"},
               {"for i in 3..1 return i", "[3, 2, 1]"},
               {"for i in 1..2, j in 1..i return j", "[1, 1, 2]"},
               {"for i in 1..3 return i + count(partial)", "[1, 3, 5]"},
               {"for i in 0..8 return if i = 0 then 1 else i * partial[-1]",
                "[1, 1, 2, 6, 24, 120, 720, 5040, 40320]"},
               {"for i in [] return i", "[]"},
               {"for i in 1 return i", "[1]"},
               {"for i in null return i", "null"},
               {"for i in 1..null return i", "null"},
               {"for i in null..1 return i", "null"},
               {R"(for i in "a" return i)", R"(["a"])"},
               {R"(for i in "a".."c" return i)", "null"},
               {"for i in 1..1 return i", "[1]"},
               {"for i in -1..1 return i", "[-1, 0, 1]"},
               {"for i in -1..-3 return i", "[-1, -2, -3]"},
               {"for i in [1.5..3] return i", "null"},
               {"for i in 1.5..3 return i", "null"},
               {R"(for d in @"2020-01-01"..@"2020-01-03" return d)",
                "[2020-01-01, 2020-01-02, 2020-01-03]"},
               {R"(for d in [@"2020-01-01"..@"2020-01-03"] return d.day)", "[1, 2, 3]"},
               {R"(for d in @"2020-01-03"..@"2020-01-01" return d.day)", "[3, 2, 1]"},
               {R"(for d in @"2020-01-01T00:00:00"..@"2020-01-03T00:00:00" return d)", "null"},
               {"for i in [1,2], j in [3,4] return {a: i, b: j}",
                "[{a: 1, b: 3}, {a: 1, b: 4}, {a: 2, b: 3}, {a: 2, b: 4}]"},
               {"for i in [[1,2],[3]] return count(i)", "[2, 1]"},
               {"for i in 1..2 return for j in 1..2 return i*j", "[[1, 2], [2, 4]]"},
               {"for x in [1,2] return x + undefined", "[null, null]"},
               {"for i in [1..(<5)] return i", "null"},
               {"for i in (>1) return i", "null"},
               {"for i in {a:1} return i.a", "[1]"},
               {"for my var in [1,2] return my var * 2", "[2, 4]"},
               {"for i in 1..2 return partial", "[[], [[]]]"}});
}

TEST(For, WalksToTheLastIntegersAndNoFurther) {
  expect_rows({
      {"for i in 9223372036854775806..9223372036854775807 return i",
       "[9223372036854775806, 9223372036854775807]"},
      {"for i in -9223372036854775807..-9223372036854775808 return i",
       "[-9223372036854775807, -9223372036854775808]"},
      {"for i in (-9223372036854775808..-9223372036854775808) return i", "[]"},
      {"for i in (1..2) return i", "[]"},
      {"for i in (3..1] return i", "[2, 1]"},
  });
}

TEST(Quantifiers, KnowUnknowns) {
  expect_rows({{"some x in [1,2], y in [2,3] satisfies x = y", "true"},
               {"every x in [1,2], y in [2,3] satisfies x < y", "false"},
               {"some x in [] satisfies true", "false"},
               {"every x in [] satisfies false", "true"},
               {"some x in null satisfies true", "null"},
               {"every x in 1..3 satisfies x > 0", "true"},
               {"some x in [1,null] satisfies x > 0", "true"},
               {"every x in [1,null] satisfies x > 0", "null"},
               {R"(some x in [1,2] satisfies "a")", "null"},
               {"some x in 5 satisfies x = 5", "true"}});
}

TEST(Filter, KeepsItemsOrPicksOne) {
  expect_rows({{"[1,2,3][1]", "1"},
               {"[1,2,3][-1]", "3"},
               {"[1,2,3][0]", "null"},
               {"[1,2,3][4]", "null"},
               {"[1,2,3][-4]", "null"},
               {"[1,2,3][item >= 2]", "[2, 3]"},
               {"[1,2,3][item > 5]", "[]"},
               {"[{a:1},{a:2}][a > 1]", "[{a: 2}]"},
               {"[{a:1},{b:2}][a = 1]", "[{a: 1}]"},
               {"[{x:1,y:2},{x:2,y:3}][x=1].y", "[2]"},
               {"[{item:1},{item:2}][item >= 2]", "[{item: 2}]"},
               {"{a:1}[a=1]", "[{a: 1}]"},
               {"1[1]", "1"},
               {"1[2]", "null"},
               {"1[item = 1]", "[1]"},
               {"null[1]", "null"},
               {"null[item = 1]", "null"},
               {"[1,2,3][null]", "[]"},
               {R"([1,2,3]["a"])", "null"},
               {"[1,2,3][true]", "[1, 2, 3]"},
               {"[1,2,3][false]", "[]"},
               {"[1,2,3][1.0]", "1"},
               {"[1,2,3][1.5]", "null"},
               {"[1,2,3][2][1]", "2"},
               {"[[1,2],[3,4]][1]", "[1, 2]"},
               {"[[1,2],[3,4]][1][2]", "2"},
               {"[true,false][item]", "[true]"},
               {"[1,2,3][count([1,2])]", "2"},
               {"[][1]", "null"},
               {"[][item > 1]", "[]"},
               {"[{a:[1,2]},{a:[3]}].a", "[[1, 2], [3]]"},
               {"flatten([{a:[1,2]},{a:[3]}].a)", "[1, 2, 3]"},
               {"[{a:{b:1}},{a:{b:2}}].a.b", "[1, 2]"},
               {"[{a:1},{b:2}].a", "[1, null]"},
               {"[{a:1},2].a", "[1, null]"},
               {"[].a", "[]"},
               {"{a:1}.b", "null"},
               {"1.a", "null"},
               {R"("abc".a)", "null"},
               {"null.a", "null"},
               {"{a:null}.a.b", "null"},
               {"[null].a", "[null]"}});
}

TEST(Function, ClosesOverWhatItReads) {
  expect_rows(
      {{"(function(a) a + 1)(2)", "3"},
       {"{f: function(a, b) a - b, r: f(b: 1, a: 3)}.r", "2"},
       {R"({f: function(a: number) a, r: f("x")}.r)", "null"},
       {R"({f: function(a: number, b: string) b, r: f(1, "z")}.r)", "z"},
       {"{f: function() 5, r: f()}.r", "5"},
       {"{f: function(a) function(b) a + b, r: f(1)(2)}.r", "3"},
       {"{f: function(g) g(1), r: f(function(x) x + 10)}.r", "11"},
       {"[function(a) a, function(a) a * 2][2](4)", "8"},
       {"{f: function(a) a, r: f()}.r", "null"},
       {"{f: function(a) a, r: f(1,2)}.r", "null"},
       {"{f: function(a) a, r: f(b: 1)}.r", "null"},
       {"{fib: function(n) if n <= 1 then n else fib(n-1) + fib(n-2), r: fib(10)}.r", "55"},
       {"function(a) a", "function(a)"},
       {"(function(a) a) instance of function<Any> -> Any", "true"},
       {"{a: sum, r: a([1,2])}.r", "3"},
       {R"({f: function(first name) first name + "!", r: f("x")}.r)", "x!"},
       {R"({f: function(first name) first name + "!", r: f(first name: "x")}.r)", "x!"},
       {"{a: 1}.a(1)", "null"},
       {"null(1)", "null"},
       {"sum = sum", "true"},
       {"for f in [function(x) x, function(x) x*2] return f(3)", "[3, 6]"},
       {"sort([{a:2},{a:1}], function(x,y) x.a < y.a)[1].a", "1"},
       {"{makeAdder: function(n) function(x) x + n, add5: makeAdder(5), r: add5(1)}.r", "6"}});
}

}  // namespace
}  // namespace rules
