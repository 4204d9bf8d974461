#include <gtest/gtest.h>

#include "bpmn/test_play.h"

namespace bpmn {
namespace {

TEST(ConditionalEvent, IsPassedAtOnceWhenItsConditionHolds) {
  constexpr std::string_view kDrawing = R"(
    startEvent s
    intermediateCatchEvent paid condition=fee_=_0
    userTask A
    s -> paid
    paid -> A
  )";
  Play now(kDrawing, rules::Context{{"fee", 0}});
  now.start();
  EXPECT_EQ(now.open(), "A");

  Play later(kDrawing, rules::Context{{"fee", 20}});
  later.start();
  EXPECT_EQ(later.open(), "paid");
  EXPECT_EQ(later.step(ConditionsChanged{}), std::nullopt)
      << "nothing happens, which is no refusal";
  EXPECT_TRUE(later.events().empty());
  later.set("fee", 0);
  later.step(ConditionsChanged{});
  EXPECT_EQ(later.open(), "A");
}

TEST(ConditionalEvent, OnTheBoundaryInterrupts) {
  Play play(R"(
    startEvent s
    userTask A
    boundaryEvent over on=A condition=amount_>_100
    userTask B
    s -> A
    over -> B
  )");
  play.set("amount", 50);
  play.start();
  EXPECT_EQ(play.open(), "A over");
  play.set("amount", 150);
  play.step(ConditionsChanged{});
  EXPECT_EQ(play.open(), "B");
}

TEST(ConditionalEvent, HappensAgainOnlyAfterItsConditionWasFalse) {
  Play play(R"(
    startEvent s
    userTask A
    boundaryEvent over on=A condition=amount_>_100 interrupting=no
    userTask Warn
    s -> A
    over -> Warn
  )");
  play.set("amount", 150);
  play.start();
  EXPECT_EQ(play.tasks(), "A Warn");
  play.set("amount", 160);
  play.step(ConditionsChanged{});
  EXPECT_EQ(play.tasks(), "A Warn");
  play.set("amount", 90);
  play.step(ConditionsChanged{});
  EXPECT_EQ(play.tasks(), "A Warn");
  ASSERT_EQ(play.events().size(), 1U);
  EXPECT_TRUE(std::holds_alternative<WaitRearmed>(play.events()[0]));
  play.step(ConditionsChanged{});
  EXPECT_TRUE(play.events().empty());
  play.set("amount", 101);
  play.step(ConditionsChanged{});
  EXPECT_EQ(play.tasks(), "A Warn Warn");
}

TEST(ConditionalEvent, MayBeAnAlternativeOfAnEventBasedGateway) {
  constexpr std::string_view kDrawing = R"(
    startEvent s
    eventBasedGateway g
    intermediateCatchEvent paid condition=paid
    intermediateCatchEvent late timer=P3D
    userTask Issue
    userTask Remind
    s -> g
    g -> paid
    g -> late
    paid -> Issue
    late -> Remind
  )";
  Play play(kDrawing, rules::Context{{"paid", false}});
  play.start();
  EXPECT_EQ(play.open(), "g paid late");
  play.set("paid", true);
  play.step(ConditionsChanged{});
  EXPECT_EQ(play.open(), "Issue");
  Play at_once(kDrawing, rules::Context{{"paid", true}});
  at_once.start();
  EXPECT_EQ(at_once.open(), "Issue");
}

TEST(ConditionalEvent, OneThatEndsTheOthersLeavesThemUnasked) {
  Play play(R"(
    startEvent s
    userTask A
    userTask B
    boundaryEvent first on=A condition=x
    boundaryEvent second on=A condition=x
    userTask First
    userTask Second
    s -> A
    s -> B
    first -> First
    second -> Second
  )");
  play.start();
  play.set("x", true);
  play.step(ConditionsChanged{});
  EXPECT_EQ(play.tasks(), "B First");
}

TEST(ConditionalEvent, ThatIsNotFeelIsRefused) {
  EXPECT_FALSE(compile(model_of("startEvent s\nintermediateCatchEvent c condition=x_>\ns -> c")));
}

}  // namespace
}  // namespace bpmn
