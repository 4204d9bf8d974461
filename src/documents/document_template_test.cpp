#include "documents/document_template.h"

#include <sstream>
#include <thread>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "documents/pdf_probe.h"

namespace documents {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

const TemplateSet& shipped() {
  static const TemplateSet set = [] {
    auto loaded = load_templates(PROJECT_ROOT "/data/templates");
    EXPECT_TRUE(loaded.has_value()) << (loaded ? "" : loaded.error().message);
    return loaded.value_or(TemplateSet{});
  }();
  return set;
}

const DocumentTemplate& shipped(std::string_view id) {
  const DocumentTemplate* const found = shipped().find(id, 2026y / 8 / 20);
  EXPECT_NE(found, nullptr) << id;
  return *found;
}

std::string rendered(const DocumentTemplate& document_template, const base::json::value& fields) {
  auto pdf = render(document_template, fields);
  EXPECT_TRUE(pdf.has_value()) << (pdf ? "" : pdf.error().message);
  return pdf.value_or(std::string{});
}

// Every text and number of a context, as the page has to show it.
void collect(const base::json::value& value, std::vector<std::string>& texts) {
  if (value.is_string()) {
    texts.emplace_back(value.get_string());
  } else if (value.is_array()) {
    for (const auto& item : value.get_array()) collect(item, texts);
  } else if (value.is_object()) {
    for (const auto& entry : value.get_object()) {
      if (entry.key() != "qr" && entry.key() != "sha256") collect(entry.value(), texts);
    }
  }
}

bool is_moment(const std::string& text) {
  return text.size() >= 10 && text[4] == '-' && text[7] == '-';
}

TEST(DocumentTemplate, ShippedOnesLoadAndAreEffectiveToday) {
  EXPECT_GE(shipped().all().size(), 14U);
  for (const auto id : {"mau-01", "mau-02", "mau-03", "mau-04", "mau-05", "mau-06", "mau-07",
                        "khai-sinh", "tinh-trang-hon-nhan", "chung-thuc-ban-sao", "ho-kinh-doanh",
                        "khau-tru-boi-thuong", "bien-lai", "ban-sao-ho-so", "ket-hon",
                        "giay-phep-xay-dung", "nuoi-con-nuoi", "thuong-tru"}) {
    EXPECT_NE(shipped().find(id, 2026y / 8 / 20), nullptr) << id;
  }
  EXPECT_EQ(shipped().find("mau-01", 2025y / 9 / 14), nullptr);
  EXPECT_EQ(shipped().find("mau-99", 2026y / 8 / 20), nullptr);
}

TEST(DocumentTemplate, EveryValueOfEveryExampleComesBackFromThePdf) {
  for (const DocumentTemplate& each : shipped().all()) {
    SCOPED_TRACE(each.id());
    const std::string pdf = rendered(each, each.example());
    EXPECT_EQ(probe::qpdf_check(pdf), 0);
    const std::string text = probe::text_without_spaces(pdf);
    EXPECT_EQ(text, base::to_nfc(text));
    std::vector<std::string> values;
    collect(each.example(), values);
    const std::string folded = base::to_upper(text);
    for (const auto& value : values) {
      if (is_moment(value)) continue;
      // Word by word: pdftotext reads the lines of neighbouring cells across.
      std::istringstream words(value);
      for (std::string word; words >> word;) {
        EXPECT_THAT(folded, HasSubstr(base::to_upper(probe::without_spaces(word))));
      }
    }
  }
}

TEST(DocumentTemplate, ExamplesThatAreNotOfficialSayIt) {
  for (const auto id :
       {"khai-sinh", "tinh-trang-hon-nhan", "chung-thuc-ban-sao", "ho-kinh-doanh",
        "khau-tru-boi-thuong", "ket-hon", "giay-phep-xay-dung", "nuoi-con-nuoi", "thuong-tru"}) {
    EXPECT_THAT(probe::text_of(rendered(shipped(id), shipped(id).example())),
                HasSubstr("Bản minh họa: mẫu ví dụ của hệ thống, không phải mẫu chính thức"));
  }
  EXPECT_THAT(probe::text_of(rendered(shipped("mau-05"), shipped("mau-05").example())),
              HasSubstr("Văn bản mẫu chưa công bố"));
  EXPECT_THAT(probe::text_of(rendered(shipped("bien-lai"), shipped("bien-lai").example())),
              HasSubstr("không phải hóa đơn hoặc biên lai điện tử"));
}

TEST(Form01, HasItsFieldsInTheOrderOfTheForm) {
  const auto& form = shipped("mau-01");
  const std::string text = probe::text_in_order(rendered(form, form.example()));
  std::size_t at = 0;
  for (const std::string_view part :
       {"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "H41.99.01-260820-0126",
        "Nguyễn Thị Huế",
        "Số định danh cá nhân/tổ chức: 040190012345",
        "Địa chỉ: Số 12",
        "Số điện thoại: 0912345678",
        "Email: hue.nguyen@example.vn",
        "Người được ủy quyền: Đặng Đình Ưởng",
        "040085054321",
        "0987654321",
        "uong.dang@example.vn",
        "Giấy tờ ủy quyền: Văn bản",
        "Nội dung yêu cầu giải quyết",
        "Thành phần hồ sơ nộp",
        "Giấy chứng sinh (bản chính)",
        "Số lượng hồ sơ: 01 (bộ)",
        "03 ngày làm việc",
        "Thời gian nhận hồ sơ: 10 giờ 05 phút, ngày 20 tháng 8 năm 2026",
        "17 giờ 00 phút, ngày 25 tháng 8 năm 2026",
        "Đăng ký nhận kết quả tại",
        "quyển số Hộ tịch/2026, số thứ tự 126",
        "Vì sao hẹn trả ngày này",
        "10:05 thứ Năm 20/08/2026",
        "NGƯỜI NỘP HỒ SƠ",
        "Phạm Thị Mỹ Duyên"}) {
    const std::size_t found = text.find(part, at);
    ASSERT_NE(found, std::string::npos) << part << "\n" << text;
    at = found;
  }
}

TEST(Form01, IsOnePageOfA5WithEmbeddedFontsOnly) {
  const auto& form = shipped("mau-01");
  base::json::value fields = form.example();
  fields.as_object().erase("authorised");
  const std::string pdf = rendered(form, fields);
  const auto facts = probe::info_of(pdf);
  EXPECT_EQ(facts.pages, 1);
  EXPECT_NEAR(facts.width, 419.5, 1);
  EXPECT_NEAR(facts.height, 595.3, 1);
  EXPECT_TRUE(probe::all_fonts_are_embedded(pdf));
}

TEST(Form01, PrintsDotsForWhatIsMissingAndOmitsTheAuthorisedPerson) {
  const std::string text = probe::text_of(rendered(shipped("mau-01"), base::json::object{}));
  EXPECT_THAT(text, HasSubstr("Địa chỉ: ........"));
  EXPECT_THAT(text, Not(HasSubstr("Người được ủy quyền")));
  EXPECT_THAT(text, Not(HasSubstr("Vào Sổ theo dõi")));
}

TEST(Form01, ManyComponentsAndLongNamesGoOverSeveralPages) {
  base::json::value fields = shipped("mau-01").example();
  base::json::array components;
  for (int i = 0; i < 120; ++i) {
    components.push_back(base::json::object{
        {"name", "Bản sao Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở " +
                     std::string("và tài sản gắn liền với đất số ") + std::to_string(1000 + i)}});
  }
  fields.as_object()["dossier"].as_object()["components"] = components;
  fields.as_object()["applicant"].as_object()["name"] = std::string(400, 'W');
  const std::string pdf = rendered(shipped("mau-01"), fields);
  EXPECT_GE(probe::info_of(pdf).pages, 4);
  const std::string text = probe::text_without_spaces(pdf);
  EXPECT_THAT(text, HasSubstr("đấtsố1119"));
  EXPECT_THAT(text, HasSubstr(std::string(400, 'W')));
}

TEST(Render, TakesDecomposedTextAndGivesComposedBack) {
  base::json::value fields = shipped("mau-01").example();
  // "Nguyễn Thị Huế", with combining marks
  fields.as_object()["applicant"].as_object()["name"] =
      "Nguye\u0302\u0303n Thi\u0323 Hue\u0302\u0301";
  EXPECT_THAT(probe::text_of(rendered(shipped("mau-01"), fields)), HasSubstr("Nguyễn Thị Huế"));
}

TEST(Render, NeverReadsMarkupOrFieldsInValuesAndDropsDirectionTricks) {
  base::json::value fields = shipped("mau-01").example();
  fields.as_object()["applicant"].as_object()["name"] =
      "**{dossier.code}** <b>x</b> &amp; \u202Egnp.exe\u0001 \xff";
  const std::string text = probe::text_of(rendered(shipped("mau-01"), fields));
  EXPECT_THAT(text, HasSubstr("**{dossier.code}** <b>x</b> &amp; gnp.exe"));
}

TEST(Render, HoldsItsLimits) {
  base::json::value fields = shipped("ban-sao-ho-so").example();
  base::json::array rows;
  for (int i = 0; i < 6000; ++i) rows.push_back(base::json::object{{"label", "Mục"}, {"value", i}});
  fields.as_object()["sections"] = base::json::array{{{"title", "Nhiều"}, {"fields", rows}}};
  fields.as_object()["applicant"] = {{"name", std::string(200'000, 'x')}};
  const auto pdf = render(shipped("ban-sao-ho-so"), fields);
  ASSERT_TRUE(pdf.has_value());
  const std::string text = probe::text_of(*pdf);
  EXPECT_THAT(text, HasSubstr("4999"));
  EXPECT_THAT(text, HasSubstr("[…]"));
  EXPECT_THAT(text, Not(HasSubstr("5500")));
  EXPECT_EQ(render(shipped("mau-01"), base::json::array{}).error().code, base::FaultCode::invalid);
}

TEST(Render, BreaksATableRowThatIsTallerThanAPage) {
  base::json::value fields = shipped("ban-sao-ho-so").example();
  std::string tall;
  for (int i = 0; i < 300; ++i) tall += "dòng " + std::to_string(i) + "\n";
  fields.as_object()["sections"] = base::json::array{
      {{"title", "Dài"}, {"fields", base::json::array{{{"label", "Văn bản"}, {"value", tall}}}}}};
  const std::string pdf = rendered(shipped("ban-sao-ho-so"), fields);
  EXPECT_GE(probe::info_of(pdf).pages, 5);
  const std::string text = probe::text_of(pdf);
  for (const int i : {0, 60, 150, 299}) {
    EXPECT_THAT(text, HasSubstr("dòng " + std::to_string(i)));
  }
}

TEST(Render, CountsPagesTurnsTheSheetAndMarksDrafts) {
  const auto parsed = DocumentTemplate::parse(
      "id: a\nname: A\nname_en: A\nact: A\neffective_from: 2026-01-01\npaper: A4\n"
      "orientation: landscape\nwatermark: \"{draft}\"\nfooter: \"trang {page}/{pages}\"\n"
      "blocks:\n  - table:\n      rows: rows\n      columns:\n"
      "        - {title: Dòng, value: \"{name}\\n{missing}\\n{place}\"}\nexample: {}\n");
  ASSERT_TRUE(parsed.has_value()) << parsed.error().message;
  base::json::array rows;
  for (int i = 0; i < 90; ++i) {
    rows.push_back(base::json::object{{"name", "Tên " + std::to_string(i)}, {"place", "Nơi"}});
  }
  base::json::value fields = base::json::object{{"rows", rows}};
  const std::string pdf = rendered(*parsed, fields);
  const auto facts = probe::info_of(pdf);
  EXPECT_NEAR(facts.width, 841.9, 1);
  EXPECT_NEAR(facts.height, 595.3, 1);
  const std::string text = probe::text_of(pdf);
  const std::string pages = std::to_string(facts.pages);
  EXPECT_GE(facts.pages, 3);
  EXPECT_THAT(text, HasSubstr("trang 1/" + pages));
  EXPECT_THAT(text, HasSubstr("trang " + pages + "/" + pages));
  // The mark lies across the page: its letters come out one by one.
  EXPECT_THAT(text, Not(HasSubstr("Ả")));
  fields.as_object()["draft"] = "DỰ THẢO";
  EXPECT_EQ(probe::info_of(rendered(*parsed, fields)).pages, facts.pages);
  const std::string marked = probe::text_of(rendered(*parsed, fields));
  for (const char* letter : {"Ự", "Ả"}) EXPECT_THAT(marked, HasSubstr(letter));
}

TEST(Render, GivesTheSameBytesForTheSameInputFromAnyThread) {
  const auto& form = shipped("mau-01");
  const std::string expected = rendered(form, form.example());
  std::vector<std::string> results(4);
  {
    std::vector<std::jthread> threads;
    for (auto& result : results) {
      threads.emplace_back([&] {
        for (int i = 0; i < 5; ++i) result = rendered(form, form.example());
      });
    }
  }
  for (const auto& result : results) EXPECT_EQ(result, expected);
}

TEST(Render, DrawsAQrCodeThatReads) {
  const auto& form = shipped("mau-01");
  const std::string read = probe::read_qr(rendered(form, form.example()));
  if (read == "unavailable") GTEST_SKIP() << "ZXingReader is not installed";
  EXPECT_THAT(read, HasSubstr("https://motcua.example.vn/t/H41.99.01-260820-0126#K7QF2M9X."));
}

std::string minimal(const std::string& more) {
  return "id: a\nname: A\nname_en: A\nact: A\neffective_from: 2026-01-01\npaper: A5\n"
         "example: {}\n" +
         more;
}

TEST(DocumentTemplate, RefusesWhatItDoesNotUnderstandAndNamesThePlace) {
  const auto message = [](const std::string& yaml) {
    const auto parsed = DocumentTemplate::parse(yaml);
    return parsed ? std::string("accepted") : parsed.error().message;
  };
  EXPECT_EQ(message(minimal("blocks: [{rule: {}}]")), "accepted");
  EXPECT_THAT(message(minimal("blocks: [{rule: {}}, {field: {lable: x}}]")),
              HasSubstr("blocks[1].field: unknown key lable"));
  EXPECT_THAT(message(minimal("blocks: [{picture: {}}]")), HasSubstr("no such block"));
  EXPECT_THAT(message(minimal("blocks: [{title: {text: \"{a\"}}]")), HasSubstr("without end"));
  EXPECT_THAT(message(minimal("blocks: [{title: {text: \"{a|shout}\"}}]")), HasSubstr("filter"));
  EXPECT_THAT(message(minimal("blocks: [{title: {text: \"**a\"}}]")), HasSubstr("not closed"));
  EXPECT_THAT(message(minimal("blocks: [{space: {height: 9999}}]")), HasSubstr("out of range"));
  EXPECT_THAT(message(minimal("blocks: []")), HasSubstr("blocks"));
  EXPECT_THAT(message(minimal("blocks: [{rule: {}}]\neffective_until: 2025-01-01")),
              HasSubstr("effective_until"));
  EXPECT_THAT(message(minimal("blocks: [{rule: {}}]\neffective_until: 2026-02-30")),
              HasSubstr("not a day"));
  EXPECT_THAT(message(minimal("blocks: [{rule: {}}]\norientation: sideways")),
              HasSubstr("orientation"));
  EXPECT_THAT(message(minimal("blocks: [{rule: {}}]\nwatermark: \"{a\"")),
              HasSubstr("without end"));
  EXPECT_THAT(message("- 1"), HasSubstr("mapping"));
  EXPECT_THAT(message("a: [b"), HasSubstr("YAML"));
  EXPECT_THAT(message(std::string(300'000, 'a')), HasSubstr("too long"));
  EXPECT_THAT(message(std::string(20'000, '[')), HasSubstr("too deep"));
  EXPECT_THAT(message("a: &a [1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\n"
                      "c: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\n"
                      "e: [*d,*d,*d,*d,*d,*d,*d,*d]\n"),
              HasSubstr("YAML"));
}

TEST(TemplateSet, RefusesTwoVersionsOnTheSameDay) {
  const auto version = [](const std::string& until) {
    return DocumentTemplate::parse(minimal("blocks: [{rule: {}}]" + until)).value();
  };
  TemplateSet set;
  EXPECT_TRUE(set.add(version("\neffective_until: 2026-06-30")).has_value());
  EXPECT_EQ(set.add(version("")).error().code, base::FaultCode::conflict);
  EXPECT_NE(set.find("a", 2026y / 6 / 30), nullptr);
  EXPECT_EQ(set.find("a", 2026y / 7 / 1), nullptr);
}

}  // namespace
}  // namespace documents
