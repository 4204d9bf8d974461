#include <gtest/gtest.h>

#include "bpmn/test_play.h"

namespace bpmn {
namespace {

constexpr std::string_view kBooking = R"(
  startEvent s
  transaction t {
    startEvent ts
    userTask Hotel
    boundaryEvent h on=Hotel by=UndoHotel
    userTask UndoHotel isForCompensation=true
    userTask Flight
    boundaryEvent f on=Flight by=UndoFlight
    userTask UndoFlight isForCompensation=true
    userTask Insurance
    userTask Pay
    exclusiveGateway paid default=paid_ok
    endEvent ok
    endEvent not cancel=yes
    ts -> Hotel
    ts -> Insurance
    Hotel -> Flight
    Flight -> Pay
    Pay -> paid
    paid -> ok
    paid -> not [refused]
  }
  boundaryEvent cancelled on=t cancel=yes
  boundaryEvent late on=t timer=P1D
  boundaryEvent failed on=t error=any
  userTask Done
  userTask Cancelled
  userTask Late
  userTask Failed
  s -> t
  t -> Done
  cancelled -> Cancelled
  late -> Late
  failed -> Failed
)";

TEST(Transaction, RunsLikeASubProcessWhenAllGoesWell) {
  Play play(kBooking);
  play.start();
  for (const char* task : {"Hotel", "Insurance", "Flight", "Pay"}) play.complete(task);
  EXPECT_EQ(play.open(), "Done");
}

TEST(Transaction, CancelledUndoesWhatWasCompletedAndLeavesByTheCancelEvent) {
  Play play(kBooking, rules::Context{{"refused", true}});
  play.start();
  for (const char* task : {"Hotel", "Flight", "Pay"}) play.complete(task);
  EXPECT_EQ(play.open(), "t not UndoFlight") << "Insurance is ended, the timer, too";
  play.complete("UndoFlight");
  EXPECT_EQ(play.open(), "t not UndoHotel");
  play.complete("UndoHotel");
  EXPECT_EQ(play.open(), "Cancelled");
  EXPECT_TRUE(play.instance().completed.empty());
}

TEST(Transaction, LeftByAnErrorIsNotCompensated) {
  Play play(kBooking);
  play.start();
  play.complete("Hotel");
  play.step(ThrowError{play.activity_at("Flight"), "E"});
  EXPECT_EQ(play.open(), "Failed");
  EXPECT_TRUE(play.instance().completed.empty());
}

TEST(Transaction, AnErrorWhileItIsUndoneIsAHazard) {
  Play play(kBooking, rules::Context{{"refused", true}});
  play.start();
  for (const char* task : {"Hotel", "Flight", "Pay"}) play.complete(task);
  play.step(ThrowError{play.activity_at("UndoFlight"), "E"});
  EXPECT_EQ(play.open(), "Failed");
}

TEST(Transaction, ThatIsRepeatedIsUndoneInAllItsRepetitions) {
  for (const std::string how : {"parallel=3", "sequential=3", "max=3"}) {
    Play play("startEvent s\ntransaction t " + how + R"( {
        startEvent ts
        userTask A
        boundaryEvent a on=A by=UndoA
        userTask UndoA isForCompensation=true
        userTask B
        exclusiveGateway g default=g_ok
        endEvent ok
        endEvent not cancel=yes
        ts -> A
        A -> B
        B -> g
        g -> ok
        g -> not [refused]
      }
      boundaryEvent cancelled on=t cancel=yes
      userTask Cancelled
      s -> t
      cancelled -> Cancelled
    )");
    play.start();
    play.complete("A");
    play.complete("B");
    play.complete("A");
    play.set("refused", true);
    play.complete("B");
    EXPECT_EQ(play.tasks(), "UndoA") << how;
    play.complete("UndoA");
    EXPECT_EQ(play.tasks(), "UndoA") << how;
    play.complete("UndoA");
    EXPECT_EQ(play.open(), "Cancelled") << how;
  }
}

TEST(Transaction, WithNothingToUndoIsLeftAtOnce) {
  Play play(R"(
    startEvent s
    transaction t {
      startEvent ts
      subProcess p {
        userTask A
        endEvent not cancel=yes
        A -> not
      }
      ts -> p
    }
    boundaryEvent cancelled on=t cancel=yes
    userTask Cancelled
    s -> t
    cancelled -> Cancelled
  )");
  play.start();
  play.complete("A");
  EXPECT_EQ(play.open(), "Cancelled");
}

TEST(Transaction, CancelEventsElsewhereAreRefused) {
  EXPECT_FALSE(compile(model_of("startEvent s\nendEvent e cancel=yes\ns -> e")));
  EXPECT_FALSE(compile(model_of(
      "startEvent s\nuserTask A\nboundaryEvent b on=A cancel=yes\nendEvent e\ns -> A\nb -> e")));
}

}  // namespace
}  // namespace bpmn
