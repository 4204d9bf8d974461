#include <gtest/gtest.h>

#include "bpmn/test_play.h"

namespace bpmn {
namespace {

// A and B can be undone, C cannot; then THROW, then Last.
std::string three_tasks(const std::string& thrown) {
  return R"(
    startEvent s
    userTask A
    boundaryEvent a on=A by=UndoA
    userTask UndoA isForCompensation=true
    userTask B
    boundaryEvent b on=B by=UndoB
    userTask UndoB isForCompensation=true
    userTask C
    intermediateThrowEvent undo )" +
         thrown + R"(
    userTask Last
    s -> A
    A -> B
    B -> C
    C -> undo
    undo -> Last
  )";
}

TEST(Compensation, UndoesWhatWasCompletedTheLastFirst) {
  Play play(three_tasks("compensate=all"));
  play.start();
  EXPECT_EQ(play.open(), "A");
  play.complete("A");
  play.complete("B");
  EXPECT_EQ(play.instance().completed.size(), 2U) << "only what can be compensated is remembered";
  play.complete("C");
  EXPECT_EQ(play.open(), "undo UndoB");
  const auto* opened = std::get_if<TaskOpened>(&play.events().back());
  ASSERT_NE(opened, nullptr);
  EXPECT_EQ(opened->compensates, 2U);
  play.complete("UndoB");
  EXPECT_EQ(play.open(), "undo UndoA");
  play.complete("UndoA");
  EXPECT_EQ(play.open(), "Last");
  EXPECT_TRUE(play.instance().completed.empty());
  EXPECT_TRUE(play.instance().compensating.empty());
}

TEST(Compensation, OfOneActivityLeavesTheOthers) {
  Play play(three_tasks("compensate=A"));
  play.start();
  play.complete("A");
  play.complete("B");
  play.complete("C");
  EXPECT_EQ(play.open(), "undo UndoA");
  play.complete("UndoA");
  EXPECT_EQ(play.open(), "Last");
  EXPECT_EQ(play.instance().completed.size(), 1U);
}

TEST(Compensation, MayRunWhileTheProcessGoesOn) {
  Play play(three_tasks("compensate=B wait=no"));
  play.start();
  play.complete("A");
  play.complete("B");
  play.complete("C");
  EXPECT_EQ(play.tasks(), "Last UndoB");
  play.complete("Last");
  EXPECT_EQ(play.state(), "running");
  play.complete("UndoB");
  EXPECT_EQ(play.state(), "completed");
}

TEST(Compensation, HappensOnceAndOnlyToWhatWasCompleted) {
  Play play(R"(
    startEvent s
    userTask A
    boundaryEvent a on=A by=UndoA
    userTask UndoA isForCompensation=true
    intermediateThrowEvent first compensate=all
    intermediateThrowEvent second compensate=all
    endEvent third compensate=all
    s -> first
    first -> A
    A -> second
    second -> third
  )");
  play.start();
  EXPECT_EQ(play.open(), "A") << "there is nothing to compensate yet";
  play.complete("A");
  EXPECT_EQ(play.open(), "second UndoA");
  play.complete("UndoA");
  EXPECT_EQ(play.state(), "completed");
}

TEST(Compensation, ByAnEndEventIsDoneBeforeTheProcessEnds) {
  Play play(R"(
    startEvent s
    userTask A
    boundaryEvent a on=A by=UndoA
    subProcess UndoA isForCompensation=true {
      startEvent us
      userTask U
      us -> U
    }
    endEvent undo compensate=all
    s -> A
    A -> undo
  )");
  play.start();
  play.complete("A");
  EXPECT_EQ(play.open(), "undo UndoA U");
  play.complete("U");
  EXPECT_EQ(play.state(), "completed");
}

TEST(Compensation, OfASubProcessUndoesWhatIsInIt) {
  Play play(R"(
    startEvent s
    subProcess p {
      startEvent ps
      userTask A
      boundaryEvent a on=A by=UndoA
      userTask UndoA isForCompensation=true
      userTask B
      boundaryEvent b on=B by=UndoB
      userTask UndoB isForCompensation=true
      ps -> A
      A -> B
    }
    userTask C
    endEvent undo compensate=p
    s -> p
    p -> C
    C -> undo
  )");
  play.start();
  play.complete("A");
  play.complete("B");
  EXPECT_EQ(play.instance().completed.size(), 3U);
  play.complete("C");
  EXPECT_EQ(play.tasks(), "UndoB");
  play.complete("UndoB");
  EXPECT_EQ(play.tasks(), "UndoA");
  play.complete("UndoA");
  EXPECT_EQ(play.state(), "completed");
}

constexpr std::string_view kOwnWay = R"(
  startEvent s
  subProcess p {
    startEvent ps
    userTask A
    boundaryEvent a on=A by=UndoA
    userTask UndoA isForCompensation=true
    userTask B
    boundaryEvent b on=B by=UndoB
    userTask UndoB isForCompensation=true
    ps -> A
    A -> B
    eventSubProcess q {
      startEvent qs compensate=all
      userTask Q
      endEvent qe compensate=A
      qs -> Q
      Q -> qe
    }
  }
  userTask C
  endEvent undo compensate=all
  s -> p
  p -> C
  C -> undo
)";

TEST(Compensation, OfASubProcessMayBeAnEventSubProcessThatThrowsItself) {
  Play play(kOwnWay);
  play.start();
  play.complete("A");
  play.complete("B");
  play.complete("C");
  EXPECT_EQ(play.open(), "undo q Q");
  play.complete("Q");
  EXPECT_EQ(play.open(), "undo q qe UndoA");
  play.complete("UndoA");
  EXPECT_EQ(play.state(), "completed") << "B is not compensated: q does not say so";
}

TEST(Compensation, IsForgottenWithAScopeThatWasInterrupted) {
  Play play(R"(
    startEvent s
    subProcess p {
      startEvent ps
      userTask A
      boundaryEvent a on=A by=UndoA
      userTask UndoA isForCompensation=true
      userTask B
      ps -> A
      A -> B
    }
    boundaryEvent stop on=p message=stop
    endEvent undo compensate=all
    s -> p
    stop -> undo
  )");
  play.start();
  play.complete("A");
  EXPECT_EQ(play.instance().completed.size(), 1U);
  play.step(DeliverMessage{"stop"});
  EXPECT_EQ(play.state(), "completed");
}

TEST(Compensation, AnErrorHandlerInsideUndoesItsScope) {
  Play play(R"(
    startEvent s
    subProcess p {
      startEvent ps
      userTask A
      boundaryEvent a on=A by=UndoA
      userTask UndoA isForCompensation=true
      userTask B
      ps -> A
      A -> B
      eventSubProcess q {
        startEvent qs error=any
        intermediateThrowEvent undo compensate=all
        userTask Told
        qs -> undo
        undo -> Told
      }
    }
    userTask After
    s -> p
    p -> After
  )");
  play.start();
  play.complete("A");
  play.step(ThrowError{play.activity_at("B"), "E"});
  EXPECT_EQ(play.open(), "p q undo UndoA");
  play.complete("UndoA");
  EXPECT_EQ(play.open(), "p q Told");
  play.complete("Told");
  EXPECT_EQ(play.open(), "After");
}

TEST(Compensation, RunsOnceForEachRepetition) {
  for (const std::string how : {"parallel=3", "sequential=3", "max=3"}) {
    Play play("startEvent s\nuserTask A " + how + R"(
      boundaryEvent a on=A by=UndoA
      userTask UndoA isForCompensation=true
      endEvent undo compensate=A
      s -> A
      A -> undo
    )");
    play.start();
    for (int i = 0; i < 3; ++i) play.complete("A");
    for (ActivityId undone = 4; undone >= 2; --undone) {
      EXPECT_EQ(play.tasks(), "UndoA") << how;
      EXPECT_EQ(play.instance().activities.back().compensates, undone);
      play.complete("UndoA");
    }
    EXPECT_EQ(play.state(), "completed");
  }
}

TEST(Compensation, OfRepeatedSubProcessesUndoesEachOfThem) {
  Play play(R"(
    startEvent s
    subProcess p sequential=2 {
      startEvent ps
      userTask A
      boundaryEvent a on=A by=UndoA
      userTask UndoA isForCompensation=true
      ps -> A
    }
    endEvent undo compensate=all
    s -> p
    p -> undo
  )");
  play.start();
  play.complete("A");
  play.complete("A");
  EXPECT_EQ(play.tasks(), "UndoA");
  play.complete("UndoA");
  EXPECT_EQ(play.tasks(), "UndoA");
  play.complete("UndoA");
  EXPECT_EQ(play.state(), "completed");
}

TEST(Compensation, AHandlerBesideASubProcessReplacesWhatIsInIt) {
  Play play(R"(
    startEvent s
    subProcess p {
      startEvent ps
      userTask A
      boundaryEvent a on=A by=UndoA
      userTask UndoA isForCompensation=true
      ps -> A
    }
    boundaryEvent whole on=p by=UndoP
    userTask UndoP isForCompensation=true parallel=2
    endEvent undo compensate=all
    s -> p
    p -> undo
  )");
  play.start();
  play.complete("A");
  EXPECT_EQ(play.tasks(), "UndoP UndoP");
  EXPECT_TRUE(play.instance().completed.empty());
  play.complete("UndoP");
  play.complete("UndoP");
  EXPECT_EQ(play.state(), "completed");
}

TEST(Compensation, TwoThrowsDoNotUndoTheSameTwice) {
  Play play(R"(
    startEvent s
    userTask A
    boundaryEvent a on=A by=UndoA
    userTask UndoA isForCompensation=true
    parallelGateway split
    endEvent one compensate=all
    endEvent two compensate=all
    s -> A
    A -> split
    split -> one
    split -> two
  )");
  play.start();
  play.complete("A");
  EXPECT_EQ(play.open(), "one UndoA");
  play.complete("UndoA");
  EXPECT_EQ(play.state(), "completed");
}

TEST(Compensation, AnErrorOfTheHandlerGoesOutwards) {
  Play play(R"(
    startEvent s
    subProcess p {
      startEvent ps
      userTask A
      boundaryEvent a on=A by=UndoA
      userTask UndoA isForCompensation=true
      endEvent undo compensate=all
      ps -> A
      A -> undo
    }
    boundaryEvent failed on=p error=any
    userTask Failed
    s -> p
    failed -> Failed
  )");
  play.start();
  play.complete("A");
  play.step(ThrowError{play.activity_at("UndoA"), "E"});
  EXPECT_EQ(play.open(), "Failed");
  EXPECT_TRUE(play.instance().compensating.empty());
}

TEST(Compensation, ThatIsInterruptedGivesBackWhatItHadNotBegun) {
  Play play(R"(
    startEvent s
    subProcess p {
      startEvent ps
      userTask A
      boundaryEvent a on=A by=UndoA
      userTask UndoA isForCompensation=true
      ps -> A
    }
    userTask B
    boundaryEvent b on=B by=UndoB
    userTask UndoB isForCompensation=true
    intermediateThrowEvent undo compensate=all
    s -> p
    p -> B
    B -> undo
    eventSubProcess q {
      startEvent qs message=stop
      userTask Q
      endEvent again compensate=all
      qs -> Q
      Q -> again
    }
  )");
  play.start();
  play.complete("A");
  play.complete("B");
  EXPECT_EQ(play.tasks(), "UndoB");
  play.step(DeliverMessage{"stop"});
  EXPECT_EQ(play.tasks(), "Q");
  play.complete("Q");
  EXPECT_EQ(play.tasks(), "UndoA") << "what was begun is not begun again";
  play.complete("UndoA");
  EXPECT_EQ(play.state(), "completed");
}

TEST(Compensation, IsNotRememberedWhereNothingThrowsIt) {
  Play play(R"(
    startEvent s
    userTask A
    boundaryEvent a on=A by=UndoA
    userTask UndoA isForCompensation=true
    userTask B
    s -> A
    A -> B
  )");
  play.start();
  play.complete("A");
  EXPECT_TRUE(play.instance().completed.empty());
  EXPECT_EQ(play.move("B", "UndoA"), StepReason::target_in_other_branch);
}

}  // namespace
}  // namespace bpmn
