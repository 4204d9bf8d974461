// builtin_range_test.cpp - ranges out of texts, and how they lie to each other.
#include "rules/test_models.h"

namespace rules {
namespace {

TEST(RangeFunctions, CompareTheEnds) {
  expect_rows({{"before(1, 10)", "true"},
               {"before(point1: 1, point2: 10)", "true"},
               {"before(1, [1..10])", "false"},
               {"before(1, (1..10])", "true"},
               {"before([1..5], [6..10])", "true"},
               {"before([1..5], 10)", "true"},
               {"before(range: [1..5], point: 10)", "true"},
               {"after(10, 5)", "true"},
               {"meets([1..5],[5..10])", "true"},
               {"meets([1..5],(5..10])", "false"},
               {"met by([5..10],[1..5])", "true"},
               {"overlaps([1..5],[3..8])", "true"},
               {"overlaps([1..5],[6..8])", "false"},
               {"overlaps([1..5],[5..8])", "true"},
               {"overlaps before([1..5],[4..10])", "true"},
               {"overlaps after([4..10],[1..5])", "true"},
               {"finishes(10,[1..10])", "true"},
               {"finished by([1..10],10)", "true"},
               {"includes([1..10],5)", "true"},
               {"includes([1..10],[4..6])", "true"},
               {"during(5,[1..10])", "true"},
               {"starts(1,[1..10])", "true"},
               {"started by([1..10],1)", "true"},
               {"coincides([1..5],[1..5])", "true"},
               {"coincides(5,5)", "true"},
               {"before(null, 1)", "null"},
               {R"(before(1, "a"))", "null"},
               {"before(1)", "null"}});
}

TEST(RangeFunctions, ReadATextWithLiteralEnds) {
  expect_rows({{R"(range("[1..5]"))", "[1..5]"},
               {R"~(range("(1..5)"))~", "(1..5)"},
               {R"(range("[\"a\"..\"c\"]"))", R"(["a".."c"])"},
               {R"(range("[@\"2020-01-01\"..@\"2020-02-01\"]").start)", "2020-01-01"},
               {R"(range("[date(\"2020-01-01\")..date(\"2020-02-01\")]").end)", "2020-02-01"},
               {R"(range("[1..]"))", "null"},
               {R"~(range("[1..)").start)~", "1"},
               {R"(range("(..5]").end)", "5"},
               {R"(range(from: "]1..5["))", "(1..5)"},
               {R"(range("[5..1]"))", "null"},
               {R"(range("1..5"))", "null"},
               {R"(range("[1+1..5]"))", "null"},
               {"range(null)", "null"},
               {"range(1)", "null"},
               {R"(range(""))", "null"},
               {"range()", "null"}});
}

}  // namespace
}  // namespace rules
