#include "catalogue/lint.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "catalogue/list_reader.h"
#include "catalogue/page_reader.h"

namespace catalogue {
namespace {

const std::string kChannels = "Hình thức nộpThời gianPhí, lệ phíMô tả";
const std::string kPapers = "--Tên giấy tờMẫu đơn, tờ khaiSố lượng";

Entry page(const std::string& channels, const std::string& papers = "Đơn1 bản chính",
           const std::string& results = "ThẻMã: KQ.G15.000001") {
  const auto entry = read_page(base::json::object{{"ma_thu_tuc", "1.000001"},
                                                  {"ten_thu_tuc", "Cấp thẻ"},
                                                  {"cap_thuc_hien", "Cấp xã"},
                                                  {"co_quan_thuc_hien", "Ủy ban nhân dân xã"},
                                                  {"cach_thuc_thuc_hien", kChannels + channels},
                                                  {"thanh_phan_ho_so", kPapers + papers},
                                                  {"ket_qua_xu_ly", results}},
                               {"a.jsonl", 3});
  EXPECT_TRUE(entry);
  return *entry;
}

const Finding* of(const std::vector<Finding>& all, FindingKind kind) {
  const auto found = std::ranges::find(all, kind, &Finding::kind);
  return found == all.end() ? nullptr : &*found;
}

bool has(const Entry& entry, FindingKind kind) {
  const auto all = lint(entry);
  return of(all, kind) != nullptr;
}

Entry after(const Entry& entry, FindingKind kind) {
  const auto all = lint(entry);
  const Finding* finding = of(all, kind);
  EXPECT_NE(finding, nullptr);
  if (finding == nullptr) return entry;
  EXPECT_TRUE(apply_mending(entry, *finding));
  return mended(entry, {{finding->key(), true, "cb1"}});
}

const std::string kFine = "Trực tuyến5 Ngày làm việcMiễn phíTrực tiếp5 Ngày làm việcMiễn phí";

TEST(Lint, AFaultlessPageHasNoFindings) {
  EXPECT_TRUE(lint(page(kFine)).empty());
}

TEST(Lint, NamesFileRowAndAStableId) {
  const auto all = lint(page("Trực tiếp20Miễn phí"));
  const Finding* finding = of(all, FindingKind::limit_without_unit);
  ASSERT_NE(finding, nullptr);
  EXPECT_EQ(finding->source.file, "a.jsonl");
  EXPECT_EQ(finding->source.row, 3);
  EXPECT_EQ(finding->published, "20");
  // The rest of the page may change.
  const auto later = lint(page("Trực tiếp20Miễn phíTrực tuyến20Miễn phí", "Giấy khác2 bản chính"));
  ASSERT_NE(of(later, FindingKind::limit_without_unit), nullptr);
  EXPECT_EQ(of(later, FindingKind::limit_without_unit)->id, finding->id);
}

TEST(Lint, ALimitWithoutUnitBecomesWorkingDays) {
  const Entry mend =
      after(page("Trực tiếp20Miễn phíTrực tuyến20Miễn phí"), FindingKind::limit_without_unit);
  for (const ChannelLine& line : mend.channels) {
    ASSERT_TRUE(line.limit);
    EXPECT_EQ(line.limit->text(), "20wd");
  }
}

TEST(Lint, APlaceholderHasNoMending) {
  const Entry entry = page("Trực tiếp1Miễn phí");
  const auto all = lint(entry);
  const Finding* finding = of(all, FindingKind::limit_placeholder);
  ASSERT_NE(finding, nullptr);
  EXPECT_FALSE(finding->mending);
  const auto applied = apply_mending(entry, *finding);
  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error(), MendingRefusal::no_mending);
}

TEST(Lint, TheDescriptionMayDisagreeWithTheColumn) {
  const Entry mend = after(
      page("Trực tiếp10 NgàyMiễn phíTrong thời hạn 10 ngày làm việc kể từ ngày nhận đủ hồ sơ"),
      FindingKind::limit_words_disagree);
  EXPECT_EQ(mend.channels[0].limit->text(), "10wd");
  EXPECT_FALSE(has(page("Trực tiếp10 NgàyMiễn phíTrong thời hạn 10 ngày"),
                   FindingKind::limit_words_disagree));
}

TEST(Lint, ChannelsThatAreCasesBecomeCasesWithTheLongestLimitForAll) {
  const Entry mend = after(page("Trực tuyến20 NgàyMiễn phíTrực tiếp15 NgàyMiễn phí"),
                           FindingKind::channels_as_cases);
  ASSERT_EQ(mend.cases.size(), 2U);
  EXPECT_EQ(mend.cases[0].limit->text(), "20d");
  EXPECT_EQ(mend.cases[1].limit->text(), "15d");
  for (const ChannelLine& line : mend.channels) EXPECT_EQ(line.limit->text(), "20d");
  EXPECT_TRUE(
      has(page("Trực tiếp3 NgàyMiễn phíTrực tiếp9 NgàyMiễn phí"), FindingKind::channel_twice));
}

TEST(Lint, AFeeWithoutItsZerosGetsThem) {
  const Entry mend =
      after(page("Trực tuyến5 Ngày100 VNĐTrực tiếp5 Ngày100 VNĐ"), FindingKind::fee_without_zeros);
  for (const ChannelLine& line : mend.channels) EXPECT_EQ(line.fees[0].amount, 100'000);
  EXPECT_FALSE(has(page("Trực tuyến5 Ngày5,000 VNĐ"), FindingKind::fee_without_zeros));
  EXPECT_FALSE(has(page("Trực tuyến5 Ngày45 USD"), FindingKind::fee_without_zeros));
}

TEST(Lint, FreeWithOneAmountInItsNoteCostsThat) {
  const Entry mend = after(page("Trực tuyến5 NgàyMiễn phí(Phí thẩm định: 1.200.000 đồng/lần)"),
                           FindingKind::fee_free_with_amount);
  EXPECT_EQ(mend.channels[0].fees[0].kind, FeeKind::amount);
  EXPECT_EQ(mend.channels[0].fees[0].amount, 1'200'000);
}

TEST(Lint, AnAmountMayDisagreeWithItsNote) {
  EXPECT_TRUE(has(page("Trực tuyến5 Ngày50,000 VNĐ(Lệ phí: 100.000 đồng)"),
                  FindingKind::fee_disagrees_with_note));
  EXPECT_FALSE(has(page("Trực tuyến5 Ngày100,000 VNĐ(Lệ phí: 100.000 đồng)"),
                   FindingKind::fee_disagrees_with_note));
}

TEST(Lint, APaperTwiceIsDroppedOnce) {
  const Entry entry = page(kFine, "Đơn1 bản chính- Ảnh1 bản chính- Đơn;1 bản chính");
  const Entry mend = after(entry, FindingKind::component_twice);
  ASSERT_EQ(mend.components.size(), 2U);
  EXPECT_EQ(mend.components[1].name, "Ảnh");
}

TEST(Lint, APaperThatNobodyCountedIsOneOriginal) {
  const Entry mend =
      after(page(kFine, "Giấy chứng nhận đã cấp0 bản chính"), FindingKind::component_without_count);
  EXPECT_EQ(mend.components[0].originals, 1);
}

TEST(Lint, AdviceAmongThePapersIsNamed) {
  EXPECT_TRUE(has(page(kFine, "Đơn1 bản chínhLưu ý: nộp sớm0 bản chính"),
                  FindingKind::instruction_as_paper));
  const Entry mend = after(page(kFine, "Đơn1 bản chínhSố lượng hồ sơ: 01 bộ1 bản chính"),
                           FindingKind::instruction_as_paper);
  EXPECT_TRUE(mend.components[1].instruction);
}

TEST(Lint, ResultsAreHeldToTheirCodes) {
  EXPECT_TRUE(
      has(page(kFine, "Đơn1 bản chính", "Không có thông tin"), FindingKind::result_missing));
  EXPECT_TRUE(has(page(kFine, "Đơn1 bản chính", "Thẻ"), FindingKind::result_without_code));
  EXPECT_TRUE(
      has(page(kFine, "Đơn1 bản chính", "ThẻMã: dsfas"), FindingKind::result_code_unknown_form));
}

TEST(Lint, ListAndPageMayDisagree) {
  const ListRow row{"1.000001", "Cấp lại thẻ", "Bộ C", {}, "", {"ds.xlsx", 3}};
  const Entry both = joined(page(kFine), row);
  const Entry mend = after(both, FindingKind::list_disagrees);
  EXPECT_EQ(mend.name, "Cấp lại thẻ");
  EXPECT_TRUE(has(entry_of(row), FindingKind::page_missing));
}

TEST(Lint, OnlyAcceptedDecisionsAboutThisProcedureChangeIt) {
  const Entry entry = page("Trực tiếp20Miễn phí");
  const auto all = lint(entry);
  const std::string key = of(all, FindingKind::limit_without_unit)->key();
  EXPECT_FALSE(mended(entry, {{key, false, "cb1"}}).channels[0].limit);
  EXPECT_FALSE(mended(entry, {{"1.000002/" + key.substr(9), true, "cb1"}}).channels[0].limit);
  EXPECT_FALSE(mended(entry, {{key + "0", true, "cb1"}}).channels[0].limit);
  // The later decision counts.
  EXPECT_FALSE(mended(entry, {{key, true, "cb1"}, {key, false, "cb1"}}).channels[0].limit);
  EXPECT_TRUE(mended(entry, {{key, true, "cb1"}}).channels[0].limit);
}

TEST(Lint, AMendingOfAChangedEntryIsOutdated) {
  const auto all = lint(page("Trực tiếp20Miễn phí"));
  const auto applied = apply_mending(page("Trực tiếp21Miễn phí"), all.front());
  ASSERT_FALSE(applied);
  EXPECT_EQ(applied.error(), MendingRefusal::outdated);
}

}  // namespace
}  // namespace catalogue
