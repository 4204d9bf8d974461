#include "base/text.h"

#include <gtest/gtest.h>

namespace {

TEST(Text, FoldingDropsEveryVietnameseMarkAndTheStrokeOfD) {
  EXPECT_EQ(base::fold_for_search("Đăng ký khai-sinh"), "dang ky khai sinh");
  EXPECT_EQ(base::fold_for_search("  Nguyễn   Thị Ướt ường "), "nguyen thi uot uong");
  EXPECT_EQ(base::fold_for_search("ĐẶNG ĐÌNH ĐỨC"), "dang dinh duc");
}

TEST(Text, FoldingAndNormalFormDoNotCareHowTheMarksWereTyped) {
  const std::string composed = "Nguyễn Thị Huệ";
  const std::string decomposed = "Nguye\u0302\u0303n Thi\u0323 Hue\u0302\u0323";
  EXPECT_NE(composed, decomposed);
  EXPECT_EQ(base::to_nfc(decomposed), composed);
  EXPECT_EQ(base::fold_for_search(decomposed), base::fold_for_search(composed));
}

TEST(Text, OneLineTakesOutControlCharactersAndSpareSpaces) {
  EXPECT_EQ(base::to_one_line("  Trần \t Văn\n An\x01 "), "Trần Văn An");
  EXPECT_EQ(base::to_one_line("\u200Bẩn\u202E"), "ẩn");
}

TEST(Text, BrokenUtf8IsSeenAndNeverCrashes) {
  EXPECT_FALSE(base::is_utf8("\xC3"));
  EXPECT_FALSE(base::is_utf8("\xFF\xFE"));
  EXPECT_TRUE(base::is_utf8("Đường"));
  EXPECT_EQ(base::fold_for_search("a\xFF b"), "a b");
}

TEST(Text, CaseFollowsVietnamese) {
  EXPECT_EQ(base::to_upper("đặng thị ước"), "ĐẶNG THỊ ƯỚC");
  EXPECT_EQ(base::to_lower("ĐẶNG THỊ ƯỚC"), "đặng thị ước");
  EXPECT_EQ(base::length_in_characters("Đặng"), 4U);
}

TEST(Text, PlainTextKeepsLinesAndLosesWhatNobodySees) {
  EXPECT_EQ(base::to_plain_text("Dòng một\n\tdòng hai\x01\x7F"), "Dòng một\n\tdòng hai");
  EXPECT_EQ(base::to_plain_text("a\u200Bb\u202Ec\u2066d\uFEFFe\u200Ff"), "abcdef");
  EXPECT_EQ(base::to_plain_text("Lua\u0323t"), "Luạt");
  EXPECT_EQ(base::to_plain_text("“ngoặc” – gạch … €"), "“ngoặc” – gạch … €");
  EXPECT_EQ(base::to_plain_text(""), "");
}

}  // namespace
