// official_forms_test.cpp - the seven official forms (TT 03/2025/TT-VPCP) from real histories:
// every field of every form is found on the paper.
#include <cstdlib>
#include <fstream>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "casework/follow_up_book.h"
#include "casework/printing.h"
#include "casework/test_history.h"
#include "documents/pdf_probe.h"
#include "documents/template_printer.h"

namespace documents {
namespace {

using casework::Document;
using casework::OpenDossier;
using dossier::test::Life;
using dossier::test::received;
using procedure::StepAction;
using testing::HasSubstr;
using testing::Not;

TemplatePrinter shipped_printer() {
  auto loaded = load_templates(PROJECT_ROOT "/data/templates");
  EXPECT_TRUE(loaded.has_value());
  return TemplatePrinter(loaded ? std::move(loaded).value() : TemplateSet{});
}

class OfficialForm : public testing::Test {
 protected:
  OfficialForm() {
    office.add_officer("do-receive", "Công chức Bộ phận Một cửa", "H41.101.01", "0238 3555 123");
    office.add_officer("chairman", "Chủ tịch", "H41.101");
    office.reload();
  }

  // A PDF on the right paper with everything in it that a reader needs.
  static void expect_sound(const std::string& pdf, double width, double height) {
    EXPECT_EQ(probe::qpdf_check(pdf), 0);
    EXPECT_TRUE(probe::all_fonts_are_embedded(pdf));
    const auto facts = probe::info_of(pdf);
    EXPECT_NEAR(facts.width, width, 1);
    EXPECT_NEAR(facts.height, height, 1);
  }
  std::string print(const OpenDossier& open, Document document,
                    calendar::Language language = calendar::Language::vietnamese) {
    auto printed = casework::print_document(*office.workplace, open, document, {}, language);
    EXPECT_TRUE(printed) << (printed ? "" : printed.error().detail.en);
    if (!printed) return {};
    expect_sound(printed->bytes, 419.5, 595.3);
    return std::move(printed)->bytes;
  }
  // Keeps a copy where one is asked for: to look at, and for the pictures of the user's guide.
  static void sample(const std::string& name, const std::string& pdf) {
    if (const char* folder = std::getenv("MOTCUA_SAMPLES")) {
      std::ofstream(std::string{folder} + "/" + name + ".pdf", std::ios::binary) << pdf;
    }
  }
  static std::string missing_of(const std::string& pdf, const std::vector<std::string>& wanted) {
    const std::string text = base::to_upper(probe::text_without_spaces(pdf));
    std::string missing;
    for (const std::string& each : wanted) {
      const std::string composed = base::to_nfc(each);
      if (text.find(base::to_upper(probe::without_spaces(composed))) == std::string::npos) {
        missing += each + "\n";
      }
    }
    return missing;
  }
  static int pages(const std::string& pdf) { return probe::info_of(pdf).pages; }

  static dossier::Actor receiver(const std::string& unit = "H41.101.01") {
    dossier::Actor actor = dossier::test::officer("do-receive", unit);
    actor.name = "Phạm Thị Mỹ Duyên";
    return actor;
  }
  static dossier::Actor chairman() {
    dossier::Actor actor = dossier::test::officer("chairman", "H41.101");
    actor.name = "Lê Quang Vịnh";
    return actor;
  }
  static dossier::Person owner() {
    return {.name = "Đặng Đình Ưởng",
            .personal_id = "040085054321",
            .tax_code = {},
            .phone = "0987654321",
            .email = "uong.dang@example.vn",
            .address = "Số 12, ngõ 5, đường Đặng Thái Thân, phường Thành Vinh, tỉnh Nghệ An",
            .language = "vi"};
  }
  // Filed and received for its owner himself.
  static Life of_owner(const std::string& code, const dossier::Person& person) {
    Life life(code);
    dossier::File file = dossier::test::filing(code);
    file.applicant = person;
    EXPECT_EQ(life.act(file, receiver(file.receiving_agency)), std::nullopt);
    EXPECT_EQ(life.act(dossier::Receive{}, receiver(file.receiving_agency)), std::nullopt);
    return life;
  }

  TemplatePrinter printer = shipped_printer();
  casework::test::TestOffice office{printer, "2026-09-15T08:00:00+07:00"};
};

TEST_F(OfficialForm, Form01HasEveryFieldAndItsDerivationOnOnePage) {
  const OpenDossier open = office.keep(of_owner("1.001612", owner()));
  const std::string pdf = print(open, Document::slip);
  sample("mau-01", pdf);
  EXPECT_EQ(missing_of(pdf, {"UBND phường Thành Vinh",
                             "Trung tâm Phục vụ hành chính công phường Thành Vinh",
                             "Cộng hòa xã hội chủ nghĩa Việt Nam",
                             "Độc lập - Tự do - Hạnh phúc",
                             "Số: 1/2026/TNHS-TTPVHCC",
                             "Thành Vinh, ngày 20 tháng 8 năm 2026",
                             "Mã hồ sơ: " + open.dossier.code,
                             "Đặng Đình Ưởng",
                             "040085054321",
                             "đường Đặng Thái Thân",
                             "0987654321",
                             "uong.dang@example.vn",
                             "Nội dung yêu cầu giải quyết: Đăng ký thành lập hộ kinh doanh",
                             "Thành phần hồ sơ nộp gồm",
                             "Số lượng hồ sơ: 01 (bộ)",
                             "Thời gian giải quyết theo quy định:",
                             "Thời gian nhận hồ sơ: 10 giờ 00 phút, ngày 20 tháng 8 năm 2026",
                             "Thời gian trả kết quả giải quyết hồ sơ:",
                             "Đăng ký nhận kết quả tại:",
                             "quyển số " + open.dossier.book + "/2026, số thứ tự 1",
                             "NGƯỜI NỘP HỒ SƠ",
                             "NGƯỜI TIẾP NHẬN HỒ SƠ",
                             "Phạm Thị Mỹ Duyên",
                             "Vì sao hẹn trả ngày này",
                             "10:00 thứ Năm 20/08/2026",
                             "Bộ luật Dân sự 2015"}),
            "");
  EXPECT_THAT(probe::text_of(pdf), Not(HasSubstr("Why this date")));
  EXPECT_EQ(pages(pdf), 1);
}

TEST_F(OfficialForm, Form01NamesTheAuthorisedPersonWithHisPaper) {
  Life life("1.001193");
  dossier::File file = dossier::test::filing("1.001193");
  file.applicant.name = "Nguyễn Thị Huế";
  file.applicant.address = "Xóm 3, xã Quỳnh Lưu, tỉnh Nghệ An";
  file.on_behalf_of = owner();
  ASSERT_EQ(life.act(file, receiver()), std::nullopt);
  ASSERT_EQ(life.act(dossier::Receive{}, life.doer()), std::nullopt);
  const std::string pdf = print(office.keep(life), Document::slip);
  sample("mau-01-uy-quyen", pdf);
  EXPECT_EQ(missing_of(pdf, {"Đặng Đình Ưởng", "Người được ủy quyền: Nguyễn Thị Huế",
                             "Xóm 3, xã Quỳnh Lưu", "040085000002", "0912345678", "an@example.vn",
                             "Giấy tờ ủy quyền: "}),
            "");
  EXPECT_EQ(pages(pdf), 1);
  EXPECT_THAT(probe::text_of(pdf), Not(HasSubstr("Giấy tờ ủy quyền: ....")));
}

TEST_F(OfficialForm, Form01ExplainsItselfInEnglishToo) {
  dossier::Person foreigner = owner();
  foreigner.language = "en";
  const OpenDossier english = office.keep(of_owner("1.001193", foreigner), "d1");
  const OpenDossier vietnamese = office.keep(of_owner("1.001193", owner()), "d2");
  const std::string by_person = print(english, Document::slip);
  const std::string by_request = print(vietnamese, Document::slip, calendar::Language::english);
  sample("mau-01-en", by_person);
  for (const std::string& pdf : {by_person, by_request}) {
    EXPECT_EQ(missing_of(pdf, {"Vì sao hẹn trả ngày này", "Why this date",
                               "Received at 10:00 Thursday 20/08/2026", "Due:"}),
              "");
  }
}

TEST_F(OfficialForm, Form01ExplainsALongTermOnTheSamePage) {
  const OpenDossier open = office.keep(received("1.012994"));
  const std::string pdf = print(open, Document::slip);
  sample("mau-01-30-ngay", pdf);
  EXPECT_EQ(missing_of(pdf, {"Tính 30 ngày: từ thứ Sáu 21/08/2026 đến thứ Bảy 19/09/2026",
                             "chuyển sang hết ngày làm việc tiếp theo",
                             "Hạn trả kết quả: 17:30 thứ Hai 21/09/2026"}),
            "");
}

TEST_F(OfficialForm, Form02HasEveryFieldAndItsNumber) {
  Life life = of_owner("1.001193", owner());
  dossier::RequestSupplement request =
      dossier::test::supplement_request("Bản chính Giấy chứng sinh, bản đã nộp bị mờ");
  request.items.push_back({.component = {}, .field = {}, .what = "Văn bản thỏa thuận về quê quán"});
  ASSERT_EQ(life.act(request, receiver()), std::nullopt);
  const std::string pdf = print(office.keep(life), Document::supplement);
  sample("mau-02", pdf);
  EXPECT_EQ(missing_of(pdf, {"PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ", "Số: 1/2026/PBS-TTPVHCC",
                             "Hồ sơ của: Đặng Đình Ưởng", "Nội dung yêu cầu giải quyết",
                             "Địa chỉ: Số 12", "Số điện thoại: 0987654321",
                             "Email: uong.dang@example.vn", "1. Bản chính Giấy chứng sinh",
                             "2. Văn bản thỏa thuận", "Lý do: Bản chụp bị mờ",
                             "liên hệ với Phạm Thị Mỹ Duyên", "0238 3555 123", "NGƯỜI HƯỚNG DẪN"}),
            "");
  EXPECT_EQ(pages(pdf), 1);
}

TEST_F(OfficialForm, Form03HasEveryFieldAndItsNumber) {
  Life life("1.001193");
  dossier::File file = dossier::test::filing("1.001193");
  file.applicant = owner();
  ASSERT_EQ(life.act(file, receiver()), std::nullopt);
  ASSERT_EQ(
      life.act(dossier::Refuse{.reason = "Nội dung đề nghị không thuộc thẩm quyền"}, receiver()),
      std::nullopt);
  const OpenDossier open = office.keep(life);
  const std::string pdf = print(open, Document::refusal);
  sample("mau-03", pdf);
  EXPECT_EQ(
      missing_of(pdf, {"PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ", "Số: 1/2026/PTC-TTPVHCC",
                       "Hồ sơ của: Đặng Đình Ưởng", "040085054321", "Địa chỉ: Số 12", "0987654321",
                       "uong.dang@example.vn", open.dossier.code, "Nội dung yêu cầu giải quyết",
                       "lý do cụ thể", "Nội dung đề nghị không thuộc thẩm quyền", "NGƯỜI NỘP HỒ SƠ",
                       "NGƯỜI TIẾP NHẬN HỒ SƠ", "Phạm Thị Mỹ Duyên"}),
      "");
  EXPECT_EQ(pages(pdf), 1);
}

TEST_F(OfficialForm, Form04IsADraftUntilItIsSigned) {
  Life life = of_owner("1.001612", owner());
  const calendar::Date new_day = calendar::test::on("2026-09-07");
  ASSERT_EQ(life.act(dossier::DraftApology{.reason = "Phải xác minh thêm tại cơ quan thuế",
                                           .new_due_on = new_day},
                     life.doer()),
            std::nullopt);
  const std::string draft = print(office.keep(life), Document::apology);
  sample("mau-04-du-thao", draft);
  EXPECT_EQ(missing_of(draft, {"DỰ THẢO", "chưa ký, chưa có số", "............/PXL",
                               "Phải xác minh thêm tại cơ quan thuế"}),
            "");
  EXPECT_THAT(probe::text_of(draft), Not(HasSubstr("1/2026/PXL")));
  EXPECT_THAT(probe::text_of(draft), Not(HasSubstr("Lê Quang Vịnh")));

  ASSERT_EQ(life.act(dossier::SignApology{.reason = {}, .new_due_on = {}, .position = "Chủ tịch"},
                     chairman()),
            std::nullopt);
  const OpenDossier open = office.keep(life);
  const std::string pdf = print(open, Document::apology);
  sample("mau-04", pdf);
  EXPECT_EQ(missing_of(pdf, {"PHIẾU XIN LỖI", "GIA HẠN THỜI GIAN GIẢI QUYẾT HỒ SƠ",
                             "Số: 1/2026/PXL", "Ủy ban nhân dân phường Thành Vinh",
                             "Kính gửi: Đặng Đình Ưởng", "040085054321", open.dossier.code,
                             "Thời gian tiếp nhận: 10 giờ 00 phút, ngày 20 tháng 8 năm 2026",
                             "Tên thủ tục hành chính: ", "Thời gian hẹn trả kết quả: ",
                             "Phải xác minh thêm tại cơ quan thuế", "xin lỗi ông (bà)/tổ chức",
                             "Thời gian trả kết quả mới: 17 giờ 30 phút, ngày 07 tháng 9 năm 2026",
                             "CHỦ TỊCH", "Lê Quang Vịnh"}),
            "");
  EXPECT_EQ(pages(pdf), 1);
  EXPECT_THAT(probe::text_of(pdf), Not(HasSubstr("DỰ THẢO")));
  EXPECT_THAT(probe::text_of(pdf), Not(HasSubstr("quá hạn")));
  // The receipt says the new date, and why.
  EXPECT_EQ(missing_of(print(open, Document::slip),
                       {"ngày 07 tháng 9 năm 2026", "Gia hạn theo Phiếu xin lỗi số 1/2026/PXL"}),
            "");
}

TEST_F(OfficialForm, Form04SignedTooLateSaysThatTheDossierStaysLate) {
  Life life = of_owner("1.001612", owner());
  life.wait_until("2026-08-28T09:00:00+07:00");
  ASSERT_GT(life.now(), *life.state().due_at);
  ASSERT_EQ(life.act(dossier::SignApology{.reason = "Hệ thống đăng ký gián đoạn",
                                          .new_due_on = calendar::test::on("2026-09-07"),
                                          .position = {}},
                     chairman()),
            std::nullopt);
  const OpenDossier open = office.keep(life);
  EXPECT_EQ(missing_of(print(open, Document::apology), {"được ghi nhận là quá hạn", "CHỦ TỊCH"}),
            "");
  EXPECT_EQ(missing_of(print(open, Document::slip),
                       {"ngày 07 tháng 9 năm 2026", "Hẹn lại theo Phiếu xin lỗi số 1/2026/PXL"}),
            "");
}

TEST_F(OfficialForm, Form05HasItsDataAndSaysThatTheLayoutIsOurs) {
  Life life = of_owner("1.001612", owner());
  ASSERT_EQ(life.pay_all(), std::nullopt);
  ASSERT_EQ(
      life.act(dossier::Withdraw{.reason = "Không còn nhu cầu đăng ký"}, dossier::test::citizen()),
      std::nullopt);
  const OpenDossier open = office.keep(life);
  const std::string pdf = print(open, Document::stop);
  sample("mau-05", pdf);
  EXPECT_EQ(
      missing_of(pdf,
                 {"THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ", "Số: 1/2026/TB-TTPVHCC",
                  "Kính gửi: Đặng Đình Ưởng", "040085054321", open.dossier.code, "Thời điểm dừng:",
                  "Giai đoạn khi dừng:", "Người đề nghị: Nguyễn Văn An (người nộp hồ sơ)",
                  "Lý do: Không còn nhu cầu đăng ký", "Quyết định: Cho rút hồ sơ",
                  "Tình trạng phí, lệ phí: Đã nộp 100.000 đồng", "Văn bản mẫu chưa công bố"}),
      "");
  EXPECT_EQ(pages(pdf), 1);
}

TEST_F(OfficialForm, CarriesACodeThatOpensTheDossier) {
  Life life = of_owner("1.001612", owner());
  ASSERT_EQ(life.act(dossier::DraftApology{.reason = "Phải xác minh thêm",
                                           .new_due_on = calendar::test::on("2026-09-07")},
                     life.doer()),
            std::nullopt);
  const OpenDossier draft = office.keep(life, "d1");
  ASSERT_EQ(life.act(dossier::test::supplement_request(), receiver()), std::nullopt);
  ASSERT_EQ(life.act(dossier::Stop{.reason = "Tên trùng"}, chairman()), std::nullopt);
  const OpenDossier stopped = office.keep(life, "d2");
  Life second = dossier::test::filed("1.001612");
  ASSERT_EQ(second.act(dossier::Refuse{.reason = "Không thuộc thẩm quyền"}, receiver()),
            std::nullopt);
  const OpenDossier refused = office.keep(second, "d3");
  const std::vector<std::pair<const OpenDossier*, Document>> forms{
      {&stopped, Document::slip},    {&stopped, Document::supplement},
      {&refused, Document::refusal}, {&draft, Document::apology},
      {&stopped, Document::stop},    {&stopped, Document::control_slip}};
  for (const auto& [open, document] : forms) {
    SCOPED_TRACE(to_text(document));
    const std::string qr = probe::read_qr(print(*open, document));
    if (qr == "unavailable") GTEST_SKIP() << "ZXingReader is not installed";
    EXPECT_THAT(qr, HasSubstr(casework::tracking_link(*office.workplace, *open)));
  }
}

TEST_F(OfficialForm, OlderEventsWithoutANumberKeepTheDottedLine) {
  Life life = received("1.001193");
  life.happen(
      {.event = dossier::SupplementRequested{.items = {{.component = {}, .field = {}, .what = "x"}},
                                             .reason = "y",
                                             .repeat_reason = {}}},
      receiver());
  EXPECT_EQ(missing_of(print(office.keep(life), Document::supplement), {"Số: ............/PBS"}),
            "");
}

TEST_F(OfficialForm, Form06TellsEveryHandOverFromTheEvents) {
  Life life = of_owner("1.001612", owner());
  life.wait_until("2026-08-20T15:20:00+07:00");
  ASSERT_EQ(life.act(dossier::SendBack{.activity = life.task().activity,
                                       .reason = "Thiếu bản chụp giấy tờ"},
                     life.doer()),
            std::nullopt);
  life.wait_until("2026-08-21T08:05:00+07:00");
  ASSERT_EQ(life.act(dossier::Receive{}, life.doer()), std::nullopt);
  ASSERT_EQ(
      life.act(
          dossier::RequestSupplement{.items = {{.component = {}, .field = {}, .what = "Hợp đồng"}},
                                     .reason = "Chưa có chữ ký của chủ hộ",
                                     .repeat_reason = {},
                                     .by_supervisor = false},
          receiver()),
      std::nullopt);
  life.wait_until("2026-08-24T09:10:00+07:00");
  dossier::Supplement supplement;
  supplement.note = "Đã ký";
  ASSERT_EQ(life.act(supplement, receiver()), std::nullopt);
  ASSERT_EQ(life.act(dossier::PauseClock{.cause = calendar::PauseReason::financial_obligation,
                                         .basis = "Luật Phí và lệ phí, điều 4",
                                         .note = "chờ nộp lệ phí",
                                         .expected_until = calendar::test::on("2026-08-28")},
                     chairman()),
            std::nullopt);
  life.wait_until("2026-08-25T10:00:00+07:00");
  ASSERT_EQ(life.act(dossier::ResumeClock{.note = {}}, chairman()), std::nullopt);
  life.wait_until("2026-09-10T16:00:00+07:00");
  ASSERT_EQ(life.pay_all(), std::nullopt);
  life.go_to(StepAction::return_result);
  const OpenDossier under_way = office.keep(life);
  const std::string before = print(under_way, Document::control_slip);
  EXPECT_EQ(missing_of(before, {"Đang thực hiện"}), "");
  life.wait_until("2026-09-11T09:30:00+07:00");
  ASSERT_EQ(life.act(dossier::ReturnResult{.activity = life.task().activity,
                                           .method = "counter",
                                           .received_by = "Đặng Đình Ưởng",
                                           .note = {}},
                     life.doer()),
            std::nullopt);
  const OpenDossier open = office.keep(life);
  const std::string pdf = print(open, Document::control_slip);
  sample("mau-06", pdf);
  EXPECT_EQ(missing_of(pdf, {"PHIẾU KIỂM SOÁT",
                             "Số: 1/2026/PKS-TTPVHCC",
                             "Mã hồ sơ: " + open.dossier.code,
                             "Cơ quan giải quyết: Ủy ban nhân dân phường Thành Vinh",
                             "Cơ quan phối hợp: Không có",
                             "Thời gian nhận hồ sơ: 10 giờ 00 phút, ngày 20 tháng 8 năm 2026",
                             "Thời gian hẹn trả kết quả: ",
                             "Tên đơn vị giao",

                             "Người giao, người nhận",
                             "Kết quả",
                             "Ghi chú",
                             "15 giờ 20 phút, 20/08/2026",
                             "Trả lại: Thiếu bản chụp giấy tờ",
                             "Quá hạn",
                             "Giao: Phạm Thị Mỹ Duyên",
                             "số 1/2026/PBS-TTPVHCC",
                             "Chưa có chữ ký của chủ hộ",
                             "Đã bổ sung lúc 09:10 ngày 24/08/2026",
                             "thời hạn tính lại từ đầu",
                             "chờ thực hiện nghĩa vụ tài chính",
                             "điều 4: chờ nộp lệ phí",
                             "Tính tiếp từ 10:00",
                             "Người nhận kết quả",
                             "Nhận: Đặng Đình Ưởng",
                             "Trước hạn",
                             "Lập tự động từ nhật ký hồ sơ",
                             "trang 1/"}),
            "");
  // Whoever prints it again gets the same rows: they come from nowhere but the events.
  EXPECT_EQ(pdf, print(open, Document::control_slip));
  EXPECT_THAT(probe::text_of(pdf), Not(HasSubstr("Đang thực hiện")));
}

TEST_F(OfficialForm, Form06NamesThePartnersOfAProvincialDossier) {
  Life life = received("1.012994");
  life.go_to(StepAction::return_result);
  const std::string pdf = print(office.keep(life), Document::control_slip);
  sample("mau-06-tinh", pdf);
  EXPECT_EQ(missing_of(pdf, {"Cơ quan phối hợp: Ủy ban nhân dân tỉnh Nghệ An", "Cán bộ do-decide"}),
            "");
}

TEST_F(OfficialForm, LongAndDecomposedValuesOverflowNoForm) {
  dossier::Person person = owner();
  // "Nguyễn Thị Huế" with combining marks, and names longer than a line.
  person.name = "Nguye\u0302\u0303n Thi\u0323 Hue\u0302\u0301 " + std::string(180, 'W');
  person.address = "Xo\u0301m " + std::string(300, 'x') + " cuối địa chỉ";
  person.email = std::string(120, 'e') + "@example.vn";
  Life life = of_owner("1.001612", person);
  dossier::RequestSupplement request =
      dossier::test::supplement_request(std::string(2'000, 'y') + " hết mục");
  request.reason = "Ly\u0301 do " + std::string(3'000, 'z') + " hết lý do";
  ASSERT_EQ(life.act(request, receiver()), std::nullopt);
  OpenDossier open = office.keep(life);
  for (const Document document : {Document::slip, Document::supplement, Document::control_slip}) {
    SCOPED_TRACE(to_text(document));
    const std::string pdf = print(open, document);
    std::vector<std::string> wanted{"trang"};
    if (document != Document::control_slip) {
      wanted = {"Nguyễn Thị Huế", "Xóm", "cuối địa chỉ", "@example.vn"};
    }
    if (document == Document::supplement) wanted.insert(wanted.end(), {"hết mục", "hết lý do"});
    if (document == Document::control_slip) wanted.insert(wanted.end(), {"Lý do", "hết lý do"});
    EXPECT_EQ(missing_of(pdf, wanted), "");
  }
  ASSERT_EQ(life.act(dossier::Stop{.reason = std::string(5'000, 'k') + " hết"}, chairman()),
            std::nullopt);
  open = office.keep(life);
  EXPECT_EQ(missing_of(print(open, Document::stop), {"hết", "cuối địa chỉ", "Nguyễn Thị Huế"})
                .find("hết"),
            std::string::npos);
}

class FollowUpBookForm : public OfficialForm {
 protected:
  FollowUpBookForm() {
    officer.agency = *party::AgencyId::parse("H41.101.01");
    officer.roles = {party::Role::reception};
  }
  // Under the number that the book gave it.
  void keep(const std::string& id, const std::string& number, Life life) {
    OpenDossier open = office.keep(life, id);
    open.dossier.book_number = number;
    open.dossier.code = "H41.101.01-260820-" + std::string(4 - number.size(), '0') + number;
    office.store.dossiers[id].row.code = open.dossier.code;
    office.store.dossiers[id].row.digest = open.procedure->digest;
    office.store.dossiers[id].state = dossier::state_text(*open.procedure, open.dossier);
  }
  std::string pdf_of() {
    auto answer = casework::follow_up_book_pdf(*office.workplace, officer, query);
    EXPECT_TRUE(answer) << (answer ? "" : answer.error().detail.en);
    return answer ? std::move(answer).value() : std::string{};
  }
  casework::FollowUpQuery query{.agency = {},
                                .book = dossier::test::shipped("1.001193").field.vi,
                                .year = "2026",
                                .from = {},
                                .to = {},
                                .cursor = {}};
  party::Officer officer{.id = {"clerk"}, .agency = *party::AgencyId::parse("H41.101.01")};
};

TEST_F(FollowUpBookForm, Form07HasAllElevenColumnsOnA4Landscape) {
  Life done = of_owner("1.001193", owner());
  done.go_to(StepAction::return_result);
  ASSERT_EQ(done.act(dossier::ReturnResult{.activity = done.task().activity,
                                           .method = "counter",
                                           .received_by = "Đặng Đình Ưởng",
                                           .note = {}},
                     done.doer()),
            std::nullopt);
  keep("a", "1", done);
  keep("b", "2", of_owner("1.004873", owner()));
  Life paused = received("1.001193");
  ASSERT_EQ(paused.act(dossier::test::supplement_request(), receiver()), std::nullopt);
  keep("c", "3", paused);
  Life withdrawn = received("1.001193");
  ASSERT_EQ(withdrawn.act(dossier::Withdraw{.reason = "Đổi ý"}, dossier::test::citizen()),
            std::nullopt);
  keep("d", "4", withdrawn);
  keep("other", "1", received("1.001612"));
  for (int i = 5; i < 40; ++i) {
    keep("e" + std::to_string(i), std::to_string(i), of_owner("1.001193", owner()));
  }
  const std::string pdf = pdf_of();
  sample("mau-07", pdf);
  expect_sound(pdf, 841.9, 595.3);
  const int count = pages(pdf);
  EXPECT_GE(count, 2);
  EXPECT_EQ(missing_of(pdf, {"SỔ THEO DÕI HỒ SƠ",
                             "Số: 2026/STD-TTPVHCC",
                             "Quyển: " + query.book + ", năm 2026",
                             "39 hồ sơ",
                             "STT",
                             "Mã hồ sơ",
                             "Tên thủ tục hành chính",
                             "Tổ chức, cá nhân",
                             "Địa chỉ, số điện thoại",
                             "Cơ quan chủ trì giải quyết",
                             "Nhận hồ sơ",
                             "Hẹn trả kết quả",
                             "Trả kết quả",
                             "Phương thức nhận",
                             "Ký nhận",
                             "(11)",
                             "Đặng Đình Ưởng",
                             "0987654321",
                             "Ủy ban nhân dân phường Thành Vinh",
                             "Đang tạm dừng",
                             "Rút hồ sơ",
                             "Trực tiếp",
                             "trang 1/" + std::to_string(count),
                             "trang " + std::to_string(count) + "/" + std::to_string(count)}),
            "");
  // The head of the table stands on every page.
  const std::string text = probe::text_without_spaces(pdf);
  std::size_t heads = 0;
  for (std::size_t at = text.find("(11)"); at != std::string::npos;
       at = text.find("(11)", at + 1)) {
    ++heads;
  }
  EXPECT_EQ(heads, static_cast<std::size_t>(count));
}

TEST_F(FollowUpBookForm, Form07WithoutDossiersSaysSo) {
  EXPECT_EQ(missing_of(pdf_of(), {"Không có hồ sơ nào trong kỳ này"}), "");
}

TEST_F(FollowUpBookForm, RefusesMoreThanAFileHoldsAndSaysWhatToDo) {
  keep("a", "1", of_owner("1.001193", owner()));
  const casework::LoadedDossier one = office.store.dossiers["a"];
  for (std::size_t i = 0; i < casework::kFollowUpRowsMax; ++i) {
    casework::LoadedDossier copy = one;
    copy.row.id = "b" + std::to_string(i);
    office.store.dossiers.emplace(copy.row.id, std::move(copy));
  }
  for (const auto& refused : {casework::follow_up_book_pdf(*office.workplace, officer, query),
                              casework::follow_up_book_xlsx(*office.workplace, officer, query)}) {
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "too-many-rows");
    EXPECT_THAT(refused.error().detail.vi, HasSubstr("chọn kỳ ngắn hơn"));
    EXPECT_THAT(refused.error().detail.en, HasSubstr("Choose a shorter one"));
  }
}

TEST_F(FollowUpBookForm, SpreadsheetHoldsRealDatesAndNoFormula) {
  dossier::Person person = owner();
  person.name = "=HYPERLINK(\"http://x\")";
  keep("a", "1", of_owner("1.001193", person));
  const auto xlsx = casework::follow_up_book_xlsx(*office.workplace, officer, query);
  ASSERT_TRUE(xlsx);
  const probe::TemporaryFile file(*xlsx, ".xlsx");
  std::string sheet;
  ASSERT_EQ(probe::run("unzip -p " + file.path() + " xl/worksheets/sheet1.xml", sheet), 0);
  EXPECT_THAT(sheet, Not(HasSubstr("<f>")));
  // 10:00 on 20/8/2026 in Vietnam.
  EXPECT_THAT(sheet, HasSubstr("46254.41666"));
  EXPECT_THAT(sheet, HasSubstr("'=HYPERLINK"));
}

}  // namespace
}  // namespace documents
