// The clock stands for a reason of the law; the two due dates; the line a store keeps of a clock.

#include "base/random.h"
#include "dossier/dossier_clock.h"
#include "dossier/form_numbers.h"
#include "dossier/status.h"
#include "dossier/test_dossiers.h"

namespace dossier {
namespace {

using test::at;
using test::Life;
using test::office;
using test::officer;
using test::received;

calendar::Date day(const char* text) {
  return *calendar::parse_date(text);
}

PauseClock pause(calendar::PauseReason cause = calendar::PauseReason::financial_obligation) {
  return {.cause = cause,
          .basis = "Luật Đất đai 2024, điều 153",
          .note = "Chờ nộp lệ phí trước bạ",
          .expected_until = day("2026-09-30")};
}
std::optional<Refusal> complete(Life& life) {
  return life.act(Supplement{.answers = {}, .attachments = {}, .note = "Đã nộp"}, test::citizen());
}

TEST(PauseClock, TakesItsDaysOutOfTheTermAndIsStatusSixForMoney) {
  Life life = received("1.004873");
  life.wait_until("2026-08-21T09:00:00+07:00");
  ASSERT_FALSE(life.act(pause(), life.doer()).has_value());
  EXPECT_FALSE(life.state().due_at.has_value());
  EXPECT_EQ(due_state(life.state(), life.now(), office()), DueState::paused);
  EXPECT_EQ(status_of(life.procedure(), life.state()), NationalStatus::financial_obligation);
  EXPECT_FALSE(term_of(life.state(), office())->due().has_value());
  life.wait_until("2026-08-25T09:00:00+07:00");
  ASSERT_FALSE(life.act(ResumeClock{.note = "Đã nộp"}, life.doer()).has_value());
  // Friday 21, Saturday 22 (worked), Monday 24 and Tuesday 25 do not count: three days from the
  // 26th.
  EXPECT_EQ(life.state().due_at, at("2026-08-28T17:30:00+07:00"));
  EXPECT_FALSE(life.state().pause.has_value());
}

TEST(PauseClock, NeverEndingOverlappingOrBaselessPausesAreRefused) {
  Life life = received("1.004873");
  PauseClock endless = pause();
  endless.expected_until.reset();
  EXPECT_EQ(life.act(endless, life.doer()), Refusal::pause_without_end);
  endless.expected_until = day("2036-01-01");
  EXPECT_EQ(life.act(endless, life.doer()), Refusal::pause_without_end);
  endless.expected_until = day("2026-08-19");
  EXPECT_EQ(life.act(endless, life.doer()), Refusal::pause_without_end);
  PauseClock baseless = pause();
  baseless.basis = " ";
  EXPECT_EQ(life.act(baseless, life.doer()), Refusal::basis_missing);
  EXPECT_EQ(life.act(pause(calendar::PauseReason::supplement), life.doer()), Refusal::wrong_action);
  EXPECT_EQ(life.act(ResumeClock{}, life.doer()), Refusal::clock_not_paused);
  ASSERT_FALSE(life.act(pause(), life.doer()).has_value());
  EXPECT_EQ(life.act(pause(), life.doer()), Refusal::clock_already_paused);
  EXPECT_EQ(life.act(test::supplement_request(), life.doer()), Refusal::clock_already_paused);
}

TEST(PauseClock, TheResultIsIssuedOnlyWhenTheTimeGoesOn) {
  Life life = received("1.004873");
  life.go_to(procedure::StepAction::issue);
  ASSERT_FALSE(life.act(pause(), life.doer()).has_value());
  const IssueResult issue{.activity = life.task().activity, .file = {}, .number = {}, .note = {}};
  EXPECT_EQ(life.act(issue, life.doer()), Refusal::clock_already_paused);
  ASSERT_FALSE(life.act(ResumeClock{}, life.doer()).has_value());
  EXPECT_FALSE(life.act(issue, life.doer()).has_value());
}

TEST(PauseClock, AWithdrawnDossierHasNoOpenPause) {
  Life life = received("1.004873");
  ASSERT_FALSE(life.act(pause(), life.doer()).has_value());
  ASSERT_FALSE(life.act(Withdraw{.reason = "Không cần nữa"}, officer("c", test::kCommuneCentre))
                   .has_value());
  EXPECT_FALSE(life.state().pause.has_value());
  ASSERT_EQ(life.state().pauses.size(), 1U);
  EXPECT_TRUE(life.state().pauses.front().to.has_value());
}

TEST(Score, SubtractsTheSupplementWhileTheLegalTermBeginsAnew) {
  Life life = received("1.004873");  // due Monday 24/8
  life.wait_until("2026-08-21T09:00:00+07:00");
  ASSERT_FALSE(life.act(test::supplement_request(), life.doer()).has_value());
  life.wait_until("2026-08-24T09:00:00+07:00");
  ASSERT_FALSE(complete(life).has_value());
  // Legal: three whole days from Monday. Scored: no day of the three had been used up, and the
  // three days on which the clock stood do not count.
  EXPECT_EQ(life.state().due_at, at("2026-08-27T17:30:00+07:00"));
  EXPECT_EQ(scored_due(life.state(), office()), at("2026-08-27T17:30:00+07:00"));
  EXPECT_EQ(score_of(life.state(), life.now(), office()), Score::running);
}

TEST(Score, DiffersFromTheLegalDateWhenDaysHadGoneByBefore) {
  Life life = received("1.004873", "2026-08-17T10:00:00+07:00");  // due Thursday 20/8
  life.wait_until("2026-08-20T09:00:00+07:00");
  ASSERT_FALSE(life.act(test::supplement_request(), life.doer()).has_value());
  life.wait_until("2026-08-20T15:00:00+07:00");
  ASSERT_FALSE(complete(life).has_value());
  EXPECT_EQ(life.state().due_at, at("2026-08-24T17:30:00+07:00"));
  EXPECT_EQ(scored_due(life.state(), office()), at("2026-08-21T17:30:00+07:00"));
  life.wait_until("2026-08-22T09:00:00+07:00");
  EXPECT_EQ(due_state(life.state(), life.now(), office()) == DueState::overdue, false);
  EXPECT_EQ(score_of(life.state(), life.now(), office()), Score::late);
}

// domain: more than one supplement counts as overdue even if paused time is subtracted.
TEST(Score, ASecondSupplementCountsAsLateWhateverTheDates) {
  Life life = received("1.004873");
  ASSERT_FALSE(life.act(test::supplement_request(), life.doer()).has_value());
  ASSERT_FALSE(complete(life).has_value());
  EXPECT_EQ(score_of(life.state(), life.now(), office()), Score::running);
  RequestSupplement again = test::supplement_request();
  again.by_supervisor = true;
  again.repeat_reason = "Giấy tờ vừa nộp hết hạn";
  ASSERT_FALSE(life.act(again, life.doer()).has_value());
  ASSERT_FALSE(complete(life).has_value());
  EXPECT_EQ(score_of(life.state(), life.now(), office()), Score::second_supplement);
  EXPECT_EQ(due_state(life.state(), life.now(), office()), DueState::on_track);
}

TEST(Punctuality, WhatWasLateOnceStaysLateThoughASupplementBeginsANewTerm) {
  Life life = received("1.004873");
  life.wait_until("2026-08-25T08:00:00+07:00");
  ASSERT_FALSE(life.act(PassTime{}, Actor{}).has_value());
  ASSERT_FALSE(life.act(test::supplement_request(), life.doer()).has_value());
  ASSERT_FALSE(complete(life).has_value());
  ASSERT_FALSE(life.pay_all().has_value());
  life.go_to(procedure::StepAction::return_result);
  EXPECT_EQ(punctuality_of(life.state()), Punctuality::late);
  EXPECT_EQ(due_state(life.state(), life.now(), office()), DueState::overdue);
}

TEST(Punctuality, ACalendarTakesBackTheLatenessOfTheDateItMovesAndOfNoOther) {
  const auto moved_on = [](Life& life) {
    life.happen({.event = DueRecomputed{.from = life.state().due_at,
                                        .to = life.now() + std::chrono::days{2},
                                        .reason = "Nghỉ bão",
                                        .act = {},
                                        .task_due = {}}},
                officer("admin", test::kCommune));
    return life.state().time.passed.has_value();
  };
  Life late = received("1.004873");
  late.wait_until("2026-08-25T08:00:00+07:00");
  ASSERT_FALSE(late.act(PassTime{}, Actor{}).has_value());
  Life again = received("1.004873");
  again.wait_until("2026-08-25T08:00:00+07:00");
  ASSERT_FALSE(again.act(PassTime{}, Actor{}).has_value());
  ASSERT_FALSE(again.act(test::supplement_request(), again.doer()).has_value());
  ASSERT_FALSE(complete(again).has_value());
  EXPECT_FALSE(moved_on(late)) << "the date was not missed after all";
  EXPECT_TRUE(moved_on(again)) << "the term before the supplement was missed";
}

TEST(PauseClock, FiftyTimesIsEnough) {
  Life life = received("1.004873");
  for (int i = 0; i < 50; ++i) {
    ASSERT_FALSE(life.act(pause(), life.doer()).has_value()) << i;
    life.wait(std::chrono::minutes{1});
    ASSERT_FALSE(life.act(ResumeClock{}, life.doer()).has_value()) << i;
    life.wait(std::chrono::minutes{1});
  }
  EXPECT_EQ(life.act(pause(), life.doer()), Refusal::paused_too_often);
  EXPECT_EQ(life.act(test::supplement_request(), life.doer()), Refusal::paused_too_often);
}

TEST(Punctuality, IsEarlyOnAnEarlierDayAndOnTimeOnTheDayItself) {
  const auto due = at("2026-08-24T17:30:00+07:00");
  EXPECT_EQ(punctuality_of(due, at("2026-08-22T17:30:00+07:00")), Punctuality::early);
  EXPECT_EQ(punctuality_of(due, at("2026-08-24T08:00:00+07:00")), Punctuality::on_time);
  EXPECT_EQ(punctuality_of(due, due), Punctuality::on_time);
  EXPECT_EQ(punctuality_of(due, due + std::chrono::milliseconds{1}), Punctuality::late);
  EXPECT_EQ(punctuality_of(due, std::nullopt), Punctuality::open);
  EXPECT_EQ(punctuality_of(std::nullopt, due), Punctuality::open);
}

TEST(FormNumbers, AreOnePerUnitFormAndYear) {
  Life life = received("1.004873");
  EXPECT_EQ(life.state().slip_number, "1/2026/TNHS-TTPVHCC");
  EXPECT_EQ(life.state().control_number, "1/2026/PKS-TTPVHCC");
  EXPECT_EQ(life.state().book, life.procedure().field.vi);
  EXPECT_EQ(life.state().book_year, "2026");
  EXPECT_EQ(life.state().book_number, "1");
  ASSERT_FALSE(life.act(test::supplement_request(), life.doer()).has_value());
  EXPECT_EQ(life.state().supplement_number, "1/2026/PBS-TTPVHCC");
  Life refused = test::filed("1.004873");
  ASSERT_FALSE(refused.act(Refuse{.reason = "Không thuộc thẩm quyền"}, refused.doer()).has_value());
  EXPECT_EQ(refused.state().end_number, "1/2026/PTC-TTPVHCC");
  const auto at_night = at("2026-12-31T23:59:59+07:00");
  const auto next = at("2027-01-01T00:00:00+07:00");
  EXPECT_NE(series_of(OfficialForm::apology, "H41.101", at_night).key,
            series_of(OfficialForm::apology, "H41.101", next).key);
  EXPECT_NE(series_of(OfficialForm::apology, "H41.101", next).key,
            series_of(OfficialForm::apology, "H41.102", next).key);
}

TEST(RecomputeDue, MovesTheDateByTheCalendarOfNowAndSaysWhy) {
  Life life = received("1.004873");
  calendar::OfficeSchedule schedule = office().schedule();
  schedule.closures.push_back({.first = day("2026-08-21"),
                               .last = day("2026-08-21"),
                               .hours = std::nullopt,
                               .reason = {"Nghỉ bão", "Storm"},
                               .act = "Công điện 1"});
  const auto stormy = calendar::OfficeCalendar::build(
      std::make_shared<const calendar::NationalDays>(office().national_days()), schedule);
  ASSERT_TRUE(stormy);
  const Circumstances around{.procedure = life.procedure(),
                             .calendar = *stormy,
                             .actor = officer("admin", test::kCommune),
                             .now = life.now()};
  const RecomputeDue command{.reason = "Nghỉ bão số 5", .act = "Công điện 1"};
  const auto decision = decide(life.state(), command, around);
  ASSERT_TRUE(decision);
  ASSERT_EQ(decision->size(), 1U);
  life.happen(decision->front(), around.actor);
  EXPECT_EQ(life.state().due_at, at("2026-08-25T17:30:00+07:00"));
  const auto again = decide(life.state(), command, around);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->empty());
  EXPECT_EQ(decide(life.state(), RecomputeDue{.reason = " ", .act = {}}, around).error().why,
            Refusal::reason_missing);
}

// The fast way to a due date, and the line that is stored, say what the derivation says.
TEST(ClockFacts, OfRandomLivesGiveTheSameDueDateThroughTheirStoredLine) {
  const std::uint64_t seed = 20260820;
  base::SeededRandom random{seed};
  const auto below = [&](int n) {
    return static_cast<int>(random.below(static_cast<std::uint64_t>(n)));
  };
  const char* const published[] = {"3wd", "30d", "1.5wd", "12h", "2mo", "same-day", "21wd"};
  const char* const internal[] = {"", "168h", "2wd", "24h"};
  for (int i = 0; i < 2000; ++i) {
    Dossier dossier;
    dossier.limits = {.published = published[below(7)],
                      .internal = internal[below(4)],
                      .cutoff_minutes = below(2) == 0 ? -1 : 15 * 60};
    dossier.received_at = at("2026-01-05T07:30:00+07:00") + std::chrono::minutes{below(400 * 1440)};
    Instant last = *dossier.received_at;
    for (int p = below(3); p > 0; --p) {
      const Instant from = last + std::chrono::minutes{1 + below(5000)};
      last = from + std::chrono::minutes{1 + below(5000)};
      dossier.pauses.push_back({.from = from, .to = last});
    }
    if (below(3) == 0) dossier.restarted_at = last;
    if (below(3) == 0) {
      dossier.extended_at = last;
      dossier.extended_to = last + std::chrono::days{below(40)};
    }
    const ClockFacts facts = clock_facts_of(dossier);
    const auto read = read_clock_facts(to_text(facts));
    ASSERT_TRUE(read.has_value()) << to_text(facts);
    EXPECT_EQ(*read, facts) << "seed " << seed << " case " << i;
    const auto term = term_of(dossier, office());
    ASSERT_TRUE(term.has_value());
    EXPECT_EQ(due_of(*read, office()), term->due())
        << "seed " << seed << " case " << i << ": " << to_text(facts);
  }
}

TEST(ClockFacts, AreReadFromTheirOwnLineOnly) {
  for (const char* text :
       {"", "3wd", "3wd||-1|x||||", "3wd||-1|||||", "3wd||-1|1||||5", "3wd||-1|1||||5,6,9",
        "3wd||1440|1||||", "3wd||-2|1||||", "3wd||-1|1||||,6,0", "3wd||-1|1|||||"}) {
    EXPECT_FALSE(read_clock_facts(text).has_value()) << text;
  }
  EXPECT_TRUE(read_clock_facts("3wd||-1|1||||5,,0").has_value());
}

}  // namespace
}  // namespace dossier
