// The clock of dossiers on the vectors of the law's calendar.
#include "dossier/dossier_clock.h"
#include "dossier/test_dossiers.h"

namespace dossier {
namespace {

using test::at;
using test::Life;
using test::office;
using test::received;

std::string due(const Life& life) {
  return life.state().due_at.has_value() ? calendar::to_iso(*life.state().due_at) : "none";
}

TEST(Clock, ThreeWorkingDaysFromThursdayEndOnMondayAcrossAMakeUpSaturday) {
  EXPECT_EQ(due(received("1.004873", "2026-08-20T10:00:00+07:00")), "2026-08-24T17:30:00+07:00");
}

TEST(Clock, ReceivedLateWithRollOverCountsFromTheNextWorkingMorning) {
  const AgreedLimits limits{.published = "3wd", .internal = {}, .cutoff_minutes = 15 * 60};
  const auto term = term_of(limits, at("2026-08-28T15:30:00+07:00"), {}, std::nullopt, office());
  ASSERT_TRUE(term.has_value());
  ASSERT_TRUE(term->promised.due.has_value());
  EXPECT_EQ(calendar::to_iso(*term->promised.due), "2026-09-08T17:30:00+07:00");
}

TEST(Clock, SameDayAfterTheCutOffIsDueOnTheNextWorkingDay) {
  EXPECT_EQ(due(received("1.001193", "2026-08-20T10:00:00+07:00")), "2026-08-20T17:30:00+07:00");
  EXPECT_EQ(due(received("1.001193", "2026-08-20T15:30:00+07:00")), "2026-08-21T17:30:00+07:00");
}

TEST(Clock, ThePromiseIsTheEarlierOfThePublishedAndTheInternalLimit) {
  const Life life = received("1.012994");
  EXPECT_EQ(life.state().limits.published, "30d");
  EXPECT_EQ(life.state().limits.internal, "168h");
  const auto term = term_of(life.state(), office());
  ASSERT_TRUE(term.has_value());
  const auto alone = [&](const char* limit) {
    const auto one = term_of({.published = limit, .internal = {}}, *life.state().received_at, {},
                             std::nullopt, office());
    return one->promised.due;
  };
  // 168 hours are 21 whole working days: the promise is a day, and ends when the office closes.
  EXPECT_EQ(term->promised.due, std::min(alone("30d"), alone("21wd")));
  EXPECT_EQ(term->published_due, alone("30d"));
  EXPECT_EQ(term->promised_is_internal, alone("21wd") <= alone("30d"));
  EXPECT_EQ(life.state().due_at, term->promised.due);
  // 30 days are 22 working days in most months: only holidays make them the shorter promise.
  const auto other =
      term_of({.published = "3d", .internal = "168h"}, life.now(), {}, std::nullopt, office());
  EXPECT_FALSE(other->promised_is_internal);
  EXPECT_EQ(other->promised.due, alone("3d"));
}

TEST(Clock, APromiseOfWholeWorkingDaysEndsWithTheLastWorkingInterval) {
  const struct {
    const char* internal;
    const char* received;
    const char* due;
  } kVectors[]{
      {"168h", "2026-08-03T07:31:00+07:00", "2026-09-03T17:30:00+07:00"},
      {"168h", "2026-08-03T07:30:00+07:00", "2026-08-28T17:30:00+07:00"},
      {"8h", "2026-08-20T10:00:00+07:00", "2026-08-21T17:30:00+07:00"},
      // Part of a day is a promise to the minute.
      {"4h", "2026-08-20T10:00:00+07:00", "2026-08-20T16:00:00+07:00"},
      {"12h", "2026-08-20T07:30:00+07:00", "2026-08-21T11:30:00+07:00"},
  };
  for (const auto& one : kVectors) {
    const auto term = term_of({.published = "90d", .internal = one.internal}, at(one.received), {},
                              std::nullopt, office());
    ASSERT_TRUE(term.has_value() && term->promised.due.has_value());
    EXPECT_EQ(calendar::to_iso(*term->promised.due), one.due) << one.internal;
    EXPECT_EQ(term->promised.steps.back().to, *term->promised.due);
  }
}

TEST(Clock, DoesNotRunBeforeReceptionNorWhileTheApplicantCompletes) {
  Life life = test::filed("1.004873");
  EXPECT_EQ(due(life), "none");
  EXPECT_EQ(due_state(life.state(), life.now(), office()), DueState::none);
  ASSERT_EQ(life.act(Receive{}, life.doer()), std::nullopt);
  EXPECT_EQ(due_state(life.state(), life.now(), office()), DueState::on_track);
  ASSERT_EQ(life.act(test::supplement_request(), life.doer()), std::nullopt);
  EXPECT_EQ(due(life), "none");
  life.wait(std::chrono::hours{24 * 30});
  EXPECT_EQ(due_state(life.state(), life.now(), office()), DueState::paused);
}

TEST(Clock, BeginsAnewWhenTheDossierIsComplete) {
  Life life = received("1.004873", "2026-08-20T10:00:00+07:00");
  life.wait_until("2026-08-21T09:00:00+07:00");
  ASSERT_EQ(life.act(test::supplement_request(), life.doer()), std::nullopt);
  life.wait_until("2026-08-27T10:00:00+07:00");
  ASSERT_EQ(
      life.act(
          Supplement{.answers = {}, .attachments = {test::paper("declaration", "p2")}, .note = {}},
          test::citizen()),
      std::nullopt);
  // Thursday 27/8 + 3 working days: 28/8, then the days off around 2/9 until Monday 7/9.
  const auto fresh = term_of({.published = "3wd", .internal = {}}, at("2026-08-27T10:00:00+07:00"),
                             {}, std::nullopt, office());
  EXPECT_EQ(life.state().due_at, fresh->promised.due);
  EXPECT_EQ(life.state().restarted_at, at("2026-08-27T10:00:00+07:00"));
  ASSERT_EQ(life.state().pauses.size(), 1U);
  EXPECT_EQ(life.state().pauses[0].to, at("2026-08-27T10:00:00+07:00"));
  // The step's own limit lost only the paused time.
  EXPECT_GT(*life.task().due_at, at("2026-08-27T10:00:00+07:00"));
}

TEST(Clock, AStepAtTheCounterIsNotLateForTheTimeTheApplicantTook) {
  Life life = test::filed("1.001193", "2026-08-20T10:00:00+07:00");
  const auto due_before = *life.task().due_at;
  EXPECT_EQ(due_before, at("2026-08-20T10:30:00+07:00"));
  ASSERT_EQ(life.act(test::supplement_request(), life.doer()), std::nullopt);
  life.wait_until("2026-08-25T09:00:00+07:00");
  ASSERT_EQ(
      life.act(Supplement{.answers = {}, .attachments = {}, .note = "Đã mang đủ"}, life.doer()),
      std::nullopt);
  EXPECT_EQ(*life.task().due_at, at("2026-08-25T09:30:00+07:00"));
  EXPECT_FALSE(life.state().due_at.has_value());
  EXPECT_TRUE(life.state().pauses.empty());
}

TEST(Clock, SaysSoonOnTheLastWorkingDayAndOverdueAfterIt) {
  const Life life = received("1.004873");
  const auto state = [&](const char* moment) {
    return due_state(life.state(), at(moment), office());
  };
  EXPECT_EQ(state("2026-08-22T07:30:00+07:00"), DueState::on_track);  // two working days left
  EXPECT_EQ(state("2026-08-24T07:30:00+07:00"), DueState::soon);
  EXPECT_EQ(state("2026-08-24T17:30:00+07:00"), DueState::soon);
  EXPECT_EQ(state("2026-08-24T17:30:00.001+07:00"), DueState::overdue);
}

TEST(Clock, BeingLateIsNotForgotten) {
  Life life = received("1.004873");
  life.go_to(procedure::StepAction::issue);
  life.wait_until("2026-08-25T08:00:00+07:00");
  ASSERT_EQ(
      life.act(IssueResult{.activity = life.task().activity, .file = {}, .number = {}, .note = {}},
               life.doer()),
      std::nullopt);
  life.wait(std::chrono::hours{1000});
  EXPECT_EQ(due_state(life.state(), life.now(), office()), DueState::overdue);
  Life early = received("1.004873");
  early.go_to(procedure::StepAction::return_result);
  EXPECT_EQ(due_state(early.state(), early.now() + std::chrono::hours{9000}, office()),
            DueState::done);
}

TEST(Clock, LimitsThatMakeNoSenseYieldNoTerm) {
  EXPECT_FALSE(term_of({.published = "soon", .internal = {}}, at(test::kThursday), {}, std::nullopt,
                       office()));
  EXPECT_FALSE(term_of({.published = "3wd", .internal = "x"}, at(test::kThursday), {}, std::nullopt,
                       office()));
  EXPECT_FALSE(term_of({.published = "3wd", .internal = {}}, at("2150-01-01T10:00:00+07:00"), {},
                       std::nullopt, office()));
}

}  // namespace
}  // namespace dossier
