#include <gtest/gtest.h>

#include "bpmn/model_xml.h"
#include "bpmn/test_play.h"

namespace bpmn {
namespace {

TEST(SubProcess, GoesOnWhenItsLastTokenEnded) {
  Play play(R"(
    startEvent s
    subProcess p {
      startEvent ps
      userTask A
      userTask B
      ps -> A
      ps -> B
    }
    userTask C
    endEvent e
    s -> p
    p -> C
    C -> e
  )");
  play.start();
  EXPECT_EQ(play.open(), "p A B");
  play.complete("A");
  EXPECT_EQ(play.tasks(), "B");
  play.complete("B");
  EXPECT_EQ(play.tasks(), "C");
  play.complete("C");
  EXPECT_EQ(play.state(), "completed");
}

TEST(SubProcess, EmptyOneIsPassed) {
  Play play(R"(
    startEvent s
    subProcess p {
    }
    userTask A
    s -> p
    p -> A
  )");
  play.start();
  EXPECT_EQ(play.open(), "A");
}

TEST(CallActivity, RunsTheCalledProcessOfTheModelInline) {
  Play play(R"(
    process main isExecutable=true {
      startEvent s
      callActivity c calledElement=other
      userTask After
      s -> c
      c -> After
    }
    process other {
      startEvent s
      userTask A
      endEvent e
      s -> A
      A -> e
    }
  )");
  play.start();
  EXPECT_EQ(play.open(), "c c/A");
  play.complete("c/A");
  EXPECT_EQ(play.open(), "After");
}

TEST(CallActivity, IsATaskOfTheCallerWhenTheProcessIsNotThere) {
  Play play(R"(
    startEvent s
    callActivity c calledElement=elsewhere
    userTask After
    s -> c
    c -> After
  )");
  play.start();
  EXPECT_EQ(play.tasks(), "c");
  play.complete("c");
  EXPECT_EQ(play.tasks(), "After");
}

TEST(CallActivity, CannotBeginWhatStartsByATriggerOnly) {
  EXPECT_FALSE(compile(model_of(R"(
    process main isExecutable=true {
      startEvent s
      callActivity c calledElement=other
      s -> c
    }
    process other {
      startEvent by_message message=m
      userTask A
      by_message -> A
    }
  )")));
}

TEST(CallActivity, ProcessOfALibraryIsFoundAndRecursionIsRefused) {
  const Model library = model_of(R"(
    process other {
      startEvent s
      userTask A
      s -> A
    }
  )");
  const Model model = model_of(R"(
    startEvent s
    callActivity c calledElement=other
    s -> c
  )");
  CompileOptions options;
  options.library.push_back(&library);
  const auto process = compile(model, {}, options);
  ASSERT_TRUE(process);
  EXPECT_NE(process->find_node("c/A"), nullptr);

  const Model endless = model_of(R"(
    startEvent s
    callActivity c calledElement=P
    s -> c
  )");
  EXPECT_FALSE(compile(endless));
}

TEST(MultiInstance, ParallelOpensAllAndWaitsForAll) {
  Play play(R"(
    startEvent s
    userTask A parallel=count(agencies)
    boundaryEvent late on=A timer=P5D
    userTask B
    s -> A
    A -> B
  )",
            rules::Context{{"agencies", rules::List{"Sở A", "Sở B", "Sở C"}}});
  play.start();
  EXPECT_EQ(play.tasks(), "A A A");
  EXPECT_EQ(play.open(), "A late A A A");
  play.complete("A");
  play.complete("A");
  EXPECT_EQ(play.tasks(), "A");
  play.complete("A");
  EXPECT_EQ(play.open(), "B");
}

TEST(MultiInstance, SequentialOpensOneAfterAnother) {
  Play play(R"(
    startEvent s
    userTask A sequential=2
    userTask B
    s -> A
    A -> B
  )");
  play.start();
  EXPECT_EQ(play.tasks(), "A");
  EXPECT_EQ(play.instance().activities.back().loop, 1U);
  play.complete("A");
  EXPECT_EQ(play.tasks(), "A");
  EXPECT_EQ(play.instance().activities.back().loop, 2U);
  play.complete("A");
  EXPECT_EQ(play.tasks(), "B");
}

TEST(MultiInstance, EndsEarlyWhenItsConditionHolds) {
  Play play(R"(
    startEvent s
    userTask A parallel=3 until=numberOfCompletedInstances_>=_2
    userTask B
    s -> A
    A -> B
  )");
  play.start();
  play.complete("A");
  EXPECT_EQ(play.tasks(), "A A");
  play.complete("A");
  EXPECT_EQ(play.tasks(), "B");
}

TEST(MultiInstance, RepeatsASubProcess) {
  Play play(R"(
    startEvent s
    subProcess p parallel=2 {
      startEvent ps
      userTask A
      userTask B
      ps -> A
      A -> B
    }
    userTask C
    s -> p
    p -> C
  )");
  play.start();
  EXPECT_EQ(play.tasks(), "A A");
  play.complete("A");
  play.complete("B");
  EXPECT_EQ(play.tasks(), "A");
  play.complete("A");
  play.complete("B");
  EXPECT_EQ(play.open(), "C");
}

TEST(MultiInstance, EmptyRepetitionsCountAsMoves) {
  for (const char* how : {"sequential", "parallel", "max"}) {
    std::string drawing = "startEvent s\n";
    for (int level = 0; level < 3; ++level) {
      drawing += "subProcess p" + std::to_string(level) + " " + how + "=200 {\n";
    }
    drawing += "}\n}\n}\ns -> p0\n";
    Play play(drawing);
    EXPECT_EQ(play.start(), StepReason::too_many_moves) << how;
  }
}

TEST(MultiInstance, NothingToDoIsPassedAndNonsenseIsRefused) {
  constexpr std::string_view kDrawing = R"(
    startEvent s
    userTask A parallel=n
    userTask B
    s -> A
    A -> B
  )";
  Play none(kDrawing, rules::Context{{"n", 0}});
  EXPECT_EQ(none.start(), std::nullopt);
  EXPECT_EQ(none.open(), "B");
  for (const rules::Value& n :
       {rules::Value{}, rules::Value{-1}, rules::Value{1'001}, rules::Value{"3"}}) {
    Play bad(kDrawing, rules::Context{{"n", n}});
    EXPECT_EQ(bad.start(), StepReason::bad_cardinality);
  }
}

}  // namespace
}  // namespace bpmn
