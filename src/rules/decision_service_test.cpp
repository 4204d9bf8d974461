// decision_service_test.cpp - decision services, asked for directly and called as functions.
#include "rules/test_models.h"

namespace rules {
namespace {

// Within the service: `fee` of `pages` and of the decision `factor`, which is an input of it.
Model fees() {
  return model_of(model_xml(
      input("pages", "number") + input("kind", "string") +
      decision("factor", "number", {{Requires::input, "#kind"}},
               literal("if kind = \"poor\" then 0 else 1")) +
      decision("base", "number", {{Requires::input, "#pages"}}, literal("2000 * pages")) +
      decision("fee", "number", {{Requires::decision, "#base"}, {Requires::decision, "#factor"}},
               literal("base * factor")) +
      R"(<decisionService id="s1" name="fee service"><variable name="fee service" typeRef="number"/>
           <outputDecision href="#fee"/><encapsulatedDecision href="#base"/>
           <inputDecision href="#factor"/><inputData href="#pages"/></decisionService>
         <decisionService id="s2" name="both"><outputDecision href="#fee"/>
           <outputDecision href="#base"/>
           <inputDecision href="#factor"/><inputData href="#pages"/></decisionService>
         <decisionService id="s3" name="whole"><outputDecision href="#fee"/>
           <encapsulatedDecision href="#base"/><encapsulatedDecision href="#factor"/>
           <inputData href="#pages"/><inputData href="#kind"/></decisionService>)" +
      decision("by position", "", {{Requires::knowledge, "#s1"}}, literal("fee service(3, 2)")) +
      decision("by name", "", {{Requires::knowledge, "#s1"}},
               literal("fee service(factor: 2, pages: 3)")) +
      decision("too few", "", {{Requires::knowledge, "#s1"}}, literal("fee service(3)")) +
      decision("wrong kind", "", {{Requires::knowledge, "#s1"}}, literal("fee service(\"a\", 2)")) +
      decision("unknown name", "", {{Requires::knowledge, "#s1"}},
               literal("fee service(factor: 2, sheets: 3)")) +
      decision("of both", "", {{Requires::knowledge, "#s2"}}, literal("both(3, 2).base")) +
      decision("boxed call", "", {{Requires::knowledge, "#s3"}},
               "<invocation>" + literal("whole") + "<binding><parameter name=\"kind\"/>" +
                   literal("\"poor\"") + "</binding><binding><parameter name=\"pages\"/>" +
                   literal("7") + "</binding></invocation>")));
}

TEST(DecisionService, TakesInputsAndInputDecisionsByName) {
  const Model model = fees();
  EXPECT_EQ(decided(model, "fee service", {{"pages", 3}, {"factor", 2}}), "12000");
  EXPECT_EQ(decided(model, "both", {{"pages", 3}, {"factor", 2}}), "{fee: 12000, base: 6000}");
  EXPECT_EQ(decided(model, "whole", {{"pages", 3}, {"kind", "poor"}}), "0");
  EXPECT_EQ(decided(model, "s3", {{"pages", 3}, {"kind", ""}}), "6000");
}

TEST(DecisionService, DoesNotDecideItsInputDecisions) {
  // The factor would be 1 by its own logic; a service that is not given it has none.
  EXPECT_EQ(decided(fees(), "fee service", {{"pages", 3}, {"kind", ""}}), "null");
}

TEST(DecisionService, IsAFunctionInExpressions) {
  const Model model = fees();
  EXPECT_EQ(decided(model, "by position"), "12000");
  EXPECT_EQ(decided(model, "by name"), "12000");
  EXPECT_EQ(decided(model, "too few"), "null");
  EXPECT_EQ(decided(model, "wrong kind"), "null");
  EXPECT_EQ(decided(model, "unknown name"), "null");
  EXPECT_EQ(decided(model, "of both"), "6000");
  EXPECT_EQ(decided(model, "boxed call"), "0");
}

TEST(DecisionService, CalledInsideSeesNothingOfTheCaller) {
  // `kind` is given to the caller, not to the service, where it is null.
  const Model model = model_of(model_xml(
      input("kind", "string") +
      decision("inner", "string", {{Requires::input, "#kind"}}, literal("string(kind)")) +
      R"(<decisionService id="s" name="s"><outputDecision href="#inner"/></decisionService>)" +
      decision("d", "", {{Requires::input, "#kind"}, {Requires::knowledge, "#s"}},
               literal("[kind, s()]"))));
  EXPECT_EQ(decided(model, "d", {{"kind", "x"}}), "[\"x\", null]");
}

}  // namespace
}  // namespace rules
