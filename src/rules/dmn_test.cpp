#include <gtest/gtest.h>

#include "rules/dmn_xml.h"

namespace rules {
namespace {

constexpr const char* kCopies = R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="copies" namespace="x">
  <inputData id="i1" name="số trang"><variable name="số trang" typeRef="number"/></inputData>
  <inputData id="i2" name="đối tượng"><variable name="đối tượng" typeRef="string"/></inputData>
  <businessKnowledgeModel id="k1" name="by pages">
    <encapsulatedLogic>
      <formalParameter name="n" typeRef="number"/>
      <literalExpression>
        <text>min([200000, 2000 * min([n, 2]) + 1000 * max([n - 2, 0])])</text>
      </literalExpression>
    </encapsulatedLogic>
  </businessKnowledgeModel>
  <decision id="d1" name="giảm">
    <variable name="giảm" typeRef="number"/>
    <informationRequirement><requiredInput href="#i2"/></informationRequirement>
    <decisionTable hitPolicy="FIRST">
      <input><inputExpression typeRef="string"><text>đối tượng</text></inputExpression></input>
      <output typeRef="number"><defaultOutputEntry><text>1</text></defaultOutputEntry></output>
      <rule><inputEntry><text>"hộ nghèo","người có công"</text></inputEntry>
        <outputEntry><text>0</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <decision id="d2" name="phí">
    <variable name="phí" typeRef="number"/>
    <informationRequirement><requiredInput href="#i1"/></informationRequirement>
    <informationRequirement><requiredDecision href="#d1"/></informationRequirement>
    <knowledgeRequirement><requiredKnowledge href="#k1"/></knowledgeRequirement>
    <literalExpression><text>by pages(số trang) * giảm</text></literalExpression>
  </decision>
  <decision id="d3" name="broken"><literalExpression><text>1 + </text></literalExpression></decision>
  <decision id="d4" name="circle"><variable name="circle"/>
    <informationRequirement><requiredDecision href="#d4"/></informationRequirement>
    <literalExpression><text>circle</text></literalExpression></decision>
</definitions>)";

TEST(Dmn, DecidesThroughItsRequirements) {
  const auto model = read_dmn(kCopies);
  ASSERT_TRUE(model);
  const auto fee = [&](const char* who, int pages) {
    return decide(*model, "phí", Context{{"số trang", pages}, {"đối tượng", who}}).value();
  };
  EXPECT_EQ(fee("", 1), Value{2000});
  EXPECT_EQ(fee("", 5), Value{7000});
  EXPECT_EQ(fee("", 500), Value{200000});
  EXPECT_EQ(fee("hộ nghèo", 5), Value{0});
  EXPECT_EQ(decide(*model, "d1", {}).value(), Value{1});
}

TEST(Dmn, NamesWhatCannotBeEvaluated) {
  const auto model = read_dmn(kCopies);
  ASSERT_TRUE(model);
  ASSERT_EQ(model->findings().size(), 1U);
  EXPECT_EQ(model->findings().front().line, 30);
  EXPECT_TRUE(decide(*model, "broken", {}).value().is_null());
  EXPECT_TRUE(decide(*model, "circle", {}).value().is_null());
}

TEST(Dmn, RefusesADecisionThatIsNotThere) {
  const auto model = read_dmn(kCopies);
  ASSERT_TRUE(model);
  const auto decided = decide(*model, "no such", {});
  ASSERT_FALSE(decided);
  EXPECT_EQ(decided.error().refusal, DecisionRefusal::unknown_decision);
}

TEST(Dmn, RefusesAnInputOfTheWrongKind) {
  const auto model = read_dmn(kCopies);
  const auto decided =
      decide_with_problems(*model, "phí", Context{{"số trang", "năm"}, {"đối tượng", ""}});
  ASSERT_TRUE(decided);
  EXPECT_TRUE(decided->value.is_null());
  ASSERT_FALSE(decided->problems.empty());
  EXPECT_EQ(decided->problems.front().code, ProblemCode::type_mismatch);
}

TEST(Dmn, RefusesWhatIsNotItsXml) {
  EXPECT_FALSE(read_dmn(""));
  EXPECT_FALSE(read_dmn("<definitions>"));
  EXPECT_FALSE(read_dmn("<html/>"));
  std::string deep;
  for (int i = 0; i < 5'000; ++i) deep += "<definitions>";
  EXPECT_FALSE(read_dmn(deep));
}

}  // namespace
}  // namespace rules
