#include "dossier/status.h"
#include "dossier/test_dossiers.h"

namespace dossier {
namespace {

using procedure::StepAction;
using test::Life;
using test::received;

TEST(IssuingAResult, NumbersItInTheBookOfAgencyAndYear) {
  Life life = received("1.001193");
  life.go_to(StepAction::issue);
  const Actor clerk = life.doer();
  const auto activity = life.task().activity;
  ASSERT_EQ(
      life.act(IssueResult{.activity = activity, .file = {}, .number = {}, .note = {}}, clerk),
      std::nullopt);
  EXPECT_EQ(life.state().stage, Stage::finished);
  ASSERT_TRUE(life.state().result.has_value());
  EXPECT_EQ(life.state().result->number, "1/2026");
  EXPECT_EQ(life.state().result->code.substr(0, 2), "KQ");
  EXPECT_FALSE(life.state().result->file.has_value());
  EXPECT_EQ(status_of(life.procedure(), life.state()), NationalStatus::finished);
  EXPECT_EQ(
      life.act(IssueResult{.activity = activity, .file = {}, .number = {}, .note = {}}, clerk),
      Refusal::task_not_open);
}

TEST(IssuingAResult, TakesANumberAndAFileGivenByHand) {
  Life life = received("1.001193");
  life.go_to(StepAction::issue);
  ASSERT_EQ(life.act(IssueResult{.activity = life.task().activity,
                                 .file = test::paper("result", "r1"),
                                 .number = "77/KS",
                                 .note = {}},
                     life.doer()),
            std::nullopt);
  EXPECT_EQ(life.state().result->number, "77/KS");
  ASSERT_NE(life.state().find_attachment("r1"), nullptr);
  EXPECT_EQ(life.state().find_attachment("r1")->component, "result");
}

TEST(ReturningAResult, NeedsTheResultTheFeeAndAWay) {
  Life life = received("2.000815");
  EXPECT_EQ(
      life.act(
          ReturnResult{
              .activity = life.task().activity, .method = "counter", .received_by = {}, .note = {}},
          life.doer()),
      Refusal::wrong_action);
  life.go_to(StepAction::return_result);
  ReturnResult hand_over{
      .activity = life.task().activity, .method = "drone", .received_by = "Đạt", .note = {}};
  EXPECT_EQ(life.act(hand_over, life.doer()), Refusal::bad_method);
  hand_over.method = "counter";
  ASSERT_GT(life.state().fee_total(), 0);
  EXPECT_EQ(life.act(hand_over, life.doer()), Refusal::fee_outstanding);
  ASSERT_EQ(life.pay_all(), std::nullopt);
  ASSERT_EQ(life.act(hand_over, life.doer()), std::nullopt);
  EXPECT_EQ(life.state().stage, Stage::returned);
  EXPECT_TRUE(life.state().tasks.empty());
  EXPECT_TRUE(life.state().process.is_over());
  EXPECT_EQ(life.state().result->received_by, "Đạt");
  EXPECT_EQ(status_of(life.procedure(), life.state()), NationalStatus::returned);
}

TEST(Withdrawing, EndsBeforeTheResultOnly) {
  for (const bool waiting : {false, true}) {
    Life life = received("1.001193");
    if (waiting) {
      ASSERT_EQ(life.act(test::supplement_request(), life.doer()), std::nullopt);
    }
    EXPECT_EQ(life.act(Withdraw{.reason = "no"}, test::citizen()), Refusal::reason_missing);
    ASSERT_EQ(life.act(Withdraw{.reason = "Không cần nữa"}, test::citizen()), std::nullopt);
    EXPECT_EQ(life.state().stage, Stage::withdrawn);
    EXPECT_TRUE(life.state().tasks.empty());
    EXPECT_FALSE(life.state().supplement.has_value());
    for (const auto& pause : life.state().pauses) EXPECT_TRUE(pause.to.has_value());
  }
  Life done = received("1.001193");
  done.go_to(StepAction::return_result);
  EXPECT_EQ(done.act(Withdraw{.reason = "Không cần nữa"}, test::citizen()),
            Refusal::result_already_issued);
}

TEST(Stopping, IsForReceivedDossiersAndNeedsAReason) {
  Life filed = test::filed("1.001193");
  EXPECT_EQ(filed.act(Stop{.reason = "Không đủ căn cứ"}, filed.doer()), Refusal::not_yet_received);
  Life life = received("1.001193");
  EXPECT_EQ(life.act(Stop{.reason = ""}, life.doer()), Refusal::reason_missing);
  ASSERT_EQ(life.act(Stop{.reason = "Không đủ căn cứ"}, life.doer()), std::nullopt);
  EXPECT_EQ(status_of(life.procedure(), life.state()), NationalStatus::stopped);
}

TEST(Rating, IsOnceAfterTheEndFromOneToFive) {
  Life life = received("1.001193");
  EXPECT_EQ(life.act(Rate{.score = 5, .comment = {}}, test::citizen()), Refusal::not_rateable_yet);
  ASSERT_EQ(life.act(Withdraw{.reason = "Không cần nữa"}, test::citizen()), std::nullopt);
  EXPECT_EQ(life.act(Rate{.score = 0, .comment = {}}, test::citizen()), Refusal::bad_score);
  EXPECT_EQ(life.act(Rate{.score = 6, .comment = {}}, test::citizen()), Refusal::bad_score);
  ASSERT_EQ(life.act(Rate{.score = 4, .comment = "Nhanh"}, test::citizen()), std::nullopt);
  EXPECT_EQ(life.act(Rate{.score = 5, .comment = {}}, test::citizen()), Refusal::already_rated);
}

TEST(NationalStatus, IsAFunctionOfTheState) {
  const auto status = [](const Life& life) {
    return static_cast<int>(status_of(life.procedure(), life.state()));
  };
  Life life = test::filed("1.001193");
  EXPECT_EQ(status(life), 1);
  Life refused = life;
  ASSERT_EQ(refused.act(Refuse{.reason = "Sai thẩm quyền"}, refused.doer()), std::nullopt);
  EXPECT_EQ(status(refused), 3);
  ASSERT_EQ(life.act(Receive{}, life.doer()), std::nullopt);
  EXPECT_EQ(status(life), 4);
  Life back = life;
  ASSERT_EQ(
      back.act(SendBack{.activity = back.task().activity, .reason = "Thiếu chữ ký"}, back.doer()),
      std::nullopt);
  EXPECT_EQ(status(back), 2);
  Life waiting = life;
  ASSERT_EQ(waiting.act(test::supplement_request(), waiting.doer()), std::nullopt);
  EXPECT_EQ(status(waiting), 5);
  ASSERT_EQ(waiting.act(Withdraw{.reason = "Không cần nữa"}, test::citizen()), std::nullopt);
  EXPECT_EQ(status(waiting), 7);
  Life stopped = life;
  ASSERT_EQ(stopped.act(Stop{.reason = "Không đủ căn cứ"}, stopped.doer()), std::nullopt);
  EXPECT_EQ(status(stopped), 8);
  life.go_to(StepAction::return_result);
  EXPECT_EQ(status(life), 9);
  ASSERT_EQ(life.pay_all(), std::nullopt);
  ASSERT_EQ(
      life.act(
          ReturnResult{
              .activity = life.task().activity, .method = "post", .received_by = {}, .note = {}},
          life.doer()),
      std::nullopt);
  EXPECT_EQ(status(life), 10);
}

TEST(NationalStatus, SixIsAStepThatWaitsForMoney) {
  procedure::Procedure procedure = procedure::shipped("1.001193");
  for (procedure::Step& step : procedure.steps) {
    if (step.id == "examine") step.national_status = 6;
  }
  const Life life = received("1.001193");
  EXPECT_EQ(status_of(procedure, life.state()), NationalStatus::financial_obligation);
}

TEST(NationalStatus, EveryOneHasAKeyAndBothLabels) {
  std::set<std::string> keys;
  for (int i = 1; i <= 10; ++i) {
    const auto status = static_cast<NationalStatus>(i);
    keys.emplace(key_of(status));
    EXPECT_FALSE(label_of(status).vi.empty());
    EXPECT_FALSE(label_of(status).en.empty());
  }
  EXPECT_EQ(keys.size(), 10U);
}

TEST(Money, IsTakenWithAReceiptInASeriesAndNeverMoreThanOwed) {
  Life life = received("2.000815");
  const Actor cashier = test::officer("c1", test::kCommuneCentre);
  const auto owed = life.state().fee_total();
  ASSERT_EQ(owed, 12'000);  // two copies of four pages: 2 x (2,000 + 2,000 + 1,000 + 1,000)
  const auto pay = [&](std::int64_t amount, const char* method = "cash") {
    return life.act(
        RecordPayment{.amount = amount, .method = method, .reference = {}, .reason = {}}, cashier);
  };
  EXPECT_EQ(pay(0), Refusal::bad_amount);
  EXPECT_EQ(pay(-5), Refusal::bad_amount);
  EXPECT_EQ(pay(1, "gold"), Refusal::bad_method);
  EXPECT_EQ(pay(owed + 1), Refusal::nothing_to_pay);
  ASSERT_EQ(pay(5'000), std::nullopt);
  ASSERT_EQ(pay(owed - 5'000, "transfer"), std::nullopt);
  EXPECT_EQ(pay(1), Refusal::nothing_to_pay);
  ASSERT_EQ(life.state().payments.size(), 2U);
  EXPECT_EQ(life.state().payments[0].receipt, "BL-H41.101.01-2026-000001");
  EXPECT_EQ(life.state().payments[1].receipt, "BL-H41.101.01-2026-000002");
  EXPECT_EQ(life.state().paid(), owed);
}

TEST(Money, IsGivenBackNeverMoreThanIsLeftOfTheReceipt) {
  Life life = received("2.000815");
  ASSERT_EQ(life.pay_all(), std::nullopt);
  const std::string receipt = life.state().payments[0].receipt;
  const Actor cashier = test::officer("c1", test::kCommuneCentre);
  const auto refund = [&](std::int64_t amount, const std::string& of, const char* reason) {
    return life.act(RecordRefund{.receipt = of, .amount = amount, .reason = reason}, cashier);
  };
  EXPECT_EQ(refund(0, receipt, "Thu thừa"), Refusal::bad_amount);
  EXPECT_EQ(refund(1, receipt, ""), Refusal::reason_missing);
  EXPECT_EQ(refund(1, "BL-x", "Thu thừa tiền"), Refusal::unknown_receipt);
  EXPECT_EQ(refund(12'001, receipt, "Thu thừa tiền"), Refusal::refund_too_large);
  ASSERT_EQ(life.act(Withdraw{.reason = "Không cần nữa"}, test::citizen()), std::nullopt);
  ASSERT_EQ(refund(10'000, receipt, "Rút hồ sơ"), std::nullopt) << "after the end, too";
  EXPECT_EQ(refund(2'001, receipt, "Rút hồ sơ"), Refusal::refund_too_large);
  ASSERT_EQ(refund(2'000, receipt, "Rút hồ sơ"), std::nullopt);
  EXPECT_EQ(life.state().paid(), 0);
  EXPECT_EQ(life.state().payments.back().receipt, "HP-H41.101.01-2026-000002");
}

}  // namespace
}  // namespace dossier
