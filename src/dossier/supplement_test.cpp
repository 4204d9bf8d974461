#include "dossier/test_dossiers.h"

namespace dossier {
namespace {

using test::Life;
using test::received;
using test::supplement_request;

TEST(RequestSupplement, NamesWhatIsMissingAndWhy) {
  Life life = received("1.004873");
  const Actor officer = life.doer();
  RequestSupplement request = supplement_request();
  request.items.clear();
  EXPECT_EQ(life.act(request, officer), Refusal::nothing_asked);
  EXPECT_EQ(life.act(supplement_request(" \t"), officer), Refusal::nothing_asked);
  request = supplement_request();
  request.reason = "mờ";
  EXPECT_EQ(life.act(request, officer), Refusal::reason_missing);
  ASSERT_EQ(life.act(supplement_request(), officer), std::nullopt);
  EXPECT_EQ(life.state().stage, Stage::awaiting_supplement);
  EXPECT_EQ(life.act(supplement_request(), officer), Refusal::awaiting_supplement);
}

TEST(RequestSupplement, ASecondTimeNeedsASupervisorAndAReason) {
  Life life = received("1.004873");
  const Actor officer = life.doer();
  ASSERT_EQ(life.act(supplement_request(), officer), std::nullopt);
  ASSERT_EQ(
      life.act(Supplement{.answers = {}, .attachments = {}, .note = "Đã gửi"}, test::citizen()),
      std::nullopt);
  RequestSupplement again = supplement_request();
  EXPECT_EQ(life.act(again, officer), Refusal::second_supplement);
  again.by_supervisor = true;
  EXPECT_EQ(life.act(again, officer), Refusal::second_supplement) << "no reason given";
  again.repeat_reason = "Giấy tờ nộp lần một là giả";
  again.by_supervisor = false;
  EXPECT_EQ(life.act(again, officer), Refusal::second_supplement) << "not a supervisor";
  again.by_supervisor = true;
  ASSERT_EQ(life.act(again, officer), std::nullopt);
  EXPECT_EQ(life.state().supplements_requested, 2);
}

TEST(Supplement, BringsSomethingAndOnlyWhenAsked) {
  Life life = received("1.004873");
  const Supplement note{.answers = {}, .attachments = {}, .note = "Đây"};
  EXPECT_EQ(life.act(note, test::citizen()), Refusal::no_supplement_open);
  ASSERT_EQ(life.act(supplement_request(), life.doer()), std::nullopt);
  EXPECT_EQ(life.act(Supplement{}, test::citizen()), Refusal::supplement_empty);
  ASSERT_EQ(life.act(note, test::citizen()), std::nullopt);
  EXPECT_EQ(life.state().stage, Stage::processing);
  EXPECT_FALSE(life.state().supplement.has_value());
}

TEST(Supplement, ChangesAnswersAndWhatIsToBePaid) {
  Life life = received("1.001193");
  ASSERT_EQ(life.act(supplement_request(), life.doer()), std::nullopt);
  EXPECT_EQ(life.act(Supplement{.answers = {{"child_sex", "cat"}}, .attachments = {}, .note = {}},
                     test::citizen()),
            Refusal::answers_incomplete);
  EXPECT_FALSE(life.problems().empty());
  const auto fee = life.state().fee_total();
  ASSERT_EQ(
      life.act(Supplement{.answers = {{"extract_copies", 5}, {"child_name", " Nguyễn  Đức Tâm"}},
                          .attachments = {},
                          .note = {}},
               test::citizen()),
      std::nullopt);
  EXPECT_EQ(base::string_or(life.state().answers, "child_name"), "Nguyễn Đức Tâm");
  EXPECT_GT(life.state().fee_total(), fee);
}

TEST(Supplement, KeepsNothingThatTheFormDoesNotAsk) {
  Life life = received("1.001193");
  ASSERT_EQ(life.act(supplement_request(), life.doer()), std::nullopt);
  // The form tells unknown fields as problems; hidden answers are dropped.
  EXPECT_EQ(life.act(Supplement{.answers = {{"evil", "<script>"}}, .attachments = {}, .note = {}},
                     test::citizen()),
            Refusal::answers_incomplete);
  ASSERT_EQ(
      life.act(Supplement{.answers = {{"father_declared", false}}, .attachments = {}, .note = {}},
               test::citizen()),
      std::nullopt);
  EXPECT_FALSE(life.state().answers.contains("father_name"));
  EXPECT_FALSE(life.state().answers.contains("father_id"));
}

TEST(Supplement, AtTheCounterBeforeReceptionLeavesTheClockAlone) {
  Life life = test::filed("1.001193");
  ASSERT_EQ(life.act(supplement_request(), life.doer()), std::nullopt);
  EXPECT_EQ(life.act(Receive{}, life.doer()), Refusal::awaiting_supplement);
  ASSERT_EQ(life.act(Supplement{.answers = {}, .attachments = {}, .note = "Đủ rồi"}, life.doer()),
            std::nullopt);
  EXPECT_EQ(life.state().stage, Stage::filed);
  ASSERT_EQ(life.act(Receive{}, life.doer()), std::nullopt);
  EXPECT_TRUE(life.state().due_at.has_value());
}

}  // namespace
}  // namespace dossier
