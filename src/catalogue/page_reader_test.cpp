#include "catalogue/page_reader.h"

#include <gtest/gtest.h>

#include "catalogue/basis_text.h"
#include "catalogue/entry_json.h"
#include "catalogue/result_text.h"

namespace catalogue {
namespace {

base::json::object record() {
  return {
      {"ma_thu_tuc", "1.000001"},
      {"ten_thu_tuc", "Cấp thẻ đọc sách"},
      {"so_quyet_dinh", "12/QĐ-BTP"},
      {"cap_thuc_hien", "Cấp tỉnh, Cấp xã"},
      {"doi_tuong_thuc_hien", "Công dân Việt Nam, Cán bộ, công chức, viên chức"},
      {"co_quan_thuc_hien", "Không có thông tin"},
      {"cach_thuc_thuc_hien",
       "Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến3 Ngày làm việcMiễn phí"},
      {"thanh_phan_ho_so", "--Tên giấy tờMẫu đơn, tờ khaiSố lượngĐơn1 bản chính"},
      {"can_cu_phap_ly",
       "Tên văn bản pháp lýMã văn bảnLuật Thư viện46/2019/QH14Nghị định "
       "93/2020/NĐ-CP93/2020/NĐ-CP"},
      {"ket_qua_xu_ly",
       "ThẻMã: KQ.G15.000001Từ khóaKhông có thông tinMô tảKhông có thông tinNộp hồ sơ"},
      {"yeu_cau_dieu_kien", "Không có thông tinTừ khóaKhông có thông tinMô tảKhông có thông tin"}};
}

TEST(PageReader, ReadsARecord) {
  const auto entry = read_page(record(), {"a.jsonl", 7});
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->code, "1.000001");
  EXPECT_EQ(entry->ministry, "BTP");
  EXPECT_EQ(entry->tiers, (std::vector<Tier>{Tier::province, Tier::commune}));
  EXPECT_EQ(entry->subjects,
            (std::vector<std::string>{"Công dân Việt Nam", "Cán bộ, công chức, viên chức"}));
  EXPECT_TRUE(entry->agencies.empty());
  EXPECT_TRUE(entry->conditions.empty());
  EXPECT_EQ(entry->channels.size(), 1U);
  EXPECT_EQ(entry->components.size(), 1U);
  ASSERT_EQ(entry->legal_basis.size(), 2U);
  EXPECT_EQ(entry->legal_basis[0].title, "Luật Thư viện");
  EXPECT_EQ(entry->legal_basis[0].number, "46/2019/QH14");
  EXPECT_EQ(entry->legal_basis[1].title, "Nghị định 93/2020/NĐ-CP");
  ASSERT_EQ(entry->results.size(), 1U);
  EXPECT_EQ(entry->results[0].code, "KQ.G15.000001");
  EXPECT_EQ(entry->source.row, 7);
}

TEST(PageReader, GoesThroughJsonUnchanged) {
  const auto entry = read_page(record(), {"a.jsonl", 1});
  ASSERT_TRUE(entry);
  const auto json = to_json(*entry);
  const auto back = read_entry(json);
  ASSERT_TRUE(back);
  EXPECT_EQ(base::to_text(to_json(*back)), base::to_text(json));
  EXPECT_EQ(definition_digest(*back), definition_digest(*entry));
}

TEST(PageReader, RefusesWhatIsNoProcedure) {
  const auto read = [](std::string_view json) { return read_page(json, {}).has_value(); };
  EXPECT_FALSE(read("[]"));
  EXPECT_FALSE(read("{}"));
  EXPECT_FALSE(read("{\"ma_thu_tuc\": 5, \"ten_thu_tuc\": \"x\"}"));
  EXPECT_FALSE(read("{\"ma_thu_tuc\": \"1/2\", \"ten_thu_tuc\": \"x\"}"));
  EXPECT_FALSE(read("not json"));
  EXPECT_FALSE(read(std::string(100'000, '[')));
}

TEST(PageReader, FieldsOfOtherTypesAreAbsent) {
  base::json::object odd = record();
  odd["cach_thuc_thuc_hien"] = base::json::array{1, 2};
  odd["thanh_phan_ho_so"] = nullptr;
  const auto entry = read_page(odd, {});
  ASSERT_TRUE(entry);
  EXPECT_TRUE(entry->channels.empty());
  EXPECT_TRUE(entry->components.empty());
}

TEST(ResultText, FindsTheEndOfEveryForm) {
  const auto results = read_results(
      "Giấy AMã: KQ.G10.000123Giấy BMã: 000.00.00.G09-KQ002269Giấy CMã: KQ-G10.000123Giấy DMã: "
      "KQ.G12.01128Ý kiếnMã: hgvg6Quyết địnhMã: KQ.G10.0000542) Thẻ");
  ASSERT_EQ(results.size(), 7U);
  EXPECT_EQ(results[0].code, "KQ.G10.000123");
  EXPECT_EQ(results[1].code, "000.00.00.G09-KQ002269");
  EXPECT_EQ(results[2].code, "KQ-G10.000123");
  EXPECT_EQ(results[3].code, "KQ.G12.01128");
  EXPECT_EQ(results[4].code, "hgvg6");
  EXPECT_FALSE(results[4].code_understood);
  EXPECT_EQ(results[5].code, "KQ.G10.000054");
  EXPECT_EQ(results[5].name, "Quyết định");
  EXPECT_EQ(results[6].code, "");
  EXPECT_TRUE(read_results("Không có thông tin").empty());
}

TEST(ResultText, OnlyKnownFormsAreCodes) {
  EXPECT_TRUE(is_result_code("KQ.H41.000001"));
  EXPECT_FALSE(is_result_code("KQ.G15.00003x"));
  EXPECT_FALSE(is_result_code("TP-G12.0001128"));
  EXPECT_FALSE(is_result_code(""));
}

TEST(BasisText, NumbersRunIntoTitlesOnBothSides) {
  const auto acts = read_basis(
      "Tên văn bản pháp lýMã văn bảnLuật số 43 ngày 29/6/202443/2024/QH15Thông tư về "
      "phí36/2022/TT-BTCsửa "
      "đổi Nghị định số 5/2021/NĐ-CP ngày 1/1/202120/2024/NĐ-CPNghị quyết66.7/2025/NQ-CP");
  ASSERT_EQ(acts.size(), 4U);
  EXPECT_EQ(acts[0].number, "43/2024/QH15");
  EXPECT_EQ(acts[0].title, "Luật số 43 ngày 29/6/2024");
  EXPECT_EQ(acts[1].number, "36/2022/TT-BTC");
  EXPECT_EQ(acts[2].number, "20/2024/NĐ-CP");
  EXPECT_EQ(acts[2].title, "sửa đổi Nghị định số 5/2021/NĐ-CP ngày 1/1/2021");
  EXPECT_EQ(acts[3].number, "66.7/2025/NQ-CP");
}

}  // namespace
}  // namespace catalogue
