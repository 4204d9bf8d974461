#include "dossier/status.h"
#include "dossier/test_dossiers.h"

namespace dossier {
namespace {

using test::filed;
using test::filing;
using test::Life;
using test::received;

TEST(Filing, GivesEachShippedProcedureACodeATaskAndAnExpectedDay) {
  for (const char* code : procedure::kShipped) {
    const Life life = filed(code);
    EXPECT_EQ(life.state().stage, Stage::filed) << code;
    EXPECT_EQ(life.state().version, 2) << code;
    ASSERT_EQ(life.state().tasks.size(), 1U) << code;
    EXPECT_EQ(life.task().role, "reception") << code;
    EXPECT_EQ(life.task().agency, life.state().receiving_agency) << code;
    EXPECT_TRUE(life.state().expected_due_at.has_value()) << code;
    EXPECT_FALSE(life.state().due_at.has_value()) << code;
    EXPECT_EQ(life.state().code, life.state().receiving_agency + "-260820-0001") << code;
    EXPECT_EQ(status_of(life.procedure(), life.state()), NationalStatus::newly_registered) << code;
  }
}

TEST(Filing, NumbersByReceivingAgencyAndLocalDay) {
  // 20/8 in Vietnam begins at 17:00 UTC of the 19th.
  EXPECT_EQ(filed("1.001193", "2026-08-19T17:00:00Z").state().code, "H41.101.01-260820-0001");
  EXPECT_EQ(filed("1.001193", "2026-08-19T16:59:59Z").state().code, "H41.101.01-260819-0001");
  EXPECT_EQ(format_number({.key = "k", .prefix = "A-", .width = 4, .suffix = "/x"}, 7), "A-0007/x");
  EXPECT_EQ(format_number({.key = "k", .prefix = "A-", .width = 4, .suffix = {}}, 12345),
            "A-12345");
}

TEST(Filing, TellsAllProblemsOfFormAndPapersAtOnce) {
  Life life{"1.001193"};
  File file = filing("1.001193");
  file.attachments.clear();
  file.shown_components.clear();
  file.answers.erase("child_name");
  file.answers.erase("birth_paper_number");  // now the paper itself is needed
  file.answers["requester_id"] = "12";
  file.applicant.name = "  ";
  EXPECT_EQ(life.act(file, test::citizen()), Refusal::answers_incomplete);
  std::set<std::string> fields;
  for (const auto& problem : life.problems()) fields.insert(problem.field);
  EXPECT_TRUE(fields.contains("child_name"));
  EXPECT_TRUE(fields.contains("requester_id"));
  EXPECT_TRUE(fields.contains("components.birth_paper"));
}

TEST(Filing, RefusesByTheFirstRuleThatSaysNo) {
  Life life{"2.000815"};
  const Actor officer = test::officer("o1", test::kCommuneCentre);
  File file = filing("2.000815");
  file.channel = procedure::Channel::online;
  EXPECT_EQ(life.act(file, officer), Refusal::channel_not_offered);
  file = filing("2.000815");
  file.return_method = "pigeon";
  EXPECT_EQ(life.act(file, officer), Refusal::bad_method);
  file = filing("2.000815");
  file.attachments.clear();
  file.shown_components.clear();
  EXPECT_EQ(life.act(file, officer), Refusal::components_missing);
  file = filing("2.000815");
  file.applicant.name = "\t \n";
  EXPECT_EQ(life.act(file, officer), Refusal::applicant_missing);
  EXPECT_EQ(life.state(), Dossier{}) << "a refusal changes nothing";
  EXPECT_EQ(filed("2.000815").act(filing("2.000815"), officer), Refusal::already_filed);
}

TEST(Filing, DoesNotAskOnLineForPapersThatAreOnlyShown) {
  Life life{"1.004873"};
  File file = filing("1.004873", procedure::Channel::online);
  file.attachments.clear();
  file.shown_components.clear();
  EXPECT_EQ(life.act(file, test::citizen()), std::nullopt);
}

TEST(Filing, AnEmptyFileIsNoPaper) {
  Life life{"1.012994"};
  File file = filing("1.012994");
  for (Attachment& one : file.attachments) one.size = 0;
  EXPECT_EQ(life.act(file, test::citizen()), Refusal::components_missing);
}

TEST(Filing, KeepsOnlyAnswersThatTheFormAsksFor) {
  Life life{"1.001193"};
  File file = filing("1.001193");
  file.answers["child_name"] = "  Nguyễn   Đức  Bình ";
  ASSERT_EQ(life.act(file, test::citizen()), std::nullopt);
  EXPECT_EQ(base::string_or(life.state().answers, "child_name"), "Nguyễn Đức Bình");
}

TEST(Receiving, StartsTheClockAndNumbersTheSlip) {
  Life life = received("1.004873");
  EXPECT_EQ(life.state().stage, Stage::processing);
  EXPECT_EQ(life.state().slip_number, "1/2026/TNHS-TTPVHCC");
  ASSERT_TRUE(life.state().due_at.has_value());
  EXPECT_EQ(calendar::to_iso(*life.state().due_at), "2026-08-24T17:30:00+07:00");
  EXPECT_EQ(life.task().step, "examine");
  EXPECT_EQ(life.act(Receive{}, life.doer()), Refusal::already_received);
}

TEST(Receiving, KeepsWhatWasShownOnce) {
  Life life = filed("1.001193");
  const auto shown = life.state().shown_components.size();
  ASSERT_GT(shown, 0U);
  ASSERT_EQ(life.act(Receive{.note = {}, .checked_components = {"identity_paper", "declaration"}},
                     life.doer()),
            std::nullopt);
  EXPECT_EQ(life.state().shown_components.size(), shown + 1);
}

TEST(Receiving, GivesTheNextTaskToWhomItIsHandedTo) {
  Life life = filed("1.001193");
  const Actor next = test::officer("o7", test::kCommune);
  ASSERT_EQ(
      life.act(Receive{.note = {}, .checked_components = {}, .next_assignee = next}, life.doer()),
      std::nullopt);
  EXPECT_EQ(life.task().assignee_id, "o7");
}

TEST(Refusing, EndsTheDossierAndItsTasks) {
  Life life = filed("1.001193");
  EXPECT_EQ(life.act(Refuse{.reason = " ng "}, life.doer()), Refusal::reason_missing);
  const Actor actor = life.doer();
  ASSERT_EQ(life.act(Refuse{.reason = "Không thuộc thẩm quyền"}, actor), std::nullopt);
  EXPECT_EQ(life.state().stage, Stage::refused);
  EXPECT_TRUE(life.state().tasks.empty());
  EXPECT_TRUE(life.state().process.is_over());
  EXPECT_EQ(life.state().end_reason, "Không thuộc thẩm quyền");
  EXPECT_EQ(life.act(Refuse{.reason = "Không thuộc thẩm quyền"}, actor), Refusal::already_closed);
}

TEST(Refusing, ComesTooLateAfterReception) {
  Life life = received("1.001193");
  EXPECT_EQ(life.act(Refuse{.reason = "Không thuộc thẩm quyền"}, life.doer()),
            Refusal::already_received);
}

}  // namespace
}  // namespace dossier
