// What each command meets in each stage, on one screen.
#include "dossier/test_dossiers.h"

namespace dossier {
namespace {

using procedure::StepAction;
using test::Life;

constexpr int kStages = 9;
const char* const kStageNames[kStages] = {"none",     "filed",    "processing",
                                          "awaiting", "refused",  "withdrawn",
                                          "stopped",  "finished", "returned"};

Life life_in(int stage) {
  if (stage == 0) return Life{"1.001193"};
  Life life = test::filed("1.001193");
  const Actor actor = test::officer("do-examine", test::kCommune);
  const auto must = [&](const auto& command) {
    const auto refusal = life.act(command, actor);
    EXPECT_EQ(refusal, std::nullopt) << to_text(*refusal);
  };
  if (stage == 1) return life;
  if (stage == 4) {
    must(Refuse{.reason = "Sai thẩm quyền"});
    return life;
  }
  must(Receive{});
  if (stage == 3) must(test::supplement_request());
  if (stage == 5) must(Withdraw{.reason = "Không cần nữa"});
  if (stage == 6) must(Stop{.reason = "Không đủ căn cứ"});
  if (stage >= 7) life.go_to(StepAction::return_result);
  if (stage == 8) {
    must(ReturnResult{
        .activity = life.task().activity, .method = "counter", .received_by = {}, .note = {}});
  }
  return life;
}

// "-" is: it happens.
struct Row {
  const char* command;
  const char* expected[kStages];
};
// Order of the columns: none, filed, processing, awaiting, refused, withdrawn, stopped, finished,
// returned.
constexpr Row kRows[] = {
    {"file",
     {"-", "already_filed", "already_filed", "already_filed", "already_filed", "already_filed",
      "already_filed", "already_filed", "already_filed"}},
    {"receive",
     {"already_closed", "-", "already_received", "awaiting_supplement", "already_closed",
      "already_closed", "already_closed", "already_received", "already_closed"}},
    {"refuse",
     {"already_closed", "-", "already_received", "already_received", "already_closed",
      "already_closed", "already_closed", "already_received", "already_closed"}},
    {"request_supplement",
     {"already_closed", "-", "-", "awaiting_supplement", "already_closed", "already_closed",
      "already_closed", "result_already_issued", "already_closed"}},
    {"supplement",
     {"no_supplement_open", "no_supplement_open", "no_supplement_open", "-", "already_closed",
      "already_closed", "already_closed", "no_supplement_open", "already_closed"}},
    {"complete_task",
     {"already_closed", "wrong_action", "-", "awaiting_supplement", "already_closed",
      "already_closed", "already_closed", "wrong_action", "already_closed"}},
    {"assign",
     {"task_not_open", "-", "-", "-", "already_closed", "already_closed", "already_closed", "-",
      "already_closed"}},
    {"recall",
     {"already_closed", "nothing_before", "-", "awaiting_supplement", "already_closed",
      "already_closed", "already_closed", "result_already_issued", "already_closed"}},
    {"send_back",
     {"already_closed", "nothing_before", "-", "awaiting_supplement", "already_closed",
      "already_closed", "already_closed", "result_already_issued", "already_closed"}},
    {"correct",
     {"already_closed", "-", "-", "-", "already_closed", "already_closed", "already_closed",
      "result_already_issued", "already_closed"}},
    {"attach_file",
     {"already_closed", "-", "-", "-", "already_closed", "already_closed", "already_closed", "-",
      "already_closed"}},
    {"issue_result",
     {"already_closed", "wrong_action", "wrong_action", "awaiting_supplement", "already_closed",
      "already_closed", "already_closed", "wrong_action", "already_closed"}},
    {"return_result",
     {"already_closed", "wrong_action", "wrong_action", "awaiting_supplement", "already_closed",
      "already_closed", "already_closed", "-", "already_closed"}},
    {"withdraw",
     {"already_closed", "-", "-", "-", "already_closed", "already_closed", "already_closed",
      "result_already_issued", "already_closed"}},
    {"stop",
     {"already_closed", "not_yet_received", "-", "-", "already_closed", "already_closed",
      "already_closed", "result_already_issued", "already_closed"}},
    {"pay",
     {"not_yet_received", "nothing_to_pay", "nothing_to_pay", "nothing_to_pay", "already_closed",
      "already_closed", "already_closed", "nothing_to_pay", "already_closed"}},
    {"refund",
     {"unknown_receipt", "unknown_receipt", "unknown_receipt", "unknown_receipt", "unknown_receipt",
      "unknown_receipt", "unknown_receipt", "unknown_receipt", "unknown_receipt"}},
    {"rate",
     {"not_rateable_yet", "not_rateable_yet", "not_rateable_yet", "not_rateable_yet", "-", "-", "-",
      "not_rateable_yet", "-"}},
};

std::optional<Refusal> ask(Life& life, const std::string& command) {
  const std::uint32_t activity = life.state().tasks.empty() ? 1 : life.task().activity;
  // He received it and does the rest: the one who passed on the last task.
  const Actor actor = test::officer(
      life.state().trail.empty() ? "do-examine" : life.state().trail.back().officer_id,
      test::kCommune);
  if (command == "file") return life.act(test::filing("1.001193"), actor);
  if (command == "receive") return life.act(Receive{}, actor);
  if (command == "refuse") return life.act(Refuse{.reason = "Sai thẩm quyền"}, actor);
  if (command == "request_supplement") return life.act(test::supplement_request(), actor);
  if (command == "supplement") {
    return life.act(Supplement{.answers = {}, .attachments = {}, .note = "Đã đủ"}, actor);
  }
  if (command == "complete_task") {
    return life.act(
        CompleteTask{.activity = activity, .outcome = "proposed", .note = {}, .data = {}}, actor);
  }
  if (command == "assign") {
    return life.act(Assign{.activity = activity,
                           .officer = test::officer("x", test::kCommune),
                           .reason = "Đổi người"},
                    actor);
  }
  if (command == "recall") return life.act(Recall{.reason = "Quên một tờ"}, actor);
  if (command == "send_back") {
    return life.act(SendBack{.activity = activity, .reason = "Quên một tờ"}, actor);
  }
  if (command == "correct") {
    return life.act(Correct{.field = "child_name", .value = "Nguyễn Đức Tâm", .reason = "Gõ nhầm"},
                    actor);
  }
  if (command == "attach_file") return life.act(AttachFile{test::paper("birth_paper", "n")}, actor);
  if (command == "issue_result") {
    return life.act(IssueResult{.activity = activity, .file = {}, .number = {}, .note = {}}, actor);
  }
  if (command == "return_result") {
    return life.act(
        ReturnResult{.activity = activity, .method = "counter", .received_by = {}, .note = {}},
        actor);
  }
  if (command == "withdraw") return life.act(Withdraw{.reason = "Không cần nữa"}, actor);
  if (command == "stop") return life.act(Stop{.reason = "Không đủ căn cứ"}, actor);
  if (command == "pay") {
    return life.act(RecordPayment{.amount = 1, .method = "cash", .reference = {}, .reason = {}},
                    actor);
  }
  if (command == "refund") {
    return life.act(RecordRefund{.receipt = "BL-1", .amount = 1, .reason = "Thu thừa"}, actor);
  }
  return life.act(Rate{.score = 5, .comment = {}}, actor);
}

TEST(Refusals, OfEveryCommandInEveryStage) {
  std::vector<Life> lives;
  for (int stage = 0; stage < kStages; ++stage) lives.push_back(life_in(stage));
  for (const Row& row : kRows) {
    for (int stage = 0; stage < kStages; ++stage) {
      Life life = lives[static_cast<std::size_t>(stage)];
      const Dossier before = life.state();
      const auto refusal = ask(life, row.command);
      const std::string said = refusal.has_value() ? std::string{to_text(*refusal)} : "-";
      EXPECT_EQ(said, row.expected[stage]) << row.command << " while " << kStageNames[stage];
      if (refusal.has_value())
        EXPECT_EQ(life.state(), before) << "a refusal changes nothing";
      else
        EXPECT_GT(life.state().version, before.version);
    }
  }
}

TEST(Refusals, EachHasAnOwnNameAndSaysWhatToDoInBothLanguages) {
  std::set<std::string> names;
  const int count = static_cast<int>(Refusal::deemed_accepted) + 1;
  for (int i = 0; i < count; ++i) {
    const auto refusal = static_cast<Refusal>(i);
    names.emplace(to_text(refusal));
    EXPECT_GT(explain(refusal).vi.size(), 10U) << to_text(refusal);
    EXPECT_GT(explain(refusal).en.size(), 10U) << to_text(refusal);
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(count));
}

}  // namespace
}  // namespace dossier
