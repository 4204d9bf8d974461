#include <gtest/gtest.h>

#include "bpmn/test_play.h"

namespace bpmn {
namespace {

TEST(BoundaryEvent, InterruptingTimerCancelsTheTask) {
  Play play(R"(
    startEvent s
    userTask A
    boundaryEvent late on=A timer=PT8H
    userTask B
    userTask Escalate
    s -> A
    A -> B
    late -> Escalate
  )");
  play.start();
  EXPECT_EQ(play.open(), "A late");
  EXPECT_EQ(play.fire("late"), std::nullopt);
  EXPECT_EQ(play.open(), "Escalate");

  Play in_time(Process{play.process()});
  in_time.start();
  in_time.complete("A");
  EXPECT_EQ(in_time.open(), "B");
}

TEST(BoundaryEvent, NonInterruptingCycleFiresAsOftenAsItSays) {
  Play play(R"(
    startEvent s
    userTask A
    boundaryEvent remind on=A cycle=R2/PT8H interrupting=no
    sendTask Mail
    endEvent sent
    endEvent e
    s -> A
    A -> e
    remind -> Mail
    Mail -> sent
  )");
  play.start();
  EXPECT_EQ(play.fire("remind"), std::nullopt);
  EXPECT_EQ(play.tasks(), "A Mail");
  EXPECT_EQ(play.fire("remind"), std::nullopt);
  EXPECT_EQ(play.tasks(), "A Mail Mail");
  EXPECT_EQ(play.fire("remind"), StepReason::no_such_activity);
  play.complete("A");
  EXPECT_EQ(play.tasks(), "Mail Mail");
  play.complete("Mail");
  play.complete("Mail");
  EXPECT_EQ(play.state(), "completed");
}

TEST(BoundaryEvent, CycleThatOnlyTheCallerUnderstandsIsArmedAgain) {
  Play play(R"(
    startEvent s
    userTask A
    boundaryEvent remind on=A cycle=0/5_cron interrupting=no
    userTask B
    s -> A
    remind -> B
  )");
  play.start();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(play.fire("remind"), std::nullopt);
  EXPECT_EQ(play.tasks(), "A B B B");
}

TEST(BoundaryEvent, MessageInterruptsASubProcessWithEverythingInIt) {
  Play play(R"(
    startEvent s
    subProcess p {
      startEvent ps
      parallelGateway split
      userTask A
      userTask B
      parallelGateway join
      endEvent pe
      ps -> split
      split -> A
      split -> B
      A -> join
      B -> join
      join -> pe
    }
    boundaryEvent stop on=p message=withdraw
    userTask Close
    endEvent e
    s -> p
    p -> e
    stop -> Close
  )");
  play.start();
  play.complete("A");
  EXPECT_EQ(play.instance().arrivals.size(), 1U);
  EXPECT_EQ(play.step(DeliverMessage{"withdraw"}), std::nullopt);
  EXPECT_EQ(play.open(), "Close");
  EXPECT_TRUE(play.instance().arrivals.empty());
}

constexpr std::string_view kErrors = R"(
  startEvent s
  subProcess p {
    startEvent ps
    userTask A
    exclusiveGateway g default=g_other
    endEvent wrong error=E1
    endEvent other error=E2
    ps -> A
    A -> g
    g -> wrong [known]
    g -> other
  }
  boundaryEvent caught on=p error=E1
  userTask Repair
  endEvent e
  s -> p
  p -> e
  caught -> Repair
)";

TEST(ErrorEvent, IsCaughtOnTheSubProcessThatNamesIt) {
  Play play(kErrors, rules::Context{{"known", true}});
  play.start();
  play.complete("A");
  EXPECT_EQ(play.open(), "Repair");
  EXPECT_EQ(play.thrown(), "E1");
}

TEST(ErrorEvent, FailsTheProcessWhenNothingCatchesIt) {
  Play play(kErrors);
  play.start();
  play.complete("A");
  EXPECT_EQ(play.state(), "failed");
  EXPECT_EQ(play.open(), "");
  EXPECT_EQ(play.events().back(), (Event{ProcessEnded{InstanceState::failed, "E2"}}));
}

TEST(ErrorEvent, MayBeThrownByTheWorkOfATask) {
  Play play(R"(
    startEvent s
    serviceTask Look
    boundaryEvent missing on=Look error=not_found
    userTask Ask
    endEvent e
    s -> Look
    Look -> e
    missing -> Ask
  )");
  play.start();
  EXPECT_EQ(play.step(ThrowError{play.activity_at("Look"), "not_found"}), std::nullopt);
  EXPECT_EQ(play.tasks(), "Ask");
  Play other(Process{play.process()});
  other.start();
  other.step(ThrowError{other.activity_at("Look"), "power"});
  EXPECT_EQ(other.state(), "failed");
}

TEST(TerminateEvent, EndsEverythingAtOnce) {
  Play play(R"(
    startEvent s
    parallelGateway split
    userTask A
    userTask B
    endEvent stop terminate=yes
    s -> split
    split -> A
    split -> B
    A -> stop
  )");
  play.start();
  play.complete("A");
  EXPECT_EQ(play.state(), "terminated");
}

TEST(TerminateEvent, InASubProcessEndsOnlyThat) {
  Play play(R"(
    startEvent s
    subProcess p {
      startEvent ps
      userTask A
      userTask B
      endEvent stop terminate=yes
      ps -> A
      ps -> B
      A -> stop
    }
    userTask C
    s -> p
    p -> C
  )");
  play.start();
  EXPECT_EQ(play.tasks(), "A B");
  play.complete("A");
  EXPECT_EQ(play.open(), "C");
}

TEST(ThrowEvent, IsReportedAndPassed) {
  Play play(R"(
    startEvent s
    intermediateThrowEvent told message=received
    userTask A
    endEvent done signal=finished
    s -> told
    told -> A
    A -> done
  )");
  play.start();
  EXPECT_EQ(play.tasks(), "A");
  play.complete("A");
  EXPECT_EQ(play.thrown(), "received finished");
  EXPECT_EQ(play.state(), "completed");
}

TEST(Escalation, StartsWorkBesideTheSubProcessThatGoesOn) {
  Play play(R"(
    startEvent s
    subProcess p {
      startEvent ps
      intermediateThrowEvent up escalation=supervisor
      userTask A
      ps -> up
      up -> A
    }
    boundaryEvent heard on=p escalation=supervisor interrupting=no
    userTask Watch
    s -> p
    heard -> Watch
  )");
  play.start();
  EXPECT_EQ(play.tasks(), "Watch A");
}

TEST(CatchEvent, SignalReachesAllThatWaitAndMessageOnlyTheOldest) {
  constexpr std::string_view kDrawing = R"(
    startEvent s
    parallelGateway split
    intermediateCatchEvent one KIND=go
    intermediateCatchEvent two KIND=go
    userTask A
    userTask B
    s -> split
    split -> one
    split -> two
    one -> A
    two -> B
  )";
  const auto with = [&](const std::string& kind) {
    std::string text{kDrawing};
    for (std::size_t at = text.find("KIND"); at != std::string::npos; at = text.find("KIND")) {
      text.replace(at, 4, kind);
    }
    return text;
  };
  Play signal(with("signal"));
  signal.start();
  EXPECT_EQ(signal.step(DeliverMessage{"go"}), StepReason::nothing_waits);
  EXPECT_EQ(signal.step(DeliverSignal{"go"}), std::nullopt);
  EXPECT_EQ(signal.tasks(), "A B");

  Play message(with("message"));
  message.start();
  EXPECT_EQ(message.step(DeliverMessage{"go"}), std::nullopt);
  EXPECT_EQ(message.open(), "two A");
}

TEST(LinkEvent, GoesOnAtTheCatchingLinkOfItsName) {
  Play play(R"(
    startEvent s
    intermediateThrowEvent out link=page2
    intermediateCatchEvent in link=page2
    userTask A
    s -> out
    in -> A
  )");
  play.start();
  EXPECT_EQ(play.tasks(), "A");
}

TEST(ReceiveTask, IsCompletedByItsMessageOrByThePerson) {
  constexpr std::string_view kDrawing = R"(
    startEvent s
    receiveTask R message=reply
    userTask A
    s -> R
    R -> A
  )";
  Play by_message(kDrawing);
  by_message.start();
  EXPECT_EQ(by_message.step(DeliverMessage{"other"}), StepReason::nothing_waits);
  EXPECT_EQ(by_message.step(DeliverMessage{"reply"}), std::nullopt);
  EXPECT_EQ(by_message.tasks(), "A");
  Play by_person(kDrawing);
  by_person.start();
  EXPECT_EQ(by_person.complete("R"), std::nullopt);
  EXPECT_EQ(by_person.tasks(), "A");
}

}  // namespace
}  // namespace bpmn
