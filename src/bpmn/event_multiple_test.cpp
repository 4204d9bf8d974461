#include <gtest/gtest.h>

#include "bpmn/test_play.h"

namespace bpmn {
namespace {

TEST(MultipleEvent, TheFirstOfItsDefinitionsIsEnough) {
  constexpr std::string_view kDrawing = R"(
    startEvent s
    intermediateCatchEvent any message=paid signal=waived timer=P3D condition=free
    userTask A
    s -> any
    any -> A
  )";
  const auto plays = [&](const Trigger& trigger) {
    Play play(kDrawing);
    play.start();
    EXPECT_EQ(play.open(), "any any any any any");
    EXPECT_EQ(play.step(trigger), std::nullopt);
    return play.open();
  };
  EXPECT_EQ(plays(DeliverMessage{"paid"}), "A");
  EXPECT_EQ(plays(DeliverSignal{"waived"}), "A");
  Play timed(kDrawing);
  timed.start();
  for (const Activity& activity : timed.instance().activities) {
    if (role_of(timed.process(), activity) != Role::timer) continue;
    EXPECT_EQ(timed.step(FireTimer{activity.id}), std::nullopt);
    break;
  }
  EXPECT_EQ(timed.open(), "A");
  Play free(kDrawing, rules::Context{{"free", true}});
  free.start();
  EXPECT_EQ(free.open(), "A");
}

TEST(MultipleEvent, AParallelOneWaitsForAll) {
  Play play(R"(
    startEvent s
    intermediateCatchEvent all message=paid signal=signed parallelMultiple=true
    userTask A
    s -> all
    all -> A
  )");
  play.start();
  play.step(DeliverSignal{"signed"});
  EXPECT_EQ(play.open(), "all all");
  EXPECT_EQ(play.step(DeliverSignal{"signed"}), StepReason::nothing_waits);
  play.step(DeliverMessage{"paid"});
  EXPECT_EQ(play.open(), "A");
}

TEST(MultipleEvent, OnTheBoundaryCatchesWhatIsThrownAsWell) {
  constexpr std::string_view kDrawing = R"(
    startEvent s
    userTask A
    boundaryEvent stop on=A message=stop error=E1
    userTask B
    s -> A
    stop -> B
  )";
  Play message(kDrawing);
  message.start();
  message.step(DeliverMessage{"stop"});
  EXPECT_EQ(message.open(), "B");
  Play error(kDrawing);
  error.start();
  error.step(ThrowError{error.activity_at("A"), "E1"});
  EXPECT_EQ(error.open(), "B");
}

TEST(MultipleEvent, ThatDoesNotInterruptHappensAgain) {
  Play any(R"(
    startEvent s
    userTask A
    boundaryEvent heard on=A message=m signal=x interrupting=no
    userTask B
    s -> A
    heard -> B
  )");
  any.start();
  any.step(DeliverMessage{"m"});
  any.step(DeliverSignal{"x"});
  any.step(DeliverMessage{"m"});
  EXPECT_EQ(any.tasks(), "A B B B");
  any.complete("A");
  EXPECT_EQ(any.open(), "B B B");

  Play all(R"(
    startEvent s
    userTask A
    boundaryEvent heard on=A message=m signal=x interrupting=no parallelMultiple=true
    userTask B
    s -> A
    heard -> B
  )");
  all.start();
  for (int round = 0; round < 2; ++round) {
    all.step(DeliverMessage{"m"});
    EXPECT_EQ(all.step(DeliverMessage{"m"}), StepReason::nothing_waits);
    all.step(DeliverSignal{"x"});
  }
  EXPECT_EQ(all.tasks(), "A B B");
}

TEST(MultipleEvent, OfConditionsThatDoesNotInterruptWaitsUntilTheyTurn) {
  Play play(R"(
    startEvent s
    userTask A
    boundaryEvent heard on=A condition=x message=m interrupting=no parallelMultiple=true
    userTask B
    s -> A
    heard -> B
  )",
            rules::Context{{"x", true}});
  play.start();
  play.step(DeliverMessage{"m"});
  EXPECT_EQ(play.tasks(), "A B");
  play.step(DeliverMessage{"m"});
  EXPECT_EQ(play.step(ConditionsChanged{}), std::nullopt);
  EXPECT_EQ(play.tasks(), "A B") << "the condition was used up";
  play.set("x", false);
  play.step(ConditionsChanged{});
  play.set("x", true);
  play.step(ConditionsChanged{});
  EXPECT_EQ(play.tasks(), "A B B");
}

TEST(MultipleEvent, StartsAnEventSubProcess) {
  Play play(R"(
    startEvent s
    userTask A
    s -> A
    eventSubProcess q {
      startEvent qs message=m error=E1
      userTask Q
      qs -> Q
    }
  )");
  Play other(Process{play.process()});
  play.start();
  play.step(DeliverMessage{"m"});
  EXPECT_EQ(play.tasks(), "Q");
  other.start();
  other.step(ThrowError{other.activity_at("A"), "E1"});
  EXPECT_EQ(other.tasks(), "Q");
}

TEST(MultipleEvent, ThrowsAllItsDefinitions) {
  Play play(R"(
    startEvent s
    intermediateThrowEvent out message=m signal=x
    endEvent e message=last terminate=yes
    userTask A
    s -> out
    s -> A
    out -> e
  )");
  play.start();
  EXPECT_EQ(play.thrown(), "m x last");
  EXPECT_EQ(play.state(), "terminated");
}

TEST(Signal, ThrownByTheInstanceReachesItsOwnWaits) {
  Play play(R"(
    startEvent s
    userTask A
    intermediateThrowEvent out signal=go
    userTask B
    intermediateCatchEvent in signal=go
    userTask C
    s -> A
    s -> in
    A -> out
    out -> B
    in -> C
  )");
  play.start();
  play.complete("A");
  EXPECT_EQ(play.tasks(), "C B");
}

TEST(Signal, ThatInterruptsItsThrowerEndsTheToken) {
  Play play(R"(
    startEvent s
    userTask A
    intermediateThrowEvent out signal=go
    userTask B
    s -> A
    A -> out
    out -> B
    eventSubProcess q {
      startEvent qs signal=go
      userTask Q
      qs -> Q
    }
  )");
  play.start();
  play.complete("A");
  EXPECT_EQ(play.tasks(), "Q");
}

TEST(LinkEvent, SeveralThrowsLeadToOneCatch) {
  Play play(R"(
    startEvent s
    intermediateThrowEvent one link=page2
    intermediateThrowEvent two link=page2
    intermediateCatchEvent in link=page2
    userTask A
    s -> one
    s -> two
    in -> A
  )");
  play.start();
  EXPECT_EQ(play.tasks(), "A A");
}

TEST(Start, MayBeAReceiveTaskOrAnEventAfterAGateway) {
  constexpr std::string_view kDrawing = R"(
    eventBasedGateway g instantiate=true
    intermediateCatchEvent by_post message=letter
    intermediateCatchEvent by_web message=form
    receiveTask r instantiate=true message=call
    userTask A
    userTask B
    userTask C
    g -> by_post
    g -> by_web
    by_post -> A
    by_web -> B
    r -> C
  )";
  Play play(kDrawing);
  EXPECT_EQ(play.start(), StepReason::no_such_start);
  EXPECT_EQ(play.step(Start{"g"}), StepReason::no_such_start);
  EXPECT_EQ(play.step(Start{"by_web"}), std::nullopt);
  EXPECT_EQ(play.open(), "B");
  Play call(kDrawing);
  EXPECT_EQ(call.step(Start{"r"}), std::nullopt);
  EXPECT_EQ(call.open(), "C");
}

}  // namespace
}  // namespace bpmn
