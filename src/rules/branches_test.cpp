#include "rules/branches.h"

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

}  // namespace
}  // namespace rules
