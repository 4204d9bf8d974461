#include "dossier/test_dossiers.h"

namespace dossier {
namespace {

using procedure::StepAction;
using test::Life;
using test::received;

TEST(CompletingATask, MovesTheWorkOnAndRemembersTheOutcome) {
  Life life = received("1.001193");
  ASSERT_EQ(life.pass("proposed"), std::nullopt);
  EXPECT_EQ(life.task().step, "sign");
  EXPECT_EQ(life.task().role, "leader");
  EXPECT_EQ(life.state().outcomes.at("outcome"), "proposed");
  EXPECT_EQ(life.state().outcomes.at("examine_outcome"), "proposed");
  ASSERT_EQ(life.state().trail.size(), 2U);
  EXPECT_EQ(life.state().trail.back().officer_id, "do-examine");
}

TEST(CompletingATask, IsRefusedWithTheReason) {
  Life life = received("1.001193");
  EXPECT_EQ(life.pass("maybe"), Refusal::unknown_outcome);
  EXPECT_EQ(life.pass("not_eligible"), Refusal::reason_missing);
  EXPECT_EQ(life.act(CompleteTask{.activity = 99, .outcome = "proposed", .note = {}, .data = {}},
                     life.doer()),
            Refusal::task_not_open);
  const auto first = life.task().activity;
  ASSERT_EQ(life.pass("proposed"), std::nullopt);
  EXPECT_EQ(life.act(CompleteTask{.activity = first, .outcome = "proposed", .note = {}, .data = {}},
                     life.doer()),
            Refusal::task_not_open);
  life.go_to(StepAction::issue);
  EXPECT_EQ(life.pass("issued"), Refusal::wrong_action);
}

TEST(CompletingATask, TheChairmanOfAnotherAgencyDecides) {
  Life life = received("1.012994");
  EXPECT_EQ(life.task().step, "assign_expert");
  EXPECT_EQ(life.task().agency, "H41.002");
  const Actor expert = test::officer("expert", "H41.002");
  ASSERT_EQ(life.act(CompleteTask{.activity = life.task().activity,
                                  .outcome = "assigned",
                                  .note = {},
                                  .data = {},
                                  .next_assignee = expert},
                     life.doer()),
            std::nullopt);
  EXPECT_EQ(life.task().assignee_id, "expert");
  ASSERT_EQ(
      life.act(
          CompleteTask{
              .activity = life.task().activity, .outcome = "proposed", .note = {}, .data = {}},
          expert),
      std::nullopt);
  ASSERT_EQ(life.pass("approved"), std::nullopt);
  EXPECT_EQ(life.task().agency, "H41");
  ASSERT_EQ(life.pass("sent_back", "Tính lại số tiền"), std::nullopt);
  EXPECT_EQ(life.task().step, "appraise");
  EXPECT_EQ(life.task().assignee_id, "expert") << "who did the step before has it again";
}

TEST(CompletingATask, StopsTheDossierWhereTheProcessEndsWithoutAResult) {
  Life life = received("1.001193");
  ASSERT_EQ(life.pass("proposed"), std::nullopt);
  ASSERT_EQ(life.pass("refused", "Thiếu căn cứ"), std::nullopt);
  EXPECT_EQ(life.state().stage, Stage::stopped);
  EXPECT_EQ(life.state().end_reason, "Thiếu căn cứ");
  EXPECT_TRUE(life.state().tasks.empty());
  EXPECT_EQ(life.records().back().event.index(), Event{Stopped{}}.index());
}

TEST(SendingBack, GoesOneStepBackToWhoDidIt) {
  Life life = received("1.001193");
  ASSERT_EQ(life.pass("proposed"), std::nullopt);
  const auto sign = life.task().activity;
  EXPECT_EQ(life.act(SendBack{.activity = sign, .reason = "x"}, life.doer()),
            Refusal::reason_missing);
  EXPECT_EQ(life.act(SendBack{.activity = 77, .reason = "Sai họ tên"}, life.doer()),
            Refusal::task_not_open);
  ASSERT_EQ(life.act(SendBack{.activity = sign, .reason = "Sai họ tên"}, life.doer()),
            std::nullopt);
  EXPECT_EQ(life.task().step, "examine");
  EXPECT_EQ(life.task().assignee_id, "do-examine");
  EXPECT_NE(life.task().activity, sign);
  // And from there to the counter, where the clock is not started again.
  const auto due = life.state().due_at;
  ASSERT_EQ(
      life.act(SendBack{.activity = life.task().activity, .reason = "Thiếu chữ ký"}, life.doer()),
      std::nullopt);
  EXPECT_EQ(life.task().step, "receive");
  EXPECT_EQ(
      life.act(SendBack{.activity = life.task().activity, .reason = "Thiếu chữ ký"}, life.doer()),
      Refusal::nothing_before);
  life.wait(std::chrono::hours{30});
  ASSERT_EQ(life.act(Receive{}, life.doer()), std::nullopt);
  EXPECT_EQ(life.state().due_at, due);
  EXPECT_EQ(life.state().slip_number, "1/2026/TNHS-TTPVHCC");
  EXPECT_EQ(life.task().step, "examine");
}

TEST(SendingBack, NeverGoesForwardWhereTheWorkHasComeBackByAnOutcome) {
  Life life = received("1.001193");
  ASSERT_EQ(life.pass("proposed"), std::nullopt);
  ASSERT_EQ(life.pass("sent_back", "Sai họ tên"), std::nullopt);
  ASSERT_EQ(life.task().step, "examine");
  ASSERT_EQ(
      life.act(SendBack{.activity = life.task().activity, .reason = "Thiếu giấy tờ"}, life.doer()),
      std::nullopt);
  EXPECT_EQ(life.task().step, "receive") << "not to the leader who sent it here";
}

TEST(Recalling, IsForWhoPassedItOnWhileNobodyHasBegun) {
  Life life = received("1.001193");
  const Actor examiner = life.doer();
  ASSERT_EQ(life.pass("proposed"), std::nullopt);
  EXPECT_EQ(life.act(Recall{.reason = "Quên một tờ"}, test::officer("other", test::kCommune)),
            Refusal::not_yours);
  EXPECT_EQ(life.act(Recall{.reason = "?"}, examiner), Refusal::reason_missing);
  Life taken = life;
  ASSERT_EQ(taken.act(Assign{.activity = taken.task().activity,
                             .officer = test::officer("boss", test::kCommune),
                             .reason = {}},
                      test::officer("boss", test::kCommune)),
            std::nullopt);
  EXPECT_EQ(taken.act(Recall{.reason = "Quên một tờ"}, examiner), Refusal::already_taken_up);
  ASSERT_EQ(life.act(Recall{.reason = "Quên một tờ"}, examiner), std::nullopt);
  EXPECT_EQ(life.task().step, "examine");
  EXPECT_EQ(life.task().assignee_id, examiner.id);
  // Once back there is nothing further to recall for him.
  EXPECT_EQ(life.act(Recall{.reason = "Quên một tờ"}, examiner), Refusal::not_yours);
}

TEST(Recalling, HasNothingBeforeAtFirstAndEndsWithTheResult) {
  Life life = test::filed("1.001193");
  EXPECT_EQ(life.act(Recall{.reason = "Quên một tờ"}, life.doer()), Refusal::nothing_before);
  life.go_to(StepAction::return_result);
  const Actor clerk = test::officer("do-issue", test::kCommune);
  EXPECT_EQ(life.act(Recall{.reason = "Quên một tờ"}, clerk), Refusal::result_already_issued);
}

TEST(Assigning, GivesAnOpenTaskAndReassignsOnlyWithAReason) {
  Life life = received("1.001193");
  const auto activity = life.task().activity;
  const Actor head = test::officer("head", test::kCommune);
  const Assign first{
      .activity = activity, .officer = test::officer("a", test::kCommune), .reason = {}};
  ASSERT_EQ(life.act(first, head), std::nullopt);
  EXPECT_EQ(life.task().assignee_id, "a");
  EXPECT_EQ(life.act(first, head), Refusal::nothing_changed);
  Assign second{.activity = activity, .officer = test::officer("b", test::kCommune), .reason = {}};
  EXPECT_EQ(life.act(second, head), Refusal::already_assigned);
  second.reason = "Người cũ nghỉ phép";
  ASSERT_EQ(life.act(second, head), std::nullopt);
  EXPECT_EQ(life.task().assignee_id, "b");
  EXPECT_EQ(life.act(Assign{.activity = 99, .officer = head, .reason = {}}, head),
            Refusal::task_not_open);
}

TEST(Correcting, KeepsWhatStoodThereBefore) {
  Life life = received("1.001193");
  const Actor actor = life.doer();
  ASSERT_EQ(
      life.act(Correct{.field = "child_name", .value = "Nguyễn Đức Minh", .reason = "Gõ nhầm tên"},
               actor),
      std::nullopt);
  EXPECT_EQ(base::string_or(life.state().answers, "child_name"), "Nguyễn Đức Minh");
  ASSERT_EQ(life.state().corrections.size(), 1U);
  EXPECT_EQ(life.state().corrections[0].before, base::json::value("Nguyễn Đức Bình"));
  EXPECT_EQ(life.state().corrections[0].by, actor.name);
  EXPECT_EQ(life.act(Correct{.field = "nickname", .value = "x", .reason = "Gõ nhầm tên"}, actor),
            Refusal::unknown_field);
  EXPECT_EQ(
      life.act(Correct{.field = "child_name", .value = "Nguyễn Đức Minh", .reason = "Gõ nhầm"},
               actor),
      Refusal::nothing_changed);
  EXPECT_EQ(
      life.act(Correct{.field = "child_name", .value = "Nguyễn Đức Tâm", .reason = ""}, actor),
      Refusal::reason_missing);
  EXPECT_EQ(life.act(Correct{.field = "child_sex", .value = "cat", .reason = "Gõ nhầm tên"}, actor),
            Refusal::value_not_accepted);
  EXPECT_EQ(
      life.act(Correct{.field = "child_name", .value = nullptr, .reason = "Gõ nhầm tên"}, actor),
      Refusal::value_not_accepted);
  ASSERT_EQ(
      life.act(Correct{.field = "extract_copies", .value = nullptr, .reason = "Không cần"}, actor),
      std::nullopt);
  EXPECT_FALSE(life.state().answers.contains("extract_copies"));
}

TEST(Correcting, AssessesTheFeeAgain) {
  Life life = received("1.001193");
  const auto before = life.state().fee_total();
  ASSERT_EQ(
      life.act(Correct{.field = "extract_copies", .value = 3, .reason = "Gõ nhầm số"}, life.doer()),
      std::nullopt);
  EXPECT_GT(life.state().fee_total(), before);
  EXPECT_EQ(life.records().back().event.index(), Event{FeeAssessed{}}.index());
}

TEST(Correcting, JudgesByTheDayOfFilingNotByToday) {
  Life life = received("1.001193");
  life.wait(std::chrono::hours{24 * 90});  // by now the birth would be registered late
  EXPECT_EQ(
      life.act(Correct{.field = "child_name", .value = "Nguyễn Đức Tâm", .reason = "Gõ nhầm tên"},
               life.doer()),
      std::nullopt);
}

TEST(AttachingAFile, AddsItWhileTheDossierIsOpen) {
  Life life = received("1.001193");
  const auto before = life.state().attachments.size();
  ASSERT_EQ(life.act(AttachFile{test::paper("birth_paper", "new")}, life.doer()), std::nullopt);
  EXPECT_EQ(life.state().attachments.size(), before + 1);
  ASSERT_NE(life.state().find_attachment("new"), nullptr);
  EXPECT_EQ(life.state().find_attachment("nope"), nullptr);
}

}  // namespace
}  // namespace dossier
