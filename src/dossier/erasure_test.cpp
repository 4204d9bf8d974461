#include "dossier/erasure.h"

#include "dossier/dossier_json.h"
#include "dossier/status.h"
#include "dossier/test_dossiers.h"

namespace dossier {
namespace {

using procedure::StepAction;
using test::Life;
using test::received;

const Actor kAdministrator{
    .kind = ActorKind::officer, .id = "admin", .name = "Ông Năm", .agency = "H41"};

Life withdrawn() {
  Life life = received("1.001193");
  EXPECT_EQ(life.act(Withdraw{.reason = "đã tìm thấy giấy cũ"}, kAdministrator), std::nullopt);
  return life;
}

TEST(Erasure, IsForClosedDossiersOnly) {
  Life life = received("1.001193");
  EXPECT_EQ(life.act(EraseContent{.basis = "Quyết định 5"}, kAdministrator),
            Refusal::not_closed_yet);
}

TEST(Erasure, NeedsABasisAndIsDoneOnce) {
  Life life = withdrawn();
  EXPECT_EQ(life.act(EraseContent{.basis = "  "}, kAdministrator), Refusal::erasure_needs_basis);
  EXPECT_EQ(life.act(EraseContent{.basis = "Quyết định 5"}, kAdministrator), std::nullopt);
  EXPECT_EQ(life.act(EraseContent{.basis = "Quyết định 5"}, kAdministrator),
            Refusal::already_erased);
}

TEST(Erasure, LeavesWhatIsCountedAndNothingThatWasSaid) {
  Life life = withdrawn();
  const Dossier before = life.state();
  const NationalStatus status = status_of(life.procedure(), before);
  ASSERT_FALSE(before.applicant.name.empty());
  ASSERT_FALSE(before.answers.empty());
  EXPECT_EQ(life.act(EraseContent{.basis = "Quyết định 5"}, kAdministrator), std::nullopt);
  const Dossier& after = life.state();
  EXPECT_TRUE(after.erased);
  EXPECT_TRUE(after.is_closed());
  EXPECT_EQ(status_of(life.procedure(), after), status);
  EXPECT_EQ(after.code, before.code);
  EXPECT_EQ(after.filed_at, before.filed_at);
  EXPECT_EQ(after.received_at, before.received_at);
  EXPECT_EQ(after.finished_at, before.finished_at);
  EXPECT_EQ(after.fees, before.fees);
  EXPECT_EQ(after.version, before.version + 1);
  const std::string text = state_text(life.procedure(), after);
  for (const std::string& said :
       {before.applicant.name, before.applicant.personal_id, std::string{"giấy cũ"}}) {
    ASSERT_FALSE(said.empty());
    EXPECT_EQ(text.find(said), std::string::npos) << said;
  }
  for (const Attachment& paper : before.attachments) {
    EXPECT_EQ(text.find(paper.sha256), std::string::npos);
  }
  const auto read = read_state(life.procedure(), text);
  ASSERT_TRUE(read) << read.error().message;
  Dossier stored = after;  // what the row keeps for it
  stored.code.clear();
  stored.slip_number.clear();
  Dossier again = *read;
  again.code.clear();
  again.slip_number.clear();
  EXPECT_EQ(again, stored);
}

TEST(Erasure, ComesYearsAfterTheEndAsTheProcedureSays) {
  Life life = withdrawn();
  procedure::Procedure kept = life.procedure();
  EXPECT_EQ(erasable_from(kept, life.state()), std::nullopt) << "it says nothing";
  kept.retention = procedure::Retention{.permanent = false, .years = 10, .basis = "thử"};
  Dossier ended = life.state();
  ended.finished_at = test::at("2024-02-29T16:30:00+07:00");
  EXPECT_EQ(erasable_from(kept, ended), test::at("2034-03-01T16:30:00+07:00"));
  kept.retention->permanent = true;
  EXPECT_EQ(erasable_from(kept, ended), std::nullopt);
}

}  // namespace
}  // namespace dossier
