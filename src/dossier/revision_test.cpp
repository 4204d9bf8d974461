// A dossier goes on with the process of another revision, and back.
#include "dossier/dossier_json.h"
#include "dossier/test_dossiers.h"
#include "procedure/revision_pin.h"
#include "procedure/test_revisions.h"

namespace dossier {
namespace {

using procedure::StepAction;
using test::Life;

const procedure::Procedure& longer() {
  static const procedure::Procedure procedure = [] {
    auto loaded =
        procedure::load_package(procedure::with_legal_check(), procedure::shipped_dictionary());
    EXPECT_TRUE(loaded) << procedure::told(loaded.error());
    return loaded ? std::move(loaded).value() : procedure::Procedure{};
  }();
  return procedure;
}
const procedure::Procedure& mixed() {
  static const procedure::Procedure procedure =
      procedure::with_process_of(procedure::shipped("1.012994"), longer());
  return procedure;
}

ChangeRevision to_longer() {
  return {.to = &mixed(),
          .mapping = {},
          .reason = "thêm bước kiểm tra pháp lý",
          .act = "QĐ 2/QĐ-UBND",
          .migration = "m1"};
}

Circumstances around(const procedure::Procedure& procedure, const Life& life) {
  return {.procedure = procedure,
          .calendar = test::office(),
          .actor = test::officer("lead", test::kDepartment),
          .now = life.state().changed_at};
}

Dossier changed(const Life& life, const Decision& decision, const procedure::Procedure& to) {
  EXPECT_TRUE(decision) << to_text(decision.error().why);
  Dossier after = life.state();
  if (!decision) return after;
  for (const NewEvent& one : *decision) {
    apply(to, after,
          {.sequence = after.version + 1,
           .at = after.changed_at,
           .actor = {},
           .number = {},
           .event = one.event});
  }
  return after;
}

TEST(ChangeRevision, MovesTheProcessAndKeepsTheLawOfTheFiling) {
  Life life = test::filed("1.012994");
  ASSERT_EQ(life.act(Receive{}, test::officer("lead", test::kProvincialCentre)), std::nullopt);
  const Dossier& before = life.state();
  const Dossier after = changed(
      life, decide(before, to_longer(), around(procedure::shipped("1.012994"), life)), mixed());
  EXPECT_EQ(after.digest, before.digest + "+" + longer().digest);
  EXPECT_EQ(after.limits, before.limits);
  EXPECT_EQ(after.due_at, before.due_at);
  EXPECT_EQ(after.fees, before.fees);
  ASSERT_EQ(after.tasks.size(), before.tasks.size());
  EXPECT_EQ(after.tasks.front().step, before.tasks.front().step);
  EXPECT_EQ(after.tasks.front().due_at, before.tasks.front().due_at);
  Dossier stored = read_state(mixed(), state_text(mixed(), after)).value();
  stored.code = after.code;  // these two are columns of their own
  stored.slip_number = after.slip_number;
  EXPECT_EQ(stored, after);
  // And back.
  ChangeRevision back = to_longer();
  back.to = &procedure::shipped("1.012994");
  const auto decision = decide(after, back, around(mixed(), life));
  ASSERT_TRUE(decision);
  Dossier again = after;
  apply(procedure::shipped("1.012994"), again,
        {.sequence = after.version + 1,
         .at = after.changed_at,
         .actor = {},
         .number = {},
         .event = decision->front().event});
  EXPECT_EQ(again.digest, before.digest);
  EXPECT_EQ(again.process, before.process);
  EXPECT_EQ(again.tasks, before.tasks);
}

TEST(ChangeRevision, IsRefusedWhereNothingChangesOrNobodySaysWhy) {
  Life life = test::filed("1.012994");
  const auto circumstances = around(procedure::shipped("1.012994"), life);
  const auto refusal = [&](const ChangeRevision& command) {
    const Decision decision = decide(life.state(), command, circumstances);
    return decision ? std::nullopt : std::optional{decision.error().why};
  };
  ChangeRevision same = to_longer();
  same.to = &procedure::shipped("1.012994");
  EXPECT_EQ(refusal(same), Refusal::same_revision);
  ChangeRevision silent = to_longer();
  silent.reason = "x";
  EXPECT_EQ(refusal(silent), Refusal::reason_missing);
  ChangeRevision lawless = to_longer();
  lawless.act = "";
  EXPECT_EQ(refusal(lawless), Refusal::basis_missing);
}

TEST(ChangeRevision, NeverTouchesAClosedDossier) {
  Life life = test::filed("1.012994");
  ASSERT_EQ(life.act(Withdraw{.reason = "Không cần nữa"}, test::citizen()), std::nullopt);
  const Decision decision =
      decide(life.state(), to_longer(), around(procedure::shipped("1.012994"), life));
  ASSERT_FALSE(decision);
  EXPECT_EQ(decision.error().why, Refusal::already_closed);
}

TEST(ChangeRevision, SaysWhatHasNoPlaceInTheOtherProcess) {
  Life life = test::filed("1.012994");
  ASSERT_EQ(life.act(Receive{}, test::officer("lead", test::kProvincialCentre)), std::nullopt);
  life.go_to(StepAction::process);
  procedure::Procedure other =
      procedure::with_process_of(procedure::shipped("1.012994"), procedure::shipped("1.001193"));
  ChangeRevision command = to_longer();
  command.to = &other;
  const Decision decision =
      decide(life.state(), command, around(procedure::shipped("1.012994"), life));
  // Either a condition asks for what the form never asked, or a step is missing.
  ASSERT_FALSE(decision);
  EXPECT_EQ(decision.error().why, Refusal::revision_not_carried);
}

}  // namespace
}  // namespace dossier
