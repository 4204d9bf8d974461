// bounds_test.cpp - what is hostile ends early, and nothing that is thrown at the parser hurts it.
#include <array>
#include <ctime>
#include <iostream>
#include <random>

#include <gtest/gtest.h>

#include "rules/dmn_xml.h"
#include "rules/expression.h"
#include "rules/unary_tests.h"

namespace rules {
namespace {

Evaluation run(const std::string& text, const Bounds& bounds = {}) {
  const auto parsed = Expression::parse(text);
  EXPECT_TRUE(parsed) << text.substr(0, 80);
  return parsed ? evaluate(*parsed, {}, bounds) : Evaluation{};
}

bool reached_bound(const Evaluation& evaluation) {
  return evaluation.value.is_null() && !evaluation.problems.empty() &&
         evaluation.problems.back().code == ProblemCode::bound_reached;
}

TEST(Bounds, StopALoopWithoutEnd) {
  Bounds bounds;
  bounds.steps_max = 100'000;
  EXPECT_TRUE(reached_bound(run("for i in 1..1000000000 return i", bounds)));
  EXPECT_TRUE(reached_bound(run("every i in 1..1000000000 satisfies i > 0", bounds)));
}

TEST(Bounds, StopAFunctionThatCallsItselfForEver) {
  EXPECT_TRUE(reached_bound(run("{f: function(n) f(n + 1), r: f(0)}.r")));
}

TEST(Bounds, StopTextsThatGrow) {
  EXPECT_TRUE(reached_bound(
      run("{a: for i in 1..60 return if i = 1 then \"ab\" else partial[-1] + partial[-1]}.a")));
}

TEST(Bounds, StopValuesThatNestTooDeeply) {
  EXPECT_TRUE(reached_bound(run("for i in 1..5000 return if i = 1 then [1] else [partial[-1]]")));
}

// Lists made twice of the one before: short to build, endless to walk.
TEST(Bounds, StopValuesThatShareTheirPartsAndAreEndlessWhenWritten) {
  const std::string doubled =
      "for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]]";
  EXPECT_TRUE(reached_bound(run(doubled)));
  EXPECT_TRUE(reached_bound(run("for i in 1..60 return partial")));
  EXPECT_TRUE(reached_bound(run("{a: " + doubled + ", b: " + doubled + ", c: a = b}.c")));
  EXPECT_TRUE(reached_bound(
      run("for i in 1..60 return if i = 1 then {x: 1} else {x: partial[-1], y: partial[-1]}")));
  const std::string text(50'000, 'a');
  EXPECT_TRUE(reached_bound(run("for i in 1..100000 return \"" + text + "\"")));
}

double seconds_of(const std::string& text) {
  const std::clock_t start = std::clock();
  if (const auto parsed = Expression::parse(text)) {
    static_cast<void>(to_text(evaluate(*parsed, {}).value));
  }
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

std::string repeated(const std::string& part, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += part;
  return text;
}

TEST(Bounds, EndEveryHostileTextWithinASecond) {
#ifdef NDEBUG
  constexpr double kSecondsMax = 1.0;
#else
  constexpr double kSecondsMax = 20.0;
#endif
  const std::string letters(5'000, 'a');
  const std::string many = "count(for i in 1..300000 return ";
  for (const std::string& text : {
           std::string{"9 ** 9 ** 9"},
           std::string{"1.0000001 ** 999999999"},
           std::string{"for a in 1..1000, b in 1..1000, c in 1..1000 return 1"},
           std::string{"[1..100000000000][item > 5]"},
           std::string{"{f: function(n) [f(n + 1)], r: f(1)}.r"},
           std::string{"count(distinct values(for i in 1..20000 return i))"},
           "matches(\"" + letters + "b\", \"(a+)+$\")",
           std::string{"matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\", \"^(a*)*\\1$\")"},
           std::string{"matches(\"x\", \"((a{1,100}){1,100}){1,100}\")"},
           "matches(\"a\", \"" + repeated("(a*)*", 500) + "\")",
           many + "matches(\"a\", \"" + repeated("[a-z-[b]]", 400) + "\"))",
           many + "matches(string(i), \"a{1,500}\" + string(i)))",
           many + "split(\"" + letters + "\", \"a\"))",
           many + "upper case(\"" + letters + "\"))",
           many + "modulo(1e6144, 1e-6144))",
           many + "string(1e6000))",
           "{a: for i in 1..100000 return i, r: " + many + "a = a)}.r",
           "{a: for i in 1..100000 return i, r: " + many + "min(a))}.r",
           "{a: for i in 1..100000 return i, r: " + many + "a instance of list<number>)}.r",
           "{a: for i in 1..100000 return i, r: " + many + "5 in a)}.r",
           "[1.." + repeated("a[", 30) + "1",
           repeated("1 in (", 60) + "1" + repeated(")", 60),
           repeated("x in ((", 20) + "a" + repeated(")) + 1", 20),
           "[" + repeated("1 in (1), ", 6'000) + "1]",
           repeated("a ", 30'000),
           repeated("/*", 30'000),
           "date(\"" + std::string(60'000, '9') + "\")",
       }) {
    EXPECT_LT(seconds_of(text), kSecondsMax) << text.substr(0, 100);
  }
}

TEST(Bounds, RefuseTextsThatNestTooDeeply) {
  for (const char* open : {"(", "[", "-", "{a:", "if ", "f(", "not(", "[1..", "function() "}) {
    std::string text;
    for (int i = 0; i < 5'000; ++i) text += open;
    EXPECT_FALSE(Expression::parse(text)) << open;
    EXPECT_FALSE(UnaryTests::parse(text)) << open;
  }
  std::string sum = "1";
  for (int i = 0; i < 5'000; ++i) sum += "+1";
  EXPECT_FALSE(Expression::parse(sum));
  EXPECT_FALSE(Expression::parse(std::string(70'000, '1')));
}

TEST(Bounds, GiveTheCurrentTimeOnlyWhereTheCallerDoes) {
  EXPECT_TRUE(run("now()").value.is_null());
  Bounds bounds;
  bounds.now = DateTime::parse("2026-08-20T10:00:00+07:00");
  EXPECT_EQ(to_text(run("today()", bounds).value), "2026-08-20");
}

TEST(Parser, SurvivesRandomTokens) {
  static constexpr std::array kTokens{
      "1",        "2.5",         "\"a\"",    "a",     "b c",      "tuổi",     "+",      "-",
      "*",        "/",           "**",       "(",     ")",        "[",        "]",      "{",
      "}",        "..",          ".",        ",",     ":",        "<",        ">=",     "=",
      "!=",       "if",          "then",     "else",  "for",      "in",       "return", "some",
      "every",    "satisfies",   "and",      "or",    "not",      "true",     "null",   "between",
      "function", "instance of", "number",   "list<", ">",        "@\"P1D\"", "?",      "date(",
      "sum(",     "sort(",       "partial",  "item",  "\"",       "\\u00",    "\xC4",   "\xF0\x9F",
      "//",       "/*",          "external", "-> ",   "context<", "range(",   "e9"};
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::cout << "seed " << seed << "\n";
  std::mt19937 random{seed};
  Bounds bounds;
  bounds.steps_max = 20'000;
  bounds.memory_max = 1U << 20U;
  const Value context{Context{{"a", 1}, {"b c", List{1, 2}}, {"tuổi", "x"}}};
  int parsed_count = 0;
  for (int round = 0; round < 8'000; ++round) {
    std::string text;
    const int length = 1 + static_cast<int>(random() % 14U);
    for (int i = 0; i < length; ++i) {
      text += kTokens[random() % kTokens.size()];
      if (random() % 4U != 0) text += ' ';
    }
    const auto expression = Expression::parse(text);
    if (expression) {
      ++parsed_count;
      const Evaluation evaluation = evaluate(*expression, context, bounds);
      static_cast<void>(to_text(evaluation.value));
      EXPECT_EQ(evaluation.value, evaluation.value);
    } else {
      EXPECT_FALSE(expression.error().message.empty());
    }
    if (const auto tests = UnaryTests::parse(text)) {
      static_cast<void>(tests->evaluate(Value{1}, context, bounds));
    }
  }
  EXPECT_GT(parsed_count, 100);
}

std::string model_of(const std::string& content) {
  return R"(<definitions name="m" namespace="urn:m">)" + content + "</definitions>";
}

TEST(Bounds, HoldForTypesThatDoubleAtEachLevel) {
  std::string types;
  for (int i = 0; i < 60; ++i) {
    const std::string next = "<typeRef>t" + std::to_string(i + 1) + "</typeRef></itemComponent>";
    types += "<itemDefinition name=\"t" + std::to_string(i) + "\"><itemComponent name=\"a\">" +
             next + "<itemComponent name=\"b\">" + next + "</itemDefinition>";
  }
  const auto model = read_dmn(
      model_of(types + R"(<inputData name="i"><variable name="i" typeRef="t0"/></inputData>)"));
  ASSERT_TRUE(model);
  EXPECT_FALSE(model->findings().empty());
}

TEST(Bounds, HoldForTypesThatReferToEachOtherInARow) {
  std::string types;
  for (int i = 0; i < 50'000; ++i) {
    types += "<itemDefinition name=\"t" + std::to_string(i) + "\"><typeRef>t" +
             std::to_string(i + 1) + "</typeRef></itemDefinition>";
  }
  const auto model = read_dmn(model_of(types));
  ASSERT_TRUE(model);
  EXPECT_FALSE(model->findings().empty());
}

}  // namespace
}  // namespace rules
