#include <gtest/gtest.h>

#include "bpmn/test_play.h"

namespace bpmn {
namespace {

constexpr std::string_view kExclusive = R"(
  startEvent s
  userTask A
  exclusiveGateway g default=g_C
  userTask B
  userTask C
  endEvent e
  s -> A
  A -> g
  g -> B [amount > 100]
  g -> C
  B -> e
  C -> e
)";

TEST(ExclusiveGateway, TakesTheFirstFlowWhoseConditionIsTrue) {
  Play play(kExclusive, rules::Context{{"amount", 200}});
  EXPECT_EQ(play.start(), std::nullopt);
  EXPECT_EQ(play.tasks(), "A");
  EXPECT_EQ(play.complete("A"), std::nullopt);
  EXPECT_EQ(play.tasks(), "B");
  EXPECT_EQ(play.complete("B"), std::nullopt);
  EXPECT_EQ(play.state(), "completed");
}

TEST(ExclusiveGateway, TakesTheDefaultFlowWhenNothingIsTrueOrKnown) {
  for (const rules::Value& variables :
       {rules::Value{rules::Context{{"amount", 100}}}, rules::Value{},
        rules::Value{rules::Context{{"amount", "nhiều"}}}}) {
    Play play(kExclusive, variables);
    play.start();
    EXPECT_EQ(play.complete("A"), std::nullopt);
    EXPECT_EQ(play.tasks(), "C");
  }
}

TEST(ExclusiveGateway, RefusesTheStepWhenNoFlowApplies) {
  Play play(R"(
    startEvent s
    userTask A
    exclusiveGateway g
    userTask B
    userTask C
    s -> A
    A -> g
    g -> B [x = 1]
    g -> C [x = 2]
  )");
  play.set("x", 3);
  play.start();
  EXPECT_EQ(play.complete("A"), StepReason::no_flow_applies);
  EXPECT_EQ(play.tasks(), "A");
  play.set("x", 2);
  EXPECT_EQ(play.complete("A"), std::nullopt);
  EXPECT_EQ(play.tasks(), "C");
}

TEST(ParallelGateway, WaitsForEveryBranch) {
  Play play(R"(
    startEvent s
    parallelGateway split
    userTask A
    userTask B
    parallelGateway join
    userTask C
    endEvent e
    s -> split
    split -> A
    split -> B
    A -> join
    B -> join
    join -> C
    C -> e
  )");
  play.start();
  EXPECT_EQ(play.tasks(), "A B");
  play.complete("B");
  EXPECT_EQ(play.tasks(), "A");
  EXPECT_EQ(play.instance().arrivals.size(), 1U);
  play.complete("A");
  EXPECT_EQ(play.tasks(), "C");
  EXPECT_TRUE(play.instance().arrivals.empty());
  play.complete("C");
  EXPECT_EQ(play.state(), "completed");
}

TEST(ParallelGateway, KeepsASecondTokenOnTheSameFlow) {
  // Two tokens come over A before B is done: the join passes once for each pair.
  Play play(R"(
    startEvent s
    parallelGateway three
    userTask A
    userTask A2
    exclusiveGateway merge
    userTask B
    parallelGateway join
    userTask C
    s -> three
    three -> A
    three -> A2
    three -> B
    A -> merge
    A2 -> merge
    merge -> join
    B -> join
    join -> C
  )");
  play.start();
  play.complete("A");
  play.complete("A2");
  ASSERT_EQ(play.instance().arrivals.size(), 1U);
  EXPECT_EQ(play.instance().arrivals[0].tokens, 2U);
  play.complete("B");
  EXPECT_EQ(play.tasks(), "C");
  EXPECT_EQ(play.instance().arrivals[0].tokens, 1U);
}

constexpr std::string_view kInclusive = R"(
  startEvent s
  inclusiveGateway split default=split_C
  userTask A
  userTask B
  userTask C
  inclusiveGateway join
  userTask D
  endEvent e
  s -> split
  split -> A [a]
  split -> B [b]
  split -> C
  A -> join
  B -> join
  C -> join
  join -> D
  D -> e
)";

TEST(InclusiveGateway, WaitsForExactlyTheBranchesThatWereTaken) {
  Play both(kInclusive, rules::Context{{"a", true}, {"b", true}});
  both.start();
  EXPECT_EQ(both.tasks(), "A B");
  both.complete("A");
  EXPECT_EQ(both.tasks(), "B");
  both.complete("B");
  EXPECT_EQ(both.tasks(), "D");

  Play one(kInclusive, rules::Context{{"a", true}, {"b", false}});
  one.start();
  EXPECT_EQ(one.tasks(), "A");
  one.complete("A");
  EXPECT_EQ(one.tasks(), "D");

  Play none(kInclusive);
  none.start();
  EXPECT_EQ(none.tasks(), "C");
  none.complete("C");
  EXPECT_EQ(none.tasks(), "D");
}

TEST(InclusiveGateway, WaitsForATokenThatMayStillComeFromALoop) {
  // B can go back to itself before it reaches the join.
  Play play(R"(
    startEvent s
    inclusiveGateway split
    userTask A
    userTask B
    exclusiveGateway again default=again_join
    inclusiveGateway join
    userTask D
    s -> split
    split -> A [true]
    split -> B [true]
    A -> join
    B -> again
    again -> B [redo]
    again -> join
    join -> D
  )");
  play.set("redo", true);
  play.start();
  play.complete("A");
  play.complete("B");
  EXPECT_EQ(play.tasks(), "B");
  play.set("redo", false);
  play.complete("B");
  EXPECT_EQ(play.tasks(), "D");
}

TEST(InclusiveGateway, DoesNotWaitForATokenThatLeftForAnotherEnd) {
  Play play(R"(
    startEvent s
    inclusiveGateway split
    userTask A
    userTask B
    exclusiveGateway out default=out_join
    endEvent gone
    inclusiveGateway join
    userTask D
    s -> split
    split -> A [true]
    split -> B [true]
    A -> join
    B -> out
    out -> gone [stop]
    out -> join
    join -> D
  )");
  play.set("stop", true);
  play.start();
  play.complete("A");
  EXPECT_EQ(play.tasks(), "B");
  play.complete("B");
  EXPECT_EQ(play.tasks(), "D");
}

TEST(InclusiveGateway, WaitsForWhatIsInASubProcess) {
  Play play(R"(
    startEvent s
    inclusiveGateway split
    subProcess p {
      startEvent ps
      userTask A
      userTask A2
      ps -> A
      A -> A2
    }
    userTask B
    inclusiveGateway join
    userTask D
    s -> split
    split -> p [true]
    split -> B [true]
    p -> join
    B -> join
    join -> D
  )");
  play.start();
  play.complete("B");
  play.complete("A");
  EXPECT_EQ(play.tasks(), "A2");
  play.complete("A2");
  EXPECT_EQ(play.tasks(), "D");
}

TEST(InclusiveGateway, WaitsForThePathOfABoundaryEvent) {
  constexpr std::string_view kDrawing = R"(
    startEvent s
    inclusiveGateway split
    userTask A
    boundaryEvent late on=A timer=PT1H
    userTask Late
    userTask B
    inclusiveGateway join
    userTask D
    s -> split
    split -> A [true]
    split -> B [true]
    late -> Late
    Late -> join
    B -> join
    join -> D
  )";
  Play late(kDrawing);
  late.start();
  late.complete("B");
  EXPECT_EQ(late.open(), "A late");
  late.fire("late");
  late.complete("Late");
  EXPECT_EQ(late.open(), "D");
  Play in_time(kDrawing);
  in_time.start();
  in_time.complete("B");
  in_time.complete("A");
  EXPECT_EQ(in_time.open(), "D") << "nothing can come by the boundary event any more";
}

TEST(InclusiveGateway, ChainsOfJoinsPassOneAfterAnother) {
  Play play(R"(
    startEvent s
    inclusiveGateway split
    userTask A
    userTask B
    userTask C
    inclusiveGateway first
    inclusiveGateway second
    userTask D
    s -> split
    split -> A [a]
    split -> B [true]
    split -> C [c]
    A -> first
    B -> first
    first -> second
    C -> second
    second -> D
  )");
  play.set("a", true);
  play.set("c", true);
  play.start();
  play.complete("C");
  play.complete("A");
  EXPECT_EQ(play.tasks(), "B");
  play.complete("B");
  EXPECT_EQ(play.tasks(), "D");
}

TEST(InclusiveGateway, DoesNotWaitForACompensationThatRunsAside) {
  Play play(R"(
    startEvent s
    userTask A
    boundaryEvent a on=A by=Undo
    userTask Undo isForCompensation=true
    intermediateThrowEvent undo compensate=A wait=no
    inclusiveGateway split
    userTask B
    inclusiveGateway join
    userTask D
    s -> A
    A -> split
    split -> undo [true]
    split -> B [true]
    undo -> join
    B -> join
    join -> D
  )");
  play.start();
  play.complete("A");
  play.complete("B");
  EXPECT_EQ(play.tasks(), "Undo D");
}

TEST(EventBasedGateway, GoesTheWayOfTheFirstEvent) {
  constexpr std::string_view kDrawing = R"(
    startEvent s
    eventBasedGateway g
    intermediateCatchEvent paid message=paid
    receiveTask withdrawn message=withdrawn
    intermediateCatchEvent late timer=P3D
    userTask Issue
    userTask Close
    userTask Remind
    s -> g
    g -> paid
    g -> withdrawn
    g -> late
    paid -> Issue
    withdrawn -> Close
    late -> Remind
  )";
  Play paid(kDrawing);
  paid.start();
  EXPECT_EQ(paid.open(), "g paid withdrawn late");
  EXPECT_EQ(paid.step(DeliverMessage{"paid"}), std::nullopt);
  EXPECT_EQ(paid.open(), "Issue");

  Play late(kDrawing);
  late.start();
  EXPECT_EQ(late.fire("late"), std::nullopt);
  EXPECT_EQ(late.open(), "Remind");

  Play withdrawn(kDrawing);
  withdrawn.start();
  EXPECT_EQ(withdrawn.complete("withdrawn"), StepReason::not_a_task);
  EXPECT_EQ(withdrawn.step(DeliverMessage{"withdrawn"}), std::nullopt);
  EXPECT_EQ(withdrawn.open(), "Close");
}

// Wide drawings cost what they are worth, not the cube of it.
TEST(Gateway, SplitsAndJoinsAThousandWays) {
  for (const std::string gateway : {"parallelGateway", "inclusiveGateway"}) {
    std::string drawing = "startEvent s\n" + gateway + " split\n" + gateway + " join\nuserTask A\n";
    drawing += "s -> split\njoin -> A\n";
    for (int way = 0; way < 1'000; ++way) {
      const std::string id = "n" + std::to_string(way);
      drawing.append("intermediateThrowEvent ").append(id).append("\n");
      drawing.append("split -> ").append(id).append("\n").append(id).append(" -> join\n");
    }
    Play play(drawing);
    EXPECT_EQ(play.start(), std::nullopt);
    EXPECT_EQ(play.open(), "A");
  }
}

TEST(Gateway, ALoopWithoutATaskIsRefused) {
  Play play(R"(
    startEvent s
    exclusiveGateway a
    exclusiveGateway b default=b_a
    endEvent e
    s -> a
    a -> b
    b -> a
    b -> e [false]
  )");
  EXPECT_EQ(play.start(), StepReason::too_many_moves);
  EXPECT_EQ(play.state(), "created");
}

TEST(Gateway, AnActivityWithSeveralFlowsOutSplits) {
  Play play(R"(
    startEvent s
    userTask A
    userTask B
    userTask C
    userTask D
    s -> A
    A -> B
    A -> C
    A -> D [false]
  )");
  play.start();
  play.complete("A");
  EXPECT_EQ(play.tasks(), "B C");
}

}  // namespace
}  // namespace bpmn
