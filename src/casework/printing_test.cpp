#include "casework/printing.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "casework/printed_text.h"
#include "casework/test_history.h"

namespace casework {
namespace {

using dossier::test::filed;
using dossier::test::Life;
using dossier::test::received;
using test::TestOffice;
using testing::HasSubstr;
using testing::Not;

class Printing : public testing::Test {
 protected:
  std::string text(const std::string& pointer) const {
    boost::system::error_code error;
    const auto* found = printer.fields.find_pointer(pointer, error);
    if (found == nullptr) return {};
    return found->is_string() ? std::string{found->get_string()} : base::to_text(*found);
  }
  // The printed context as one text, for looking whether something is in it.
  std::string all() const { return base::to_text(printer.fields); }

  PrintedDocument printed(const OpenDossier& open, Document document,
                          const std::string& receipt = {}) {
    auto answer = print_document(*office.workplace, open, document, receipt);
    EXPECT_TRUE(answer) << (answer ? "" : answer.error().detail.en);
    return answer ? std::move(answer).value() : PrintedDocument{};
  }
  Failure refused(const OpenDossier& open, Document document, const std::string& receipt = {}) {
    auto answer = print_document(*office.workplace, open, document, receipt);
    EXPECT_FALSE(answer);
    return answer ? Failure{} : std::move(answer).error();
  }

  test::TellingPrinter printer;
  TestOffice office{printer};
};

TEST_F(Printing, SlipSaysWhatWasTakenInAndWhenItIsDue) {
  const OpenDossier open = office.keep(received("1.001193"));
  const PrintedDocument slip = printed(open, Document::slip);
  EXPECT_EQ(slip.bytes, "%PDF-mau-01");
  EXPECT_EQ(slip.file_name, "giay-hen-" + open.dossier.code + ".pdf");
  EXPECT_EQ(slip.media_type, "application/pdf");
  EXPECT_EQ(calendar::to_iso(printer.on), "2026-08-20");
  EXPECT_EQ(text("/number"), open.dossier.slip_number);
  EXPECT_EQ(text("/agency/name"), "Trung tâm Phục vụ hành chính công phường Thành Vinh");
  EXPECT_EQ(text("/agency/parent"), "UBND phường Thành Vinh");
  EXPECT_EQ(text("/agency/place"), "Thành Vinh");
  EXPECT_EQ(text("/applicant/name"), "Nguyễn Văn An");
  EXPECT_EQ(text("/applicant/id_number"), "040085000002");
  EXPECT_EQ(text("/dossier/received_at"), "2026-08-20T10:00:00+07:00");
  EXPECT_EQ(text("/dossier/due_at"), calendar::to_iso(*open.dossier.due_at));
  EXPECT_EQ(text("/dossier/components/0/name"), "Tờ khai (bản điện tử)");
  EXPECT_THAT(text("/dossier/components"), HasSubstr("1 tệp điện tử"));
  EXPECT_FALSE(text("/dossier/time_limit").empty());
  EXPECT_THAT(text("/dossier/delivery"), HasSubstr("nhận trực tiếp"));
  EXPECT_EQ(text("/signers/receiver"), "Cán bộ do-receive");
  EXPECT_EQ(text("/tracking/url"), "motcua.nghean.example/theo-doi");
  EXPECT_EQ(text("/qr"), receipt_link(*office.workplace, open));
}

TEST_F(Printing, CoversNumbersAnswersAndTheSecretForWhoeverHasNoPartInIt) {
  const OpenDossier open = office.keep(received("1.001193"));
  const std::string number = "040085000002";
  std::string secret = office.workplace->secrets.of_dossier(open.id);
  secret.insert(5, "-");
  for (const Document document : {Document::slip, Document::filing, Document::control_slip}) {
    const auto whole = document_context(*office.workplace, open, document);
    const auto covered = document_context(*office.workplace, open, document, {},
                                          calendar::Language::vietnamese, PrintedSight::covered);
    ASSERT_TRUE(whole && covered);
    const std::string text = base::to_text(base::json::value(covered->fields));
    EXPECT_THAT(text, Not(HasSubstr(number))) << to_text(document);
    EXPECT_THAT(text, Not(HasSubstr(secret))) << to_text(document);
    EXPECT_THAT(text, Not(HasSubstr(office.workplace->secrets.of_dossier(open.id))));
    EXPECT_THAT(text, HasSubstr(open.dossier.code));
    if (document == Document::control_slip) continue;
    EXPECT_THAT(base::to_text(base::json::value(whole->fields)), HasSubstr(number));
  }
  EXPECT_EQ(open.dossier.applicant.personal_id, number) << "the dossier itself stays as it is";
}

TEST_F(Printing, CoveredFilingsOfEveryProcedureCanBePrinted) {
  for (const char* code : procedure::kShipped) {
    const OpenDossier open = office.keep(filed(code));
    const auto covered = document_context(*office.workplace, open, Document::filing, {},
                                          calendar::Language::vietnamese, PrintedSight::covered);
    ASSERT_TRUE(covered) << code;
    const std::string text = base::to_text(base::json::value(covered->fields));
    const std::string& number = open.dossier.applicant.personal_id;
    EXPECT_THAT(text, Not(HasSubstr(number.empty() ? "040085000002" : number))) << code;
  }
}

TEST_F(Printing, SlipNamesDataThatReplacePapersAndTheAuthorisedPerson) {
  Life life("1.001193");
  dossier::File file = dossier::test::filing("1.001193");
  file.attachments.clear();
  file.shown_components.clear();
  file.attachments.push_back(dossier::test::paper("birth_paper"));
  file.on_behalf_of = dossier::Person{.name = "Trần Thị Đào",
                                      .personal_id = "040190000001",
                                      .tax_code = {},
                                      .phone = {},
                                      .email = {},
                                      .address = "Xóm 1",
                                      .language = {}};
  ASSERT_EQ(life.act(file, dossier::test::officer("do-receive", "H41.101.01")), std::nullopt);
  ASSERT_EQ(life.act(dossier::Receive{}, life.doer()), std::nullopt);
  const OpenDossier open = office.keep(life);
  printed(open, Document::slip);
  EXPECT_EQ(text("/applicant/name"), "Trần Thị Đào");
  EXPECT_EQ(text("/authorised/name"), "Nguyễn Văn An");
  EXPECT_THAT(text("/dossier/components"), HasSubstr("thay bằng dữ liệu"));
}

TEST_F(Printing, SlipBeforeReceptionIsRefusedWithWhatToDo) {
  const Failure failure = refused(office.keep(filed("1.001193")), Document::slip);
  EXPECT_EQ(failure.kind, FailureKind::not_allowed_now);
  EXPECT_EQ(failure.code, "document-not-there-yet");
  EXPECT_THAT(failure.detail.vi, HasSubstr("Tiếp nhận hồ sơ trước"));
  EXPECT_THAT(failure.detail.en, HasSubstr("Receive it first"));
  EXPECT_EQ(refused(office.keep(filed("1.001193")), Document::control_slip).code,
            "document-not-there-yet");
}

TEST_F(Printing, WhatHasNotHappenedHasNoDocument) {
  const OpenDossier open = office.keep(received("2.000815"));
  for (const Document document : {Document::supplement, Document::refusal, Document::apology,
                                  Document::stop, Document::payment, Document::result}) {
    SCOPED_TRACE(to_text(document));
    const Failure failure = refused(open, document);
    EXPECT_EQ(failure.kind, FailureKind::not_allowed_now);
    EXPECT_FALSE(failure.detail.vi.empty());
    EXPECT_FALSE(failure.detail.en.empty());
  }
}

TEST_F(Printing, SupplementListsWhatIsAskedAndWhomToCall) {
  office.add_officer("do-receive", "Công chức", "H41.101.01", "0238 3555 123");
  office.reload();
  Life life = received("1.001193");
  dossier::RequestSupplement request = dossier::test::supplement_request("bản rõ hơn");
  request.items[0].component = "birth_paper";
  ASSERT_EQ(life.act(request, dossier::test::officer("do-receive", "H41.101.01")), std::nullopt);
  const OpenDossier open = office.keep(life);
  printed(open, Document::supplement);
  EXPECT_EQ(printer.template_id, "mau-02");
  EXPECT_THAT(text("/supplement/items/0"), HasSubstr(": bản rõ hơn"));
  EXPECT_EQ(text("/supplement/reason"), "Bản chụp bị mờ");
  EXPECT_EQ(text("/contact/phone"), "0238 3555 123");
  // The slip still says what was promised, although the clock stands.
  printed(open, Document::slip);
  EXPECT_FALSE(text("/dossier/due_at").empty());
}

TEST_F(Printing, RefusalSaysWhyAndByWhom) {
  Life life = filed("1.001193");
  ASSERT_EQ(life.act(dossier::Refuse{.reason = "Không thuộc thẩm quyền"},
                     dossier::test::officer("do-receive", "H41.101.01")),
            std::nullopt);
  printed(office.keep(life), Document::refusal);
  EXPECT_EQ(printer.template_id, "mau-03");
  EXPECT_EQ(text("/refusal/reason"), "Không thuộc thẩm quyền");
  EXPECT_EQ(text("/signers/receiver"), "Cán bộ do-receive");
}

TEST_F(Printing, StopIsPrintedForStoppedAndForWithdrawn) {
  Life stopped = received("1.001612");
  ASSERT_EQ(stopped.pay_all(), std::nullopt);
  ASSERT_EQ(stopped.act(dossier::Stop{.reason = "Tên trùng"},
                        dossier::test::officer("do-sign", "H41.101")),
            std::nullopt);
  printed(office.keep(stopped), Document::stop);
  EXPECT_EQ(printer.template_id, "mau-05");
  EXPECT_EQ(text("/stop/reason"), "Tên trùng");
  EXPECT_THAT(text("/stop/decision"), HasSubstr("Dừng"));
  EXPECT_THAT(text("/stop/fees"), HasSubstr("Đã nộp 100.000 đồng"));
  EXPECT_EQ(text("/signers/position"), "Chủ tịch");

  Life withdrawn = received("1.001612");
  ASSERT_EQ(withdrawn.act(dossier::Withdraw{.reason = "Đổi ý"}, dossier::test::citizen()),
            std::nullopt);
  printed(office.keep(withdrawn), Document::stop);
  EXPECT_THAT(text("/stop/requested_by"), HasSubstr("người nộp hồ sơ"));
  EXPECT_THAT(text("/stop/decision"), HasSubstr("rút"));
  EXPECT_EQ(text("/stop/fees"), "Chưa thu phí, lệ phí");
}

TEST_F(Printing, FilingShowsWhatWasSentNotWhatWasCorrected) {
  Life life = received("1.001193");
  ASSERT_EQ(life.act(dossier::Correct{.field = "child_name",
                                      .value = base::json::value("Nguyễn Đức Bính"),
                                      .reason = "gõ nhầm"},
                     dossier::test::officer("do-examine", "H41.101")),
            std::nullopt);
  printed(office.keep(life), Document::filing);
  EXPECT_EQ(printer.template_id, "ban-sao-ho-so");
  EXPECT_THAT(all(), HasSubstr("Nguyễn Đức Bình"));
  EXPECT_THAT(all(), Not(HasSubstr("Nguyễn Đức Bính")));
  EXPECT_EQ(text("/dossier/channel"), "Trực tiếp tại quầy");
  EXPECT_EQ(text("/sections/0/title"), "1. Người đi đăng ký");
  EXPECT_THAT(text("/sections"), HasSubstr("10/08/2026"));
  EXPECT_THAT(text("/sections"), HasSubstr("phường Thành Vinh, tỉnh Nghệ An"));
  EXPECT_THAT(text("/sections"), Not(HasSubstr("16681")));
  EXPECT_EQ(text("/files/0/size"), "1 KB");
}

TEST_F(Printing, PaymentIsOneReceiptWithItsRefund) {
  Life life = received("1.001612");
  ASSERT_EQ(life.pay_all(), std::nullopt);
  const std::string receipt = life.state().payments.at(0).receipt;
  OpenDossier open = office.keep(life);
  printed(open, Document::payment, receipt);
  EXPECT_EQ(printer.template_id, "bien-lai");
  EXPECT_EQ(text("/number"), receipt);
  EXPECT_EQ(text("/total"), "100000");
  EXPECT_EQ(text("/items/0/amount"), "100000");
  EXPECT_EQ(text("/signers/cashier"), "Cán bộ cashier");
  EXPECT_TRUE(text("/refund").empty());

  ASSERT_EQ(
      life.act(dossier::RecordRefund{.receipt = receipt, .amount = 40000, .reason = "Thu thừa"},
               dossier::test::officer("cashier", "H41.101.01")),
      std::nullopt);
  open = office.keep(life);
  for (const std::string& asked : {receipt, life.state().payments.at(1).receipt, std::string{}}) {
    printed(open, Document::payment, asked);
    EXPECT_EQ(text("/number"), receipt);
    EXPECT_EQ(text("/refund/amount"), "40000");
    EXPECT_THAT(text("/refund/reason"), HasSubstr("Thu thừa"));
  }
  EXPECT_EQ(refused(open, Document::payment, "BL-9").kind, FailureKind::not_found);
}

TEST_F(Printing, ResultOfEveryProcedureIsFilledFromItsAnswers) {
  struct Expected {
    const char* code;
    const char* template_id;
    std::vector<std::pair<const char*, const char*>> texts;
  };
  const std::vector<Expected> all_expected{
      {"1.001193",
       "khai-sinh",
       {{"/child/name", "Nguyễn Đức Bình"},
        {"/child/born_on", "2026-08-10"},
        {"/child/born_on_words", "Ngày mùng mười tháng tám năm hai nghìn không trăm hai mươi sáu"},
        {"/child/sex", "Nam"},
        {"/mother/born_year", "1990"},
        {"/father/name", "Nguyễn Văn An"},
        {"/agency/parent", "Tỉnh Nghệ An"},
        {"/agency/name", "Ủy ban nhân dân phường Thành Vinh"},
        {"/signers/position", "Chủ tịch"},
        {"/signers/head", "Cán bộ do-sign"},
        {"/signers/officer", "Cán bộ do-examine"}}},
      {"1.004873",
       "tinh-trang-hon-nhan",
       {{"/number", "1/2026/UBND-XNTTHN"},
        {"/person/name", "Lê Thị Hồng"},
        {"/person/sex", "Nữ"},
        {"/marital_status", "Chưa đăng ký kết hôn với ai"},
        {"/purpose", "Mục đích khác: Bổ sung hồ sơ"}}},
      {"2.000815",
       "chung-thuc-ban-sao",
       {{"/number", "1/2026"},
        {"/book", "01/2026-SCT/BS"},
        {"/paper/name", "Bằng tốt nghiệp"},
        {"/paper/pages", "4"},
        {"/paper/copies", "2"}}},
      {"1.001612",
       "ho-kinh-doanh",
       {{"/business/name", "Hộ kinh doanh Tạp hóa Hùng"},
        {"/business/address", "Số 1 đường Lê Lợi, phường Thành Vinh, tỉnh Nghệ An"},
        {"/business/capital", "50000000"},
        {"/business/activities/0/name", "Bán lẻ tạp hóa"},
        {"/business/activities/0/code", "4711"},
        {"/owner/sex", "Nam"}}},
      {"1.012994",
       "khau-tru-boi-thuong",
       {{"/number", "1/2026/QĐ-UBND"},
        {"/agency/name", "Ủy ban nhân dân tỉnh Nghệ An"},
        {"/investor/name", "Công ty Đất Việt"},
        {"/project/place", "phường Thành Vinh, tỉnh Nghệ An"},
        {"/legal_basis/3",
         "Quyết định số 12/QĐ-UBND ngày 10/01/2025 phê duyệt phương án bồi thường, hỗ trợ, tái "
         "định cư"},
        {"/items/0/amount", "700000000"},
        {"/total", "900000000"},
        {"/tax_office", "Thuế tỉnh Nghệ An"},
        {"/signers/authority", "Chủ tịch Ủy ban nhân dân tỉnh Nghệ An"},
        {"/signers/head", "Cán bộ do-decide"}}},
  };
  for (const Expected& expected : all_expected) {
    SCOPED_TRACE(expected.code);
    Life life = received(expected.code);
    life.go_to(procedure::StepAction::return_result);
    const OpenDossier open = office.keep(life);
    printed(open, Document::result);
    EXPECT_EQ(printer.template_id, expected.template_id);
    for (const auto& [pointer, wanted] : expected.texts)
      EXPECT_EQ(text(pointer), wanted) << pointer;
    // A result is shown to others: it must not open the dossier.
    EXPECT_THAT(all(), Not(HasSubstr(office.secrets.of_dossier(open.id))));
    EXPECT_THAT(text("/qr"), HasSubstr(open.dossier.code));
  }
}

TEST_F(Printing, ResultWithoutLayoutIsTheGenericOne) {
  Life life = received("1.001612");
  life.go_to(procedure::StepAction::return_result);
  OpenDossier open = office.keep(life);
  procedure::Procedure bare = *open.procedure;
  bare.result_layouts.clear();
  open.procedure = std::make_shared<const procedure::Procedure>(bare);
  printed(open, Document::result);
  EXPECT_EQ(printer.template_id, "ket-qua");
  EXPECT_EQ(text("/result/name"), "Giấy chứng nhận đăng ký hộ kinh doanh");
  EXPECT_THAT(text("/sections"), HasSubstr("50.000.000 đồng"));
  EXPECT_THAT(text("/sections"), HasSubstr("Mã ngành: 4711"));
}

TEST_F(Printing, AttachedResultIsHandedOutAsItWasSigned) {
  Life life = received("2.000815");
  life.go_to(procedure::StepAction::return_result);
  OpenDossier open = office.keep(life);
  dossier::Attachment file = dossier::test::paper("result", "r1");
  open.dossier.result->file = file;
  office.files.files[file.sha256] = "%PDF-signed";
  const PrintedDocument result = printed(open, Document::result);
  EXPECT_EQ(result.bytes, "%PDF-signed");
  EXPECT_EQ(result.file_name, "ket-qua-" + open.dossier.code + ".pdf");
  office.files.files.clear();
  EXPECT_EQ(refused(open, Document::result).kind, FailureKind::not_found);
}

TEST_F(Printing, TrackingLinkFitsTheQrCodeAndOpensTheDossier) {
  const OpenDossier open = office.keep(received("1.001193"), std::string(32, 'f'));
  const std::string link = tracking_link(*office.workplace, open);
  EXPECT_LE(link.size(), 120U);
  EXPECT_THAT(link, HasSubstr("/theo-doi#" + open.dossier.code + "."));
  EXPECT_TRUE(office.secrets.opens_dossier(open.id, link.substr(link.rfind('.') + 1)));
}

TEST_F(Printing, TheQrCodeNamesTheLeafOfTheFilingAsFarAsThereIsRoom) {
  const OpenDossier open = office.keep(received("1.001193"), std::string(32, 'f'));
  const std::string link = tracking_link(*office.workplace, open);
  const std::string full = receipt_link(*office.workplace, open);
  EXPECT_LE(full.size(), 120U);
  EXPECT_EQ(full.substr(0, link.size() + 1), link + ".");
  EXPECT_EQ(full.substr(link.size() + 1).size(), 43U);
  EXPECT_EQ(full.substr(link.size()).find_first_of("+/="), std::string::npos);
  office.workplace->public_url = "https://" + std::string(38, 'a') + ".vn";
  const std::string half = receipt_link(*office.workplace, open);
  EXPECT_EQ(half.size(), tracking_link(*office.workplace, open).size() + 1 + 22);
  EXPECT_LE(half.size(), 120U);
  office.workplace->public_url = "https://" + std::string(70, 'a') + ".vn";
  EXPECT_EQ(receipt_link(*office.workplace, open), tracking_link(*office.workplace, open))
      << "no room for half a hash";
}

TEST(Document, HasANameThatFindsIt) {
  for (const Document document :
       {Document::slip, Document::supplement, Document::refusal, Document::apology, Document::stop,
        Document::control_slip, Document::filing, Document::payment, Document::result}) {
    EXPECT_EQ(find_document(to_text(document)), document);
  }
  EXPECT_EQ(find_document("slip "), std::nullopt);
  EXPECT_EQ(find_document(""), std::nullopt);
}

TEST(PrintedText, SpellsDatesAndNumbers) {
  const auto date = [](const char* iso) { return date_in_words(*calendar::parse_date(iso)); };
  EXPECT_EQ(date("2026-08-02"), "Ngày mùng hai tháng tám năm hai nghìn không trăm hai mươi sáu");
  EXPECT_EQ(date("1985-04-15"), "Ngày mười lăm tháng tư năm một nghìn chín trăm tám mươi lăm");
  EXPECT_EQ(date("2001-12-31"),
            "Ngày ba mươi mốt tháng mười hai năm hai nghìn không trăm linh một");
  EXPECT_EQ(number_in_words(0), "không");
  EXPECT_EQ(number_in_words(24), "hai mươi bốn");
  EXPECT_EQ(number_in_words(105), "một trăm linh năm");
  EXPECT_EQ(number_in_words(10000), "mười nghìn");
  EXPECT_EQ(dong(1250000), "1.250.000 đồng");
  EXPECT_EQ(dong(-4000), "-4.000 đồng");
  EXPECT_EQ(file_size(900), "900 B");
  EXPECT_EQ(file_size(2516582), "2,4 MB");
}

TEST(PrintedText, KnowsAgenciesByTheirPlace) {
  const auto& organisation = test::shipped_organisation();
  const auto department = agency_head(organisation, "H41.002");
  EXPECT_EQ(base::string_or(department, "parent"), "Ủy ban nhân dân tỉnh Nghệ An");
  EXPECT_EQ(base::string_or(department, "place"), "Nghệ An");
  const auto unknown = agency_head(organisation, "H99");
  EXPECT_EQ(base::string_or(unknown, "name"), "H99");
  EXPECT_EQ(commune_name(organisation, "00000"), "00000");
}

}  // namespace
}  // namespace casework
