// What the passing of time brings about: once for a due date, however often it is asked.
#include <algorithm>

#include "calendar/working_time.h"
#include "dossier/dossier_clock.h"
#include "dossier/passing_time.h"
#include "dossier/test_dossiers.h"

namespace dossier {
namespace {

using test::at;
using test::Life;
using test::office;
using test::officer;
using test::received;

const Actor kSystem{.kind = ActorKind::system, .id = {}, .name = "Hệ thống", .agency = {}};

// The types of the events that passing time records now.
std::string pass_time(Life& life) {
  const std::size_t before = life.records().size();
  const auto refusal = life.act(PassTime{}, kSystem);
  EXPECT_FALSE(refusal.has_value());
  std::string types;
  for (std::size_t i = before; i < life.records().size(); ++i) {
    types += std::string{types.empty() ? "" : " "} + type_of(life.records()[i].event);
  }
  return types;
}

std::optional<Instant> wake(const Life& life) {
  return next_wake(
      life.state(),
      {.procedure = life.procedure(), .calendar = office(), .actor = kSystem, .now = life.now()});
}

void go_to(Life& life, const char* moment) {
  life.wait_until(moment);
}

// 1.004873, three working days from Thursday 20/8: due on Monday 24/8 at 17:30.
TEST(PassingTime, SaysNothingBeforeItsMomentAndWakesForIt) {
  Life life = received("1.004873");
  EXPECT_EQ(pass_time(life), "");
  const auto first = wake(life);
  ASSERT_TRUE(first.has_value());
  EXPECT_GT(*first, life.now());
  EXPECT_LT(*first, *life.state().due_at);
}

TEST(PassingTime, WarnsMarksAndDraftsAnApologyEachOnce) {
  Life life = received("1.004873");
  std::string all;
  // A sweep every quarter of an hour for ten days.
  for (int i = 0; i < 4 * 24 * 10; ++i) {
    life.wait(std::chrono::minutes{15});
    const std::string said = pass_time(life);
    if (!said.empty()) all += said + " ";
    EXPECT_EQ(pass_time(life), "") << "the same again at " << calendar::to_iso(life.now());
  }
  const auto count = [&](const char* type) {
    return std::ranges::count_if(life.records(), [&](const EventRecord& one) {
      return std::string{type_of(one.event)} == type;
    });
  };
  EXPECT_EQ(count("due_soon"), 1) << all;
  EXPECT_EQ(count("due_passed"), 1) << all;
  EXPECT_EQ(count("apology_drafted"), 1) << all;
  EXPECT_FALSE(wake(life).has_value()) << "nothing is left to be said";
}

TEST(PassingTime, AfterALongStopSaysWhatHasPassedAndNotThatItIsSoon) {
  Life life = received("1.004873");
  go_to(life, "2026-09-20T08:00:00+07:00");
  EXPECT_EQ(pass_time(life), "due_passed apology_drafted");
  EXPECT_EQ(pass_time(life), "");
}

TEST(PassingTime, TheWakeIsTheMomentFromWhichSomethingIsSaid) {
  // Walking from wake to wake says the same as asking all the time.
  for (const char* code : {"1.004873", "1.001193", "1.012994", "2.000815"}) {
    Life often = received(code);
    Life rarely = received(code);
    std::string all_often;
    std::string all_rarely;
    const Instant end = often.now() + std::chrono::days{60};
    while (often.now() < end) {
      often.wait(std::chrono::minutes{15});
      const std::string said = pass_time(often);
      if (!said.empty()) all_often += said + " ";
    }
    for (int guard = 0; guard < 20; ++guard) {
      const auto next = wake(rarely);
      if (!next.has_value()) break;
      ASSERT_GE(*next, rarely.now());
      rarely.wait(*next - rarely.now());
      const std::string said = pass_time(rarely);
      if (!said.empty()) all_rarely += said + " ";
    }
    EXPECT_EQ(all_often, all_rarely) << code;
  }
}

TEST(PassingTime, ATermOfADayIsNotWarnedOfAtItsBeginning) {
  Life life = received("1.001193", "2026-08-20T08:00:00+07:00");
  EXPECT_EQ(pass_time(life), "");
  go_to(life, "2026-08-20T16:00:00+07:00");
  EXPECT_EQ(pass_time(life), "due_soon");
}

TEST(PassingTime, NoApologyIsDraftedWhereThePlanStillFits) {
  // 1.012994: the result is nearly there long before the due date.
  Life life = received("1.012994");
  life.go_to(procedure::StepAction::issue);
  const Instant due = *life.state().due_at;
  const DueMoments moments = moments_of(
      life.state(), due,
      {.procedure = life.procedure(), .calendar = office(), .actor = kSystem, .now = life.now()});
  ASSERT_TRUE(moments.early_enough);
  ASSERT_LT(moments.draft, moments.notice);
  ASSERT_LE(moments.notice, due - std::chrono::days{1});
  life.wait(moments.draft - life.now());
  EXPECT_EQ(pass_time(life).find("apology"), std::string::npos);
  const auto next = wake(life);
  ASSERT_TRUE(next.has_value());
  EXPECT_GT(*next, life.now());
}

TEST(PassingTime, AnApologyIsDraftedInTimeToBeSignedADayBeforeTheDueDate) {
  Life life = received("1.012994");  // nobody does anything
  const Instant due = *life.state().due_at;
  std::optional<Instant> drafted;
  while (!drafted.has_value() && life.now() < due) {
    life.wait(std::chrono::hours{1});
    if (pass_time(life).find("apology_drafted") != std::string::npos) drafted = life.now();
  }
  ASSERT_TRUE(drafted.has_value());
  const Instant last = calendar::notice_due(due, 1, office());
  EXPECT_LT(*drafted, last);
  EXPECT_GE(calendar::working_minutes_between(*drafted, last, office()), 6 * 60);
  const Apology* draft = pending_apology(life.state());
  ASSERT_NE(draft, nullptr);
  EXPECT_EQ(draft->due_at, due);
  ASSERT_TRUE(draft->new_due_at.has_value());
  EXPECT_GT(*draft->new_due_at, due);
  EXPECT_NE(draft->reason.find("bước"), std::string::npos);
  EXPECT_TRUE(draft->drafted_by.empty());
}

TEST(PassingTime, StandsStillWhileTheApplicantCompletesButRemindsOnce) {
  Life life = received("1.004873");
  ASSERT_FALSE(life.act(test::supplement_request(), life.doer()).has_value());
  go_to(life, "2026-09-10T08:00:00+07:00");
  EXPECT_EQ(pass_time(life), "");
  go_to(life, "2026-09-25T08:00:00+07:00");
  EXPECT_EQ(pass_time(life), "pause_overran");
  EXPECT_EQ(pass_time(life), "");
  EXPECT_FALSE(wake(life).has_value());
}

TEST(PassingTime, DoesNotMakeARecallImpossible) {
  Life life = received("1.004873", "2026-08-20T08:00:00+07:00");
  const Actor clerk = life.doer();
  ASSERT_FALSE(life.pass(life.procedure().find_step(life.task().step)->outcomes.front().code));
  go_to(life, "2026-08-24T17:00:00+07:00");
  EXPECT_EQ(pass_time(life).find("due_soon"), 0U);
  EXPECT_FALSE(life.act(Recall{.reason = "Nhầm người nhận"}, clerk).has_value());
}

TEST(PassingTime, OverdueBlocksNothing) {
  Life life = received("1.004873");
  go_to(life, "2026-09-20T08:00:00+07:00");
  pass_time(life);
  ASSERT_FALSE(life.pay_all().has_value());
  life.go_to(procedure::StepAction::return_result);
  ASSERT_FALSE(life.pay_all().has_value());
  EXPECT_FALSE(life.act(ReturnResult{.activity = life.task().activity,
                                     .method = "counter",
                                     .received_by = "An",
                                     .note = {}},
                        life.doer())
                   .has_value());
  EXPECT_EQ(punctuality_of(life.state()), Punctuality::late);
  EXPECT_EQ(pass_time(life), "");
}

// A shipped procedure whose only case has that rule of silence.
procedure::Procedure with_silence(procedure::Silence rule) {
  procedure::Procedure procedure = test::shipped("1.004873");
  for (procedure::Case& one : procedure.cases) {
    one.silence = {.rule = rule, .basis = "Điều 7 của luật thử"};
  }
  return procedure;
}

Life late_life(const procedure::Procedure& procedure) {
  Life life{procedure};
  EXPECT_FALSE(life.act(test::filing("1.004873"), officer("c", test::kCommuneCentre)).has_value());
  EXPECT_FALSE(life.act(Receive{}, life.doer()).has_value());
  go_to(life, "2026-08-24T17:31:00+07:00");
  return life;
}

TEST(Silence, ThatAcceptsIsRecordedOnceAndTheDossierCanNoLongerBeStopped) {
  const procedure::Procedure procedure = with_silence(procedure::Silence::accept);
  Life life = late_life(procedure);
  EXPECT_EQ(pass_time(life), "due_passed silence_took_effect");
  EXPECT_EQ(pass_time(life), "");
  EXPECT_EQ(life.state().time.silence, "accept");
  EXPECT_EQ(life.act(Stop{.reason = "Không đủ điều kiện"}, officer("l", test::kCommune)),
            Refusal::deemed_accepted);
  life.go_to(procedure::StepAction::issue);
  EXPECT_FALSE(life.state().is_closed());
}

TEST(Silence, ThatRefusesEndsTheDossierWithANumberedNotice) {
  const procedure::Procedure procedure = with_silence(procedure::Silence::refuse);
  Life life = late_life(procedure);
  EXPECT_EQ(pass_time(life), "due_passed silence_took_effect stopped work_moved");
  EXPECT_EQ(life.state().stage, Stage::stopped);
  EXPECT_EQ(life.state().end_number, "1/2026/TB-TTPVHCC");
  EXPECT_NE(life.state().end_reason.find("Điều 7"), std::string::npos);
  EXPECT_TRUE(life.state().tasks.empty());
  EXPECT_EQ(pass_time(life), "");
}

TEST(Silence, ThatEscalatesWaitsForTheLeadersAnswer) {
  const procedure::Procedure procedure = with_silence(procedure::Silence::escalate);
  Life life = late_life(procedure);
  EXPECT_EQ(life.act(AnswerEscalation{.note = "Đã giao lại"}, officer("l", test::kCommune)),
            Refusal::nothing_escalated);
  EXPECT_EQ(pass_time(life), "due_passed silence_took_effect apology_drafted");
  EXPECT_TRUE(life.state().time.escalated);
  EXPECT_EQ(life.act(AnswerEscalation{.note = " "}, officer("l", test::kCommune)),
            Refusal::reason_missing);
  EXPECT_FALSE(
      life.act(AnswerEscalation{.note = "Đã giao lại"}, officer("l", test::kCommune)).has_value());
  EXPECT_FALSE(life.state().time.escalated);
  EXPECT_EQ(pass_time(life), "");
}

TEST(Silence, OfAConsultedAgencyGivesItsStepTheOutcomeOfTheProcess) {
  procedure::Procedure procedure = test::shipped("1.004873");
  for (procedure::Step& step : procedure.steps) {
    if (step.action == procedure::StepAction::process) {
      step.silence = step.outcomes.front().code;
      if (!step.limit.has_value()) step.limit = *calendar::Limit::parse("4h");
    }
  }
  Life life{procedure};
  ASSERT_FALSE(life.act(test::filing("1.004873"), officer("c", test::kCommuneCentre)).has_value());
  ASSERT_FALSE(life.act(Receive{}, life.doer()).has_value());
  life.go_to(procedure::StepAction::process);
  const std::string step = life.task().step;
  ASSERT_TRUE(life.task().due_at.has_value());
  EXPECT_LE(wake(life), *life.task().due_at + std::chrono::milliseconds{1});
  life.wait(*life.task().due_at - life.now());
  EXPECT_EQ(pass_time(life).find("task_completed"), std::string::npos);
  life.wait(std::chrono::minutes{1});
  EXPECT_EQ(pass_time(life).find("task_completed work_moved"), 0U);
  EXPECT_NE(life.task().step, step);
  EXPECT_EQ(life.state().outcomes.at(step + "_outcome"), procedure.find_step(step)->silence);
}

}  // namespace
}  // namespace dossier
