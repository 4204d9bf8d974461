// Form 06: what stands in its rows, from histories of every kind.
#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "casework/printing.h"
#include "casework/test_history.h"

namespace casework {
namespace {

using dossier::test::Life;
using dossier::test::officer;
using dossier::test::received;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

class ControlSlip : public testing::Test {
 protected:
  // "from > to | giver > taker | result | note" of each row.
  std::vector<std::string> rows(const Life& life) {
    const OpenDossier open = office.keep(life);
    auto context = document_context(*office.workplace, open, Document::control_slip);
    EXPECT_TRUE(context) << (context ? "" : context.error().detail.en);
    std::vector<std::string> all;
    if (!context) return all;
    for (const auto& row : context->fields.at("rows").as_array()) {
      const auto text = [&](const char* key) { return base::string_or(row, key); };
      all.push_back(text("from") + " > " + text("to") + " | " + text("giver") + " > " +
                    text("taker") + " | " + text("result") + " | " + text("note"));
    }
    return all;
  }

  test::TellingPrinter printer;
  test::TestOffice office{printer};
};

TEST_F(ControlSlip, SaysWhoHasItNow) {
  const auto all = rows(received("1.001612"));
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_THAT(all[0],
              HasSubstr("Trung tâm Phục vụ hành chính công phường Thành Vinh > Ủy ban nhân dân "
                        "phường Thành Vinh | Cán bộ do-receive > "));
  EXPECT_THAT(all[1], HasSubstr("(chưa chuyển tiếp)"));
  EXPECT_THAT(all[1], HasSubstr("chưa có người nhận"));
  EXPECT_THAT(all[1], HasSubstr("Đang thực hiện | Hạn của bước: "));
}

TEST_F(ControlSlip, TellsWhenATaskWasTakenAndGivenToAnother) {
  Life life = received("1.001612");
  life.wait_until("2026-08-20T14:10:00+07:00");
  const auto activity = life.task().activity;
  ASSERT_EQ(life.act(dossier::Assign{.activity = activity,
                                     .officer = officer("do-examine", "H41.101"),
                                     .reason = {}},
                     officer("head", "H41.101")),
            std::nullopt);
  ASSERT_EQ(life.act(dossier::Assign{.activity = activity,
                                     .officer = officer("other", "H41.101"),
                                     .reason = "nghỉ phép"},
                     officer("head", "H41.101")),
            std::nullopt);
  const OpenDossier open = office.keep(life);
  const auto context = document_context(*office.workplace, open, Document::control_slip);
  ASSERT_TRUE(context);
  EXPECT_EQ(base::string_or(context->fields.at("rows").at(0), "taken_at"),
            "2026-08-20T14:10:00+07:00");
  const auto all = rows(life);
  EXPECT_THAT(all[0], HasSubstr("> Cán bộ do-examine |"));
  EXPECT_THAT(all[1], HasSubstr("Phân công lại cho Cán bộ other: nghỉ phép"));
}

TEST_F(ControlSlip, MeasuresEachStepByItsOwnLimit) {
  Life late = received("1.001612");
  late.wait_until("2026-10-01T09:00:00+07:00");
  ASSERT_EQ(late.pass(late.procedure().find_step(late.task().step)->outcomes.front().code),
            std::nullopt);
  EXPECT_THAT(rows(late)[1], HasSubstr("| Quá hạn |"));
  Life early = received("1.001612");
  ASSERT_EQ(early.pass(early.procedure().find_step(early.task().step)->outcomes.front().code),
            std::nullopt);
  EXPECT_THAT(rows(early)[1],
              testing::AnyOf(HasSubstr("| Trước hạn |"), HasSubstr("| Đúng hạn |")));
}

TEST_F(ControlSlip, MeasuresByTheLimitAsTheSupplementMovedIt) {
  Life life = received("1.001612");
  ASSERT_TRUE(life.task().due_at.has_value());
  ASSERT_EQ(life.act(dossier::test::supplement_request(), officer("do-receive", "H41.101.01")),
            std::nullopt);
  life.wait_until("2026-10-01T09:00:00+07:00");
  dossier::Supplement supplement;
  supplement.note = "Đã nộp";
  ASSERT_EQ(life.act(supplement, officer("do-receive", "H41.101.01")), std::nullopt);
  ASSERT_EQ(life.pass(life.procedure().find_step(life.task().step)->outcomes.front().code),
            std::nullopt);
  const auto all = rows(life);
  EXPECT_THAT(all[1], testing::Not(HasSubstr("Quá hạn")));
  EXPECT_THAT(all[1], HasSubstr("Yêu cầu bổ sung lúc 10:00 ngày 20/08/2026, số "
                                "1/2026/PBS-TTPVHCC: Bản chụp bị mờ"));
  EXPECT_THAT(all[1], HasSubstr("Đã bổ sung lúc 09:00 ngày 01/10/2026, thời hạn tính lại từ đầu"));
}

TEST_F(ControlSlip, TellsRecallsWithTheirReason) {
  Life life = received("1.001612");
  ASSERT_EQ(life.act(dossier::Recall{.reason = "Chuyển nhầm"}, officer("do-receive", "H41.101.01")),
            std::nullopt);
  const auto all = rows(life);
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_THAT(all[1], HasSubstr("| Thu hồi | Thu hồi: Chuyển nhầm"));
  EXPECT_THAT(all[0], HasSubstr("Cán bộ do-receive >  |"));  // nobody had taken it
}

TEST_F(ControlSlip, EndsWithHowTheDossierEnded) {
  Life stopped = received("1.001612");
  ASSERT_EQ(stopped.act(dossier::Stop{.reason = "Tên trùng"}, officer("do-sign", "H41.101")),
            std::nullopt);
  const auto stop_rows = rows(stopped);
  ASSERT_THAT(stop_rows, SizeIs(2));
  EXPECT_THAT(stop_rows[1], HasSubstr("> Kết thúc giải quyết | Cán bộ do-sign > "));
  EXPECT_THAT(stop_rows[1], HasSubstr("Dừng giải quyết (số 1/2026/TB-TTPVHCC): Tên trùng"));

  Life withdrawn = received("1.001612");
  ASSERT_EQ(withdrawn.act(dossier::Withdraw{.reason = "Đổi ý"}, dossier::test::citizen()),
            std::nullopt);
  EXPECT_THAT(rows(withdrawn)[1], HasSubstr("Người nộp hồ sơ > Kết thúc giải quyết"));
}

TEST_F(ControlSlip, TellsApologiesAndNewDates) {
  Life life = received("1.001612");
  ASSERT_EQ(life.act(dossier::SignApology{.reason = "Chờ xác minh",
                                          .new_due_on = calendar::test::on("2026-09-07"),
                                          .position = "Chủ tịch"},
                     officer("chairman", "H41.101")),
            std::nullopt);
  life.happen(
      {.event = dossier::DueRecomputed{.from = life.state().due_at,
                                       .to = calendar::test::at("2026-09-08T17:30:00+07:00"),
                                       .reason = "Cơ quan nghỉ",
                                       .act = "Thông báo 5",
                                       .task_due = {}}},
      officer("admin", "H41"));
  const auto all = rows(life);
  EXPECT_THAT(all.back(), HasSubstr("Phiếu xin lỗi số 1/2026/PXL, hẹn trả mới 17:30 ngày 07/09"));
  EXPECT_THAT(
      all.back(),
      HasSubstr("Tính lại hạn theo lịch làm việc mới: 17:30 ngày 08/09/2026: Cơ quan nghỉ"));
  const OpenDossier open = office.keep(life);
  const auto context = document_context(*office.workplace, open, Document::control_slip);
  EXPECT_EQ(base::string_or(context->fields.at("dossier"), "due_at"), "2026-09-08T17:30:00+07:00");
}

TEST_F(ControlSlip, FollowsEveryProcedureToItsEnd) {
  for (const char* code : procedure::kShipped) {
    SCOPED_TRACE(code);
    Life life = received(code);
    ASSERT_EQ(life.pay_all(), std::nullopt);
    life.go_to(procedure::StepAction::return_result);
    ASSERT_EQ(life.act(dossier::ReturnResult{.activity = life.task().activity,
                                             .method = "counter",
                                             .received_by = "Bà Đào",
                                             .note = {}},
                       life.doer()),
              std::nullopt);
    const auto all = rows(life);
    int completed = 0;
    for (const auto& record : life.records()) {
      completed += std::holds_alternative<dossier::TaskCompleted>(record.event) ? 1 : 0;
    }
    EXPECT_GE(all.size(), static_cast<std::size_t>(completed));
    EXPECT_THAT(all.back(), HasSubstr("> Người nhận kết quả | "));
    EXPECT_THAT(all.back(), HasSubstr("> Bà Đào |"));
    for (const std::string& row : all) EXPECT_THAT(row, testing::Not(HasSubstr("Đang thực hiện")));
  }
}

}  // namespace
}  // namespace casework
