#include <gtest/gtest.h>

#include "bpmn/test_play.h"

namespace bpmn {
namespace {

// A process with task A and an event sub-process q, started by START, with task Q in it.
std::string with_event(const std::string& start, const std::string& more = {}) {
  return "startEvent s\nuserTask A\nuserTask B\nendEvent e\ns -> A\nA -> B\nB -> e\n" + more +
         "\neventSubProcess q {\nstartEvent qs " + start +
         "\nuserTask Q\nendEvent qe\nqs -> Q\nQ -> qe\n}\n";
}

TEST(EventSubProcess, InterruptsTheProcessAndThenCompletesIt) {
  Play play(with_event("message=withdraw"));
  play.start();
  EXPECT_EQ(play.open(), "qs A");
  EXPECT_EQ(play.step(DeliverMessage{"withdraw"}), std::nullopt);
  EXPECT_EQ(play.open(), "q Q");
  EXPECT_EQ(play.step(DeliverMessage{"withdraw"}), StepReason::nothing_waits);
  play.complete("Q");
  EXPECT_EQ(play.state(), "completed");
}

TEST(EventSubProcess, KeepsNothingOpenWhileItWaits) {
  for (const char* start : {"message=m", "timer=P1D", "signal=x", "condition=false", "error=any",
                            "escalation=any", "timer=P1D message=m"}) {
    Play play(with_event(start));
    play.start();
    play.complete("A");
    play.complete("B");
    EXPECT_EQ(play.state(), "completed") << start;
    EXPECT_EQ(play.open(), "");
  }
}

TEST(EventSubProcess, StartsAsOftenAsItHappensWhenItDoesNotInterrupt) {
  Play play(with_event("message=question interrupting=no"));
  play.start();
  play.step(DeliverMessage{"question"});
  play.step(DeliverMessage{"question"});
  EXPECT_EQ(play.tasks(), "A Q Q");
  play.complete("A");
  play.complete("B");
  EXPECT_EQ(play.tasks(), "Q Q");
  EXPECT_EQ(play.step(DeliverMessage{"question"}), std::nullopt) << "the scope is still open";
  play.complete("Q");
  play.complete("Q");
  play.complete("Q");
  EXPECT_EQ(play.state(), "completed");
}

TEST(EventSubProcess, IsStartedByTimersOnceOrInACycle) {
  Play once(with_event("timer=P1D interrupting=no"));
  once.start();
  once.fire("qs");
  EXPECT_EQ(once.open(), "A q Q");
  EXPECT_EQ(once.fire("qs"), StepReason::no_such_activity);
  Play twice(with_event("cycle=R2/P1D interrupting=no"));
  twice.start();
  twice.fire("qs");
  twice.fire("qs");
  EXPECT_EQ(twice.tasks(), "A Q Q");
  EXPECT_EQ(twice.fire("qs"), StepReason::no_such_activity);
}

TEST(EventSubProcess, IsStartedBySignalsAndConditions) {
  Play signal(with_event("signal=stop"));
  signal.start();
  signal.step(DeliverSignal{"stop"});
  EXPECT_EQ(signal.tasks(), "Q");
  Play condition(with_event("condition=late"));
  condition.start();
  EXPECT_EQ(condition.tasks(), "A");
  condition.set("late", true);
  EXPECT_EQ(condition.step(ConditionsChanged{}), std::nullopt);
  EXPECT_EQ(condition.tasks(), "Q");
}

TEST(EventSubProcess, CatchesTheErrorOfItsScopeBeforeTheBoundaryDoes) {
  constexpr std::string_view kDrawing = R"(
    startEvent s
    subProcess p {
      startEvent ps
      userTask A
      userTask A2
      endEvent wrong error=E1
      ps -> A
      ps -> A2
      A -> wrong
      eventSubProcess q {
        startEvent qs error=CODE
        userTask Repair
        qs -> Repair
      }
    }
    boundaryEvent outside on=p error=E1
    userTask Outside
    userTask After
    s -> p
    p -> After
    outside -> Outside
  )";
  const auto with = [&](const std::string& code) {
    std::string text{kDrawing};
    return text.replace(text.find("CODE"), 4, code);
  };
  for (const char* code : {"E1", "any"}) {
    Play play(with(code));
    play.start();
    play.complete("A");
    EXPECT_EQ(play.open(), "p q Repair");
    play.complete("Repair");
    EXPECT_EQ(play.open(), "After");
  }
  Play other(with("E2"));
  other.start();
  other.complete("A");
  EXPECT_EQ(other.open(), "Outside");
  // The error of a task's own work takes the same way.
  Play task(with("E1"));
  task.start();
  task.step(ThrowError{task.activity_at("A2"), "E1"});
  EXPECT_EQ(task.open(), "p q Repair");
}

TEST(EventSubProcess, AnErrorInTheHandlerIsNotCaughtByTheHandler) {
  Play play(R"(
    startEvent s
    subProcess p {
      startEvent ps
      userTask A
      ps -> A
      eventSubProcess q {
        startEvent qs error=any
        userTask Repair
        endEvent again error=E1
        qs -> Repair
        Repair -> again
      }
    }
    boundaryEvent outside on=p error=E1
    userTask Outside
    s -> p
    outside -> Outside
  )");
  play.start();
  play.step(ThrowError{play.activity_at("A"), "E1"});
  EXPECT_EQ(play.open(), "p q Repair");
  play.complete("Repair");
  EXPECT_EQ(play.open(), "Outside");
}

TEST(EventSubProcess, TheExactCodeComesBeforeTheOneThatCatchesAll) {
  Play play(R"(
    startEvent s
    userTask A
    s -> A
    eventSubProcess any {
      startEvent as error=any
      userTask Any
      as -> Any
    }
    eventSubProcess one {
      startEvent os error=E1
      userTask One
      os -> One
    }
  )");
  Play other(Process{play.process()});
  play.start();
  play.step(ThrowError{play.activity_at("A"), "E1"});
  EXPECT_EQ(play.tasks(), "One");
  other.start();
  other.step(ThrowError{other.activity_at("A"), "E9"});
  EXPECT_EQ(other.tasks(), "Any");
}

TEST(EventSubProcess, HearsAnEscalationAndTheWorkGoesOnOrNot) {
  const std::string up = "intermediateThrowEvent up escalation=boss\nuserTask U\nA -> up\nup -> U";
  Play beside(with_event("escalation=boss interrupting=no", up));
  beside.start();
  beside.complete("A");
  EXPECT_EQ(beside.tasks(), "B U Q");
  Play instead(with_event("escalation=boss", up));
  instead.start();
  instead.complete("A");
  EXPECT_EQ(instead.tasks(), "Q") << "the token that threw it is gone, too";
}

TEST(EventSubProcess, DropsTokensThatWaitAtJoins) {
  Play play(R"(
    startEvent s
    parallelGateway split
    userTask A
    userTask B
    parallelGateway join
    s -> split
    split -> A
    split -> B
    A -> join
    B -> join
    eventSubProcess q {
      startEvent qs message=m
      userTask Q
      qs -> Q
    }
  )");
  play.start();
  play.complete("A");
  EXPECT_EQ(play.instance().arrivals.size(), 1U);
  play.step(DeliverMessage{"m"});
  EXPECT_TRUE(play.instance().arrivals.empty());
  play.complete("Q");
  EXPECT_EQ(play.state(), "completed");
}

TEST(EventSubProcess, BelongsToEachRepetitionOfItsSubProcess) {
  Play play(R"(
    startEvent s
    subProcess p parallel=2 {
      startEvent ps
      userTask A
      ps -> A
      eventSubProcess q {
        startEvent qs message=m
        userTask Q
        qs -> Q
      }
    }
    userTask After
    s -> p
    p -> After
  )");
  play.start();
  EXPECT_EQ(play.tasks(), "A A");
  play.step(DeliverMessage{"m"});
  EXPECT_EQ(play.tasks(), "A Q");
  play.step(DeliverMessage{"m"});
  EXPECT_EQ(play.tasks(), "Q Q");
  play.complete("Q");
  play.complete("Q");
  EXPECT_EQ(play.open(), "After");
}

TEST(EventSubProcess, OfACalledProcessCatchesBeforeTheCaller) {
  Play play(R"(
    process main isExecutable=true {
      startEvent s
      callActivity c calledElement=other
      boundaryEvent failed on=c error=E2
      userTask Failed
      s -> c
      failed -> Failed
    }
    process other {
      startEvent s
      userTask A
      s -> A
      eventSubProcess q {
        startEvent qs error=E1
        userTask Q
        endEvent out error=E2
        qs -> Q
        Q -> out
      }
    }
  )");
  play.start();
  play.step(ThrowError{play.activity_at("c/A"), "E1"});
  EXPECT_EQ(play.tasks(), "c/Q");
  play.complete("c/Q");
  EXPECT_EQ(play.open(), "Failed");
}

TEST(EventSubProcess, TerminateInItEndsOnlyIt) {
  Play play(R"(
    startEvent s
    userTask A
    s -> A
    eventSubProcess q {
      startEvent qs message=m interrupting=no
      userTask Q
      userTask Q2
      endEvent stop terminate=yes
      qs -> Q
      qs -> Q2
      Q -> stop
    }
  )");
  play.start();
  play.step(DeliverMessage{"m"});
  EXPECT_EQ(play.tasks(), "A Q Q2");
  play.complete("Q");
  EXPECT_EQ(play.tasks(), "A");
}

}  // namespace
}  // namespace bpmn
