// Form 04: an apology with a new date, a day before the old one, at most once.
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

const Actor kLeader = officer("leader", test::kCommune);

calendar::Date day(const char* text) {
  return *calendar::parse_date(text);
}

DraftApology draft(const char* on) {
  return {.reason = "Chờ xác minh nơi cư trú trước đây", .new_due_on = day(on)};
}
SignApology sign(const char* on = nullptr) {
  SignApology command{.reason = {}, .new_due_on = std::nullopt, .position = "Chủ tịch UBND xã"};
  if (on != nullptr) {
    command.reason = "Chờ xác minh nơi cư trú trước đây";
    command.new_due_on = day(on);
  }
  return command;
}

// Due on Monday 24/8 at 17:30; the last moment for an apology is Saturday 22/8 (worked) at 17:30.
TEST(Apology, InTimePutsTheDueDateOffOnce) {
  Life life = received("1.004873");
  ASSERT_FALSE(life.act(draft("2026-08-28"), life.doer()).has_value());
  ASSERT_NE(pending_apology(life.state()), nullptr);
  life.wait_until("2026-08-22T17:30:00+07:00");
  ASSERT_FALSE(life.act(sign(), kLeader).has_value());
  const Apology& apology = *life.state().apology;
  EXPECT_TRUE(apology.in_time);
  EXPECT_EQ(apology.number, "1/2026/PXL");
  EXPECT_EQ(apology.signed_by, kLeader.name);
  EXPECT_EQ(apology.position, "Chủ tịch UBND xã");
  EXPECT_EQ(apology.drafted_by, life.doer().name);
  EXPECT_EQ(life.state().due_at, at("2026-08-28T17:30:00+07:00"));
  EXPECT_EQ(life.state().appointed_at(), life.state().due_at);
  EXPECT_EQ(pending_apology(life.state()), nullptr);
  const auto term = term_of(life.state(), office());
  ASSERT_TRUE(term.has_value());
  EXPECT_EQ(term->due(), life.state().due_at);
  EXPECT_EQ(due_of(clock_facts_of(life.state()), office()), life.state().due_at);
  EXPECT_EQ(life.act(sign("2026-09-11"), kLeader), Refusal::already_extended);
  EXPECT_EQ(life.act(draft("2026-09-11"), life.doer()), Refusal::already_extended);
}

TEST(Apology, LaterThanADayBeforeTellsANewDateAndTheDossierStaysLate) {
  Life life = received("1.004873");
  life.wait_until("2026-08-22T17:31:00+07:00");
  ASSERT_FALSE(life.act(sign("2026-08-28"), kLeader).has_value());
  EXPECT_FALSE(life.state().apology->in_time);
  EXPECT_EQ(life.state().due_at, at("2026-08-24T17:30:00+07:00"));
  EXPECT_EQ(life.state().appointed_at(), at("2026-08-28T17:30:00+07:00"));
  life.wait_until("2026-08-25T08:00:00+07:00");
  EXPECT_EQ(due_state(life.state(), life.now(), office()), DueState::overdue);
  EXPECT_EQ(life.act(sign("2026-09-11"), kLeader), Refusal::already_extended)
      << "a date is told anew only once";
}

TEST(Apology, NeedsAReasonAndADayOnWhichTheOfficeWorks) {
  Life life = received("1.004873");
  EXPECT_EQ(life.act(sign(), kLeader), Refusal::reason_missing);
  EXPECT_EQ(
      life.act(SignApology{.reason = "Chờ xác minh", .new_due_on = {}, .position = {}}, kLeader),
      Refusal::new_date_missing);
  EXPECT_EQ(life.act(draft("2026-08-24"), life.doer()), Refusal::new_date_not_later);
  EXPECT_EQ(life.act(draft("2026-08-21"), life.doer()), Refusal::new_date_not_later);
  EXPECT_EQ(life.act(draft("2028-08-21"), life.doer()), Refusal::new_date_not_later);
  EXPECT_EQ(life.act(draft("2026-08-30"), life.doer()), Refusal::new_date_off) << "a Sunday";
  EXPECT_EQ(life.act(draft("2026-08-31"), life.doer()), Refusal::new_date_off) << "swapped";
  EXPECT_FALSE(life.act(draft("2026-08-28"), life.doer()).has_value());
  EXPECT_EQ(life.act(draft("2026-08-28"), life.doer()), Refusal::nothing_changed);
  EXPECT_FALSE(life.act(draft("2026-08-27"), life.doer()).has_value()) << "may be written anew";
}

TEST(Apology, TodayAfterClosingTimeIsNoNewDate) {
  Life life = received("1.004873");
  life.wait_until("2026-08-26T17:45:00+07:00");
  EXPECT_EQ(life.act(sign("2026-08-26"), kLeader), Refusal::new_date_not_later);
  EXPECT_EQ(life.act(draft("2026-08-26"), kLeader), Refusal::new_date_not_later);
  EXPECT_FALSE(life.act(sign("2026-08-27"), kLeader).has_value());
}

TEST(Apology, ADraftForADayThatTheOfficeIsClosedBySinceNeedsANewOne) {
  Life life = received("1.004873");
  ASSERT_FALSE(life.act(draft("2026-08-28"), life.doer()).has_value());
  calendar::OfficeSchedule schedule = office().schedule();
  schedule.closures.push_back({.first = day("2026-08-28"),
                               .last = day("2026-08-28"),
                               .hours = std::nullopt,
                               .reason = {"Nghỉ bão", "Storm"},
                               .act = "Công điện 1"});
  const auto stormy = calendar::OfficeCalendar::build(
      std::make_shared<const calendar::NationalDays>(office().national_days()), schedule);
  ASSERT_TRUE(stormy);
  const auto decision = decide(
      life.state(), sign(),
      {.procedure = life.procedure(), .calendar = *stormy, .actor = kLeader, .now = life.now()});
  ASSERT_FALSE(decision);
  EXPECT_EQ(decision.error().why, Refusal::new_date_off);
}

TEST(Apology, IsNotForWhatIsNotReceivedStandsOrHasEnded) {
  Life filed = test::filed("1.004873");
  EXPECT_EQ(filed.act(draft("2026-09-11"), kLeader), Refusal::not_yet_received);
  Life paused = received("1.004873");
  ASSERT_FALSE(paused.act(test::supplement_request(), paused.doer()).has_value());
  EXPECT_EQ(paused.act(draft("2026-09-11"), kLeader), Refusal::clock_already_paused);
  Life ended = received("1.004873");
  ASSERT_FALSE(ended.act(Withdraw{.reason = "Không cần nữa"}, kLeader).has_value());
  EXPECT_EQ(ended.act(sign("2026-09-11"), kLeader), Refusal::already_closed);
  EXPECT_EQ(ended.state().end_number, "1/2026/TB-TTPVHCC");
}

TEST(Apology, ADraftWhoseDateHasGoneByNeedsANewOne) {
  Life life = received("1.004873");
  ASSERT_FALSE(life.act(draft("2026-08-25"), life.doer()).has_value());
  life.wait_until("2026-08-26T08:00:00+07:00");
  EXPECT_EQ(life.act(sign(), kLeader), Refusal::new_date_missing);
  EXPECT_FALSE(life.act(sign("2026-08-28"), kLeader).has_value());
  EXPECT_FALSE(life.state().apology->in_time);
}

TEST(Apology, ForADateThatHasMovedSinceIsNothingAnyMore) {
  Life life = received("1.004873");
  ASSERT_FALSE(life.act(draft("2026-08-28"), life.doer()).has_value());
  ASSERT_FALSE(life.act(test::supplement_request(), life.doer()).has_value());
  life.wait_until("2026-08-21T10:00:00+07:00");
  ASSERT_FALSE(
      life.act(Supplement{.answers = {}, .attachments = {}, .note = "Đã nộp"}, test::citizen())
          .has_value());
  EXPECT_EQ(pending_apology(life.state()), nullptr);
}

TEST(Apology, WhatWasPromisedLateStandsWhenTheLegalDateMoves) {
  Life life = received("1.004873");
  life.wait_until("2026-08-22T17:31:00+07:00");
  ASSERT_FALSE(life.act(sign("2026-09-11"), kLeader).has_value());
  life.happen({.event = DueRecomputed{.from = life.state().due_at,
                                      .to = at("2026-08-25T17:30:00+07:00"),
                                      .reason = "Nghỉ bão",
                                      .act = {},
                                      .task_due = {}}},
              kLeader);
  EXPECT_EQ(life.state().due_at, at("2026-08-25T17:30:00+07:00"));
  EXPECT_EQ(life.state().appointed_at(), at("2026-09-11T17:30:00+07:00"));
}

TEST(Apology, ADatePutOffToADayThatIsOffLaterMovesToTheNextWorkingDay) {
  Life life = received("1.004873");
  ASSERT_FALSE(life.act(sign("2026-08-28"), kLeader).has_value());
  calendar::OfficeSchedule schedule = office().schedule();
  schedule.closures.push_back({.first = day("2026-08-28"),
                               .last = day("2026-08-28"),
                               .hours = std::nullopt,
                               .reason = {"Nghỉ bão", "Storm"},
                               .act = "Công điện 1"});
  const auto stormy = calendar::OfficeCalendar::build(
      std::make_shared<const calendar::NationalDays>(office().national_days()), schedule);
  ASSERT_TRUE(stormy);
  EXPECT_EQ(due_of(clock_facts_of(life.state()), *stormy), at("2026-09-03T17:30:00+07:00"));
  EXPECT_EQ(term_of(life.state(), *stormy)->due(), at("2026-09-03T17:30:00+07:00"));
}

TEST(Apology, ADatePutOffMovesOnByTheDaysOnWhichTheClockStands) {
  Life life = received("1.004873");
  ASSERT_FALSE(life.act(sign("2026-08-28"), kLeader).has_value());
  life.wait_until("2026-08-21T09:00:00+07:00");
  ASSERT_FALSE(life.act(PauseClock{.cause = calendar::PauseReason::financial_obligation,
                                   .basis = "Luật Quản lý thuế",
                                   .note = {},
                                   .expected_until = day("2026-09-30")},
                        life.doer())
                   .has_value());
  EXPECT_FALSE(life.state().due_at.has_value());
  life.wait_until("2026-08-24T09:00:00+07:00");
  ASSERT_FALSE(life.act(ResumeClock{}, life.doer()).has_value());
  // Friday, the worked Saturday and Monday: three days; after Friday 28/8 the office works again
  // on Thursday 3/9.
  EXPECT_EQ(life.state().due_at, at("2026-09-07T17:30:00+07:00"));
  EXPECT_EQ(due_of(clock_facts_of(life.state()), office()), life.state().due_at);
}

}  // namespace
}  // namespace dossier
