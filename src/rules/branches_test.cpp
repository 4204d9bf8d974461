#include "rules/branches.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "rules/dmn_xml.h"

namespace rules {
namespace {

constexpr const char* kFees = R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="fees" namespace="x">
  <inputData id="i1" name="late"><variable name="late"/></inputData>
  <inputData id="i2" name="copies"><variable name="copies"/></inputData>
  <decision id="d1" name="registration">
    <informationRequirement><requiredInput href="#i1"/></informationRequirement>
    <decisionTable hitPolicy="FIRST">
      <input><inputExpression><text>late</text></inputExpression></input>
      <output/>
      <rule><inputEntry><text>true</text></inputEntry>
        <outputEntry><text>5000</text></outputEntry></rule>
      <rule><inputEntry><text>-</text></inputEntry>
        <outputEntry><text>0</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <decision id="d2" name="fees">
    <informationRequirement><requiredInput href="#i2"/></informationRequirement>
    <informationRequirement><requiredDecision href="#d1"/></informationRequirement>
    <literalExpression><text>registration +
      (if copies &gt; 0
       then 8000 * copies else 0)</text></literalExpression>
  </decision>
</definitions>)";

TEST(Branches, AreTheRulesAndTheSidesOfEveryIfWithTheirLines) {
  const auto model = read_dmn(kFees);
  ASSERT_TRUE(model);
  using Kind = RuleBranch::Kind;
  const std::vector<RuleBranch> expected{{Kind::rule, "registration", 1, 10},
                                         {Kind::rule, "registration", 2, 12},
                                         {Kind::then_side, "fees", 1, 20},
                                         {Kind::else_side, "fees", 1, 20}};
  EXPECT_EQ(branches_of(*model), expected);
}

TEST(Branches, ThatADecisionTakesAreNotedAndTheValueIsTheSame) {
  const auto model = read_dmn(kFees);
  ASSERT_TRUE(model);
  std::vector<bool> taken;
  const Value late{Context{{"late", true}, {"copies", 2}}};
  EXPECT_EQ(decide_noting(*model, "fees", late, taken).value(), Value{21000});
  EXPECT_EQ(taken, (std::vector<bool>{true, false, true, false}));
  const Value in_time{Context{{"late", false}}};
  EXPECT_EQ(decide_noting(*model, "fees", in_time, taken).value(),
            decide(*model, "fees", in_time).value());
  EXPECT_EQ(taken, (std::vector<bool>{true, true, true, true}));
  EXPECT_FALSE(decide_noting(*model, "nothing", in_time, taken));
}

TEST(Branches, OfADecisionThatIsNotAskedAreNotTaken) {
  const auto model = read_dmn(kFees);
  ASSERT_TRUE(model);
  std::vector<bool> taken;
  ASSERT_TRUE(decide_noting(*model, "registration", Value{Context{{"late", true}}}, taken));
  EXPECT_EQ(taken, (std::vector<bool>{true, false, false, false}));
}

// One table of hit policy FIRST over `a` and `b`, one rule a pair of cells.
std::vector<std::size_t> dead_among(const std::vector<std::pair<const char*, const char*>>& rules,
                                    const std::string& policy = "FIRST") {
  std::string xml =
      R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="x" namespace="x">
    <decision id="d" name="d"><decisionTable hitPolicy=")" +
      policy +
      R"("><input><inputExpression><text>a</text></inputExpression></input>
    <input><inputExpression><text>b</text></inputExpression></input><output/>)";
  for (const auto& [a, b] : rules) {
    xml += "<rule><inputEntry><text>" + std::string{a} + "</text></inputEntry><inputEntry><text>" +
           b + "</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>";
  }
  const auto model = read_dmn(xml + "</decisionTable></decision></definitions>");
  EXPECT_TRUE(model);
  return model ? dead_branches(*model) : std::vector<std::size_t>{};
}

TEST(DeadBranches, AreRulesAfterOneThatTakesAllTheyWould) {
  using Dead = std::vector<std::size_t>;
  EXPECT_EQ(dead_among({{"true", "-"}, {"true", "1"}}), Dead{1});
  EXPECT_EQ(dead_among({{"-", "-"}, {"true", "1"}, {"-", "-"}}), (Dead{1, 2}));
  EXPECT_EQ(dead_among({{"\"x\", \"y\"", "&gt; 5"}, {"\"y\"", "&gt; 5"}}), Dead{1});
  EXPECT_EQ(dead_among({{"\"x\"", "-"}, {"\"x\", \"y\"", "-"}}), Dead{});
  EXPECT_EQ(dead_among({{"not(\"x\")", "-"}, {"\"y\"", "-"}}), Dead{});
  EXPECT_EQ(dead_among({{"a", "-"}, {"", ""}}), Dead{});
  EXPECT_EQ(dead_among({{"", ""}, {"a", "1"}}), Dead{1});
  EXPECT_EQ(dead_among({{"[1..9]", "-"}, {"5", "-"}}), Dead{});
  EXPECT_EQ(dead_among({{"true", "1"}, {"-", "1"}, {"true", "-"}}), Dead{});
  // Elsewhere two rules that match mean something else than the first one.
  EXPECT_EQ(dead_among({{"true", "-"}, {"true", "1"}}, "COLLECT"), Dead{});
  EXPECT_EQ(dead_among({{"true", "-"}, {"true", "1"}}, "UNIQUE"), Dead{});
}

TEST(DeadBranches, AreTheOtherSideOfAConstantIf) {
  const auto model = read_dmn(
      R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="x" namespace="x">
      <decision id="d" name="d"><literalExpression><text>if true then 1 else if null then 2 else
      if a then 3 else 4</text></literalExpression></decision></definitions>)");
  ASSERT_TRUE(model);
  std::vector<std::string> dead;
  for (const std::size_t index : dead_branches(*model)) {
    const RuleBranch& branch = branches_of(*model)[index];
    dead.push_back((branch.kind == RuleBranch::Kind::then_side ? "then " : "else ") +
                   std::to_string(branch.line));
  }
  std::ranges::sort(dead);
  EXPECT_EQ(dead, (std::vector<std::string>{"else 2", "then 2"}));
}

}  // namespace
}  // namespace rules
