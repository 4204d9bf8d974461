// dossier_documents_test.cpp - from a dossier's history to the PDF that a person holds.
#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "casework/printed_text.h"
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
using testing::HasSubstr;

TemplatePrinter shipped_printer() {
  auto loaded = load_templates(PROJECT_ROOT "/data/templates");
  EXPECT_TRUE(loaded.has_value());
  return TemplatePrinter(loaded ? std::move(loaded).value() : TemplateSet{});
}

class DossierDocument : public testing::Test {
 protected:
  std::string pdf_of(const OpenDossier& open, Document document) {
    auto printed = casework::print_document(*office.workplace, open, document);
    EXPECT_TRUE(printed) << (printed ? "" : printed.error().detail.en);
    if (!printed) return {};
    EXPECT_EQ(probe::qpdf_check(printed->bytes), 0);
    EXPECT_TRUE(probe::all_fonts_are_embedded(printed->bytes));
    return std::move(printed)->bytes;
  }
  static void expect_text(const std::string& pdf, const std::vector<std::string>& wanted) {
    const std::string text = probe::text_without_spaces(pdf);
    for (const std::string& each : wanted) {
      EXPECT_THAT(text, HasSubstr(probe::without_spaces(each)));
    }
  }

  TemplatePrinter printer = shipped_printer();
  casework::test::TestOffice office{printer};
};

TEST_F(DossierDocument, SlipFitsOneSheetAndItsCodeOpensTheDossier) {
  const OpenDossier open = office.keep(received("1.001193"));
  const std::string pdf = pdf_of(open, Document::slip);
  EXPECT_EQ(probe::info_of(pdf).pages, 1);
  expect_text(pdf, {open.dossier.code, open.dossier.slip_number, "Nguyễn Văn An", "040085000002",
                    "Trung tâm Phục vụ hành chính công phường Thành Vinh", "10 giờ 00 phút",
                    "Cán bộ do-receive"});
  const std::string qr = probe::read_qr(pdf);
  if (qr != "unavailable") {
    EXPECT_THAT(qr, HasSubstr(casework::tracking_link(*office.workplace, open)));
  }
}

TEST_F(DossierDocument, FilingShowsEveryAnswerOfEveryProcedure) {
  for (const char* code : procedure::kShipped) {
    SCOPED_TRACE(code);
    const OpenDossier open = office.keep(received(code));
    std::vector<std::string> wanted{open.procedure->name.vi, open.dossier.code};
    const auto& organisation = casework::test::shipped_organisation();
    for (const auto& page : open.procedure->form.pages) {
      for (const auto& field : page.fields) {
        const auto* answer = open.dossier.answers.if_contains(field.id);
        if (answer == nullptr) continue;
        const std::string shown = casework::printed_answer(field, *answer, organisation);
        if (!shown.empty()) wanted.push_back(shown);
      }
    }
    EXPECT_GE(wanted.size(), 6U);
    expect_text(pdf_of(open, Document::filing), wanted);
  }
}

TEST_F(DossierDocument, ResultsAreFullOfTheRealAnswers) {
  const std::vector<std::pair<const char*, std::vector<std::string>>> all{
      {"1.001193",
       {"GIẤY KHAI SINH", "NGUYỄN ĐỨC BÌNH", "10/08/2026", "Ngày mùng mười tháng tám", "Nam",
        "Bệnh viện Sản Nhi Nghệ An", "Trần Thị Đào", "1990", "Nguyễn Văn An", "1985",
        "Cán bộ do-sign", "CHỦ TỊCH", "Thành Vinh"}},
      {"1.004873",
       {"XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", "Lê Thị Hồng", "02/03/1995", "Nữ", "040195000003",
        "Xóm 3, Nghệ An", "Chưa đăng ký kết hôn với ai", "Bổ sung hồ sơ"}},
      {"2.000815", {"Bằng tốt nghiệp", "Nguyễn Văn An", "01/2026-SCT/BS", "02"}},
      {"1.001612",
       {"HỘ KINH DOANH TẠP HÓA HÙNG", "Số 1 đường Lê Lợi, phường Thành Vinh", "Bán lẻ tạp hóa",
        "4711", "50.000.000 đồng", "Năm mươi triệu đồng", "Hồ Sỹ Hùng", "01/01/1988",
        "040088000004"}},
      {"1.012994",
       {"Công ty Đất Việt", "0100109106", "Khu đô thị Bắc Vinh", "12/QĐ-UBND", "700.000.000",
        "900.000.000 đồng", "Chín trăm triệu đồng", "CHỦ TỊCH"}},
      {"1.000894",
       {"GIẤY CHỨNG NHẬN KẾT HÔN", "TRẦN THỊ NGỌC ÁNH", "12/04/1999", "VI VĂN KHỞI", "30/09/1996",
        "Bản Na Kho, phường Thành Vinh", "040096000006"}},
      {"1.013225",
       {"GIẤY PHÉP XÂY DỰNG", "ĐẶNG ĐÌNH ƯỞNG", "040085054321", "Nhà ở riêng lẻ", "150", "270",
        "11,5", "Công ty Kiến trúc Sông Lam", "1/2026/GPXD"}},
      {"2.001263",
       {"NUÔI CON NUÔI TRONG NƯỚC", "NGUYỄN MINH CHÂU", "14/05/2021", "Hồ Thị Thanh Hương",
        "Phan Đình Lực", "040084011223"}},
      {"1.004222",
       {"HOÀNG THỊ NGỌC QUỲNH", "Số 15, đường Lê Lợi, phường Thành Vinh", "CÔNG AN PHƯỜNG",
        "Chủ hộ", "Phan Hoàng Minh", "040224000789"}},
      {"3.000722", {"GIẤY KHAI SINH", "NGUYỄN ĐỨC BÌNH", "10/08/2026", "Trần Thị Đào"}},
  };
  for (const auto& [code, wanted] : all) {
    SCOPED_TRACE(code);
    Life life = received(code);
    life.go_to(procedure::StepAction::return_result);
    const OpenDossier open = office.keep(life);
    const std::string pdf = pdf_of(open, Document::result);
    expect_text(pdf, wanted);
    EXPECT_LE(probe::info_of(pdf).pages, 2);
    // The same dossier prints the same bytes.
    EXPECT_EQ(pdf, pdf_of(open, Document::result));
    if (const char* folder = std::getenv("MOTCUA_SAMPLES")) {
      std::ofstream(std::string{folder} + "/" + code + ".pdf", std::ios::binary) << pdf;
    }
  }
}

TEST_F(DossierDocument, GenericResultListsTheAnswers) {
  Life life = received("1.001612");
  life.go_to(procedure::StepAction::return_result);
  OpenDossier open = office.keep(life);
  procedure::Procedure bare = *open.procedure;
  bare.result_layouts.clear();
  open.procedure = std::make_shared<const procedure::Procedure>(bare);
  const std::string pdf = pdf_of(open, Document::result);
  expect_text(pdf, {"GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH", "Tạp hóa Hùng", "Mã ngành: 4711",
                    "mẫu ví dụ của hệ thống"});
  if (const char* folder = std::getenv("MOTCUA_SAMPLES")) {
    std::ofstream(std::string{folder} + "/ket-qua.pdf", std::ios::binary) << pdf;
  }
}

TEST_F(DossierDocument, NoticesAndReceiptsPrint) {
  Life life = received("1.001612");
  ASSERT_EQ(life.pay_all(), std::nullopt);
  ASSERT_EQ(life.act(dossier::test::supplement_request(),
                     dossier::test::officer("do-receive", "H41.101.01")),
            std::nullopt);
  OpenDossier open = office.keep(life);
  expect_text(pdf_of(open, Document::supplement),
              {"Nộp lại giấy chứng sinh", "Bản chụp bị mờ", "PBS-TTPVHCC"});
  expect_text(pdf_of(open, Document::payment),
              {life.state().payments.at(0).receipt, "100.000 đồng", "Một trăm nghìn đồng"});
  ASSERT_EQ(life.act(dossier::Withdraw{.reason = "Đổi ý định"}, dossier::test::citizen()),
            std::nullopt);
  open = office.keep(life);
  expect_text(pdf_of(open, Document::stop), {"Đổi ý định", "TB-TTPVHCC"});
  Life refused = dossier::test::filed("1.001612");
  ASSERT_EQ(refused.act(dossier::Refuse{.reason = "Không thuộc thẩm quyền"},
                        dossier::test::officer("do-receive", "H41.101.01")),
            std::nullopt);
  expect_text(pdf_of(office.keep(refused), Document::refusal), {"Không thuộc thẩm quyền"});
}

TEST(TemplatePrinter, SaysWhichTemplateIsMissing) {
  TemplatePrinter printer = shipped_printer();
  const auto on = *calendar::parse_date("2026-08-20");
  const auto missing = printer.print("mau-99", on, base::json::object{});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, base::FaultCode::not_found);
  EXPECT_THAT(missing.error().message, HasSubstr("mau-99"));
  const auto early = printer.print("mau-01", *calendar::parse_date("2020-01-01"), {});
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().code, base::FaultCode::not_found);
  const auto no_object = printer.print("mau-01", on, base::json::array{});
  ASSERT_FALSE(no_object);
  EXPECT_EQ(no_object.error().code, base::FaultCode::invalid);
}

TEST(TemplatePrinter, DrawsQrCodesForPages) {
  TemplatePrinter printer = shipped_printer();
  const auto svg = printer.qr_svg("https://motcua.example/theo-doi#A.B", "Mã <tra cứu>");
  ASSERT_TRUE(svg);
  EXPECT_THAT(*svg, HasSubstr("<svg"));
  EXPECT_THAT(*svg, HasSubstr("&lt;tra cứu"));
  EXPECT_FALSE(printer.qr_svg("", "nothing"));
  EXPECT_FALSE(printer.qr_svg(std::string(1001, 'x'), "too much"));
}

}  // namespace
}  // namespace documents
