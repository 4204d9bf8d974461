#include "catalogue/component_text.h"

#include <gtest/gtest.h>

#include "catalogue/paper_text.h"

namespace catalogue {
namespace {

const std::string kHead = "Tên giấy tờMẫu đơn, tờ khaiSố lượng";

TEST(ComponentText, TellsNameFileAndNumbersApart) {
  const auto table = read_components("--" + kHead +
                                     "- Đơn đề nghị theo Nghị định số 1/2026/NĐ-CPMẫu số 01.docx1 "
                                     "bản chính- Bản sao hợp đồng;0 bản "
                                     "chính,2 bản sao");
  ASSERT_EQ(table.components.size(), 2U);
  EXPECT_EQ(table.components[0].name, "Đơn đề nghị theo Nghị định số 1/2026/NĐ-CP");
  EXPECT_EQ(table.components[0].templates, std::vector<std::string>{"Mẫu số 01.docx"});
  EXPECT_EQ(table.components[0].originals, 1);
  EXPECT_TRUE(table.components[0].understood);
  EXPECT_EQ(table.components[0].group, "");
  EXPECT_EQ(table.components[1].name, "Bản sao hợp đồng");
  EXPECT_EQ(table.components[1].copies, 2);
  EXPECT_TRUE(table.cases.empty());
}

TEST(ComponentText, ADigitBeforeTheCountBelongsToTheName) {
  const auto table = read_components("--" + kHead + "Đơn theo Mẫu số 181 bản chính,1 bản sao");
  ASSERT_EQ(table.components.size(), 1U);
  EXPECT_EQ(table.components[0].name, "Đơn theo Mẫu số 18");
  EXPECT_EQ(table.components[0].originals, 1);
}

TEST(ComponentText, TenOriginalsBehindAWordAreTen) {
  const auto table = read_components("--" + kHead + "Tờ khai10 bản chính");
  ASSERT_EQ(table.components.size(), 1U);
  EXPECT_EQ(table.components[0].originals, 10);
  EXPECT_EQ(table.components[0].name, "Tờ khai");
}

TEST(ComponentText, ACountInASentenceIsNone) {
  const auto table = read_components("--" + kHead +
                                     "Người khai nộp 02 bản chính tờ khai (01 bản chính hoặc 01 "
                                     "bản sao): 01 bản chính;1 bản chínhHóa "
                                     "đơn: 01 bản chính0 bản chính");
  ASSERT_EQ(table.components.size(), 2U);
  EXPECT_EQ(table.components[0].originals, 1);
  EXPECT_EQ(table.components[1].name, "Hóa đơn: 01 bản chính");
  EXPECT_EQ(table.components[1].originals, 0);
}

TEST(ComponentText, ANameMayBeginWithANumberOfCopies) {
  const auto table = read_components(
      "--" + kHead + "01 bản chính Bảng kê1 bản chính01 bản chính văn bản lấy ý kiến2 bản chính");
  ASSERT_EQ(table.components.size(), 2U);
  EXPECT_EQ(table.components[0].name, "01 bản chính Bảng kê");
  EXPECT_EQ(table.components[1].originals, 2);
}

TEST(ComponentText, WhatFollowsTheLastCountHeadsTheNextGroup) {
  const auto table = read_components(
      "* Giấy tờ phải nộp:" + kHead + "Tờ khai1 bản chính* Giấy tờ phải xuất trình:" + kHead +
      "Hộ chiếu1 bản chính* Lưu ý:" + kHead + "Người tiếp nhận có trách nhiệm kiểm tra0 bản chính");
  ASSERT_EQ(table.components.size(), 3U);
  EXPECT_EQ(table.components[0].kind, procedure::ComponentKind::submit);
  EXPECT_EQ(table.components[1].kind, procedure::ComponentKind::show);
  EXPECT_EQ(table.components[1].name, "Hộ chiếu");
  EXPECT_TRUE(table.components[2].instruction);
}

TEST(ComponentText, HeadingsOfCasesMakeCases) {
  const auto table =
      read_components("a) Đối với cấp mới" + kHead + "Đơn1 bản chínhb) Đối với cấp lại:" + kHead +
                      "Đơn1 bản chính--" + kHead + "Ảnh1 bản chính");
  ASSERT_EQ(table.cases.size(), 2U);
  EXPECT_EQ(table.cases[0].name, "Đối với cấp mới");
  ASSERT_EQ(table.components.size(), 3U);
  EXPECT_EQ(table.components[0].case_index, 0);
  EXPECT_EQ(table.components[1].case_index, 1);
  EXPECT_EQ(table.components[2].case_index, -1);
}

TEST(ComponentText, TwoActsSideBySideAreCasesAndOneIsNot) {
  const auto two = read_components("a) Về cấp mới" + kHead + "Đơn1 bản chínhb) Về gia hạn" + kHead +
                                   "Đơn1 bản chính");
  EXPECT_EQ(two.cases.size(), 2U);
  const auto one = read_components("Hồ sơ cấp mới gồm:" + kHead + "Đơn1 bản chính");
  EXPECT_TRUE(one.cases.empty());
}

TEST(ComponentText, WhatHasNoTableIsKeptAsNotUnderstood) {
  const auto table = read_components("Bước 1. Nộp hồ sơ tại cơ quan.");
  ASSERT_EQ(table.components.size(), 1U);
  EXPECT_FALSE(table.components[0].understood);
  EXPECT_TRUE(read_components("Không có thông tin").components.empty());
  EXPECT_TRUE(read_components("").components.empty());
}

TEST(ComponentText, ALineWithoutACountIsNotUnderstood) {
  const auto table = read_components("--" + kHead + "Đơn1 bản chínhVà một giấy nữa");
  ASSERT_EQ(table.components.size(), 2U);
  EXPECT_TRUE(table.components[0].understood);
  EXPECT_FALSE(table.components[1].understood);
}

TEST(PaperText, SplitsSeveralFiles) {
  const auto split = split_files("Đơn đề nghịMẫu TP-01a.docxMẫu TP-01b.docx");
  EXPECT_EQ(split.name, "Đơn đề nghị");
  EXPECT_EQ(split.files, (std::vector<std::string>{"Mẫu TP-01a.docx", "Mẫu TP-01b.docx"}));
}

TEST(PaperText, ANameWithoutAFileStaysWhole) {
  const auto split = split_files("Đơn theo mẫu TP.HCM");
  EXPECT_EQ(split.name, "Đơn theo mẫu TP.HCM");
  EXPECT_TRUE(split.files.empty());
}

TEST(PaperText, KnowsAdviceFromPapers) {
  EXPECT_TRUE(is_instruction("Lưu ý: giấy tờ nước ngoài phải dịch", false));
  EXPECT_TRUE(is_instruction("Cơ quan đăng ký có trách nhiệm tra cứu dữ liệu", false));
  EXPECT_FALSE(is_instruction("Tờ khai đăng ký khai sinh", false));
  EXPECT_FALSE(is_instruction("02 (hai) ảnh cỡ 3x4", false));
  EXPECT_FALSE(is_instruction("Văn bản ủy quyền", true));
}

}  // namespace
}  // namespace catalogue
