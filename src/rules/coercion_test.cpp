// coercion_test.cpp - what a declared type makes of a value: itself, one of FEEL's implicit
// conversions, or null with a problem.
#include "rules/test_models.h"

namespace rules {
namespace {

constexpr const char* kTypes = R"(
<itemDefinition name="tAge"><typeRef>number</typeRef>
  <allowedValues><text>[0..150]</text></allowedValues></itemDefinition>
<itemDefinition name="tAges" isCollection="true"><typeRef>number</typeRef>
  <allowedValues><text>[0..150]</text></allowedValues></itemDefinition>
<itemDefinition name="tThreeAges" isCollection="true"><typeRef>number</typeRef>
  <typeConstraint><text>count(?) = 3</text></typeConstraint></itemDefinition>
<itemDefinition name="tPerson">
  <itemComponent name="name"><typeRef>string</typeRef></itemComponent>
  <itemComponent name="age"><typeRef>tAge</typeRef></itemComponent></itemDefinition>
<itemDefinition name="tPeople" isCollection="true"><typeRef>tPerson</typeRef></itemDefinition>
<itemDefinition name="tAdult"><typeRef>tAge</typeRef>
  <allowedValues><text>&gt;= 18</text></allowedValues></itemDefinition>
<itemDefinition name="tToNumber"><functionItem outputTypeRef="number">
  <parameters name="a" typeRef="string"/></functionItem></itemDefinition>)";

struct Typed {
  const char* type;
  const char* expression;
  const char* expected;
};

void expect_decided(std::initializer_list<Typed> rows) {
  for (const Typed& row : rows) {
    const Model model =
        model_of(model_xml(kTypes + decision("d", row.type, {}, literal(row.expression))));
    EXPECT_EQ(model.findings(), std::vector<ModelFinding>{}) << row.type;
    EXPECT_EQ(decided(model, "d"), row.expected) << row.expression << " as " << row.type;
  }
}

TEST(Coercion, AListOfOneIsItsItemAndAnItemAListOfOne) {
  expect_decided({{"string", "[\"a\"]", "a"},
                  {"string", "[\"a\", \"b\"]", "null"},
                  {"string", "[]", "null"},
                  {"string", "[[\"a\"]]", "null"},
                  {"number", "[\"a\"]", "null"},
                  {"list<string>", "\"a\"", "[\"a\"]"},
                  {"list<number>", "\"a\"", "null"},
                  {"list<Any>", "1", "[1]"},
                  {"tPerson", "[{name: \"An\", age: 3}]", "{name: \"An\", age: 3}"},
                  {"tPeople", "{name: \"An\", age: 3}", "[{name: \"An\", age: 3}]"},
                  {"tAges", "7", "[7]"}});
}

TEST(Coercion, ADateIsItsMidnightInUtcWhereAMomentIsAsked) {
  expect_decided({{"date and time", "@\"2026-08-20\"", "2026-08-20T00:00:00Z"},
                  {"date", "@\"2026-08-20T00:00:00Z\"", "null"},
                  {"time", "@\"2026-08-20\"", "null"}});
}

TEST(Coercion, WhatDoesNotConformIsNull) {
  expect_decided({{"number", "\"1\"", "null"},
                  {"string", "1", "null"},
                  {"boolean", "\"true\"", "null"},
                  {"Any", "[1, \"a\"]", "[1, \"a\"]"},
                  {"number", "null", "null"},
                  {"list<number>", "[1, null]", "[1, null]"},
                  {"list<number>", "[1, \"a\"]", "null"},
                  {"days and time duration", "@\"P1Y\"", "null"},
                  {"years and months duration", "@\"P1Y\"", "P1Y"},
                  {"context<a: number>", "{a: 1, b: 2}", "{a: 1, b: 2}"},
                  {"context<a: number>", "{a: \"x\"}", "null"},
                  {"context<a: number>", "{b: 1}", "null"},
                  {"range<number>", "[1..2]", "[1..2]"},
                  {"range<number>", "[\"a\"..\"b\"]", "null"}});
}

TEST(Coercion, ItemDefinitionsTestTheirAllowedValues) {
  expect_decided({{"tAge", "17", "17"},
                  {"tAge", "151", "null"},
                  {"tAdult", "17", "null"},
                  {"tAdult", "18", "18"},
                  {"tAdult", "151", "null"},
                  {"tAges", "[1, 2]", "[1, 2]"},
                  {"tAges", "[1, 151]", "null"},
                  {"tThreeAges", "[1, 2, 3]", "[1, 2, 3]"},
                  {"tThreeAges", "[1, 2]", "null"},
                  {"tPerson", "{name: \"An\", age: 151}", "null"},
                  {"tPerson", "{name: \"An\"}", "null"},
                  {"tPeople", "[{name: \"An\", age: 1}, {name: \"Ba\", age: \"x\"}]", "null"}});
}

TEST(Coercion, OfParametersMakesTheCallNullWhereItFails) {
  expect_rows(
      {{"{f: function(a: number) a, r: f([1])}.r", "1"},
       {"{f: function(a: number) 5, r: f(\"x\")}.r", "null"},
       {"{f: function(a: number) 5, r: f(null)}.r", "5"},
       {"{f: function(a: list<number>) a, r: f(1)}.r", "[1]"},
       {"{f: function(a: date and time) a, r: f(@\"2026-08-20\")}.r", "2026-08-20T00:00:00Z"},
       {"{f: function(a: function<number> -> Any) a(2), r: f(function(n: string) n)}.r", "null"},
       {"{f: function(a: function<number> -> Any) a(2), r: f(function(n: number) n)}.r", "2"}});
}

TEST(Coercion, OfInputsAndResultsSaysWhatWasRefused) {
  const Model model = model_of(
      model_xml(kTypes + input("age", "tAge") +
                decision("next", "tAdult", {{Requires::input, "#age"}}, literal("age + 1"))));
  EXPECT_EQ(decided(model, "next", {{"age", 17}}), "18");
  EXPECT_EQ(decided(model, "next", {{"age", List{17}}}), "18");
  const auto refused = decide_with_problems(model, "next", Value{Context{{"age", 16}}});
  ASSERT_TRUE(refused);
  EXPECT_TRUE(refused->value.is_null());
  ASSERT_EQ(refused->problems.size(), 1U);
  EXPECT_EQ(refused->problems.front().code, ProblemCode::type_mismatch);
}

TEST(Coercion, OfKnowledgeModelsHoldsForParametersAndForTheResult) {
  const std::string knowledge =
      "<businessKnowledgeModel id=\"twice\" name=\"twice\">" + variable("twice", "number") +
      "<encapsulatedLogic><formalParameter name=\"n\" typeRef=\"number\"/>" + literal("[n * 2]") +
      "</encapsulatedLogic></businessKnowledgeModel>";
  const auto result = [&](const char* call) {
    return decided(
        model_of(model_xml(kTypes + knowledge +
                           decision("d", "", {{Requires::knowledge, "#twice"}}, literal(call)))),
        "d");
  };
  EXPECT_EQ(result("twice(4)"), "8");
  EXPECT_EQ(result("twice([4])"), "8");
  EXPECT_EQ(result("twice(n: 4)"), "8");
  EXPECT_EQ(result("twice(\"4\")"), "null");
  EXPECT_EQ(result("twice(4, 5)"), "null");
}

}  // namespace
}  // namespace rules
