#include "catalogue/channel_text.h"

#include <gtest/gtest.h>
#include <unicode/normalizer2.h>

#include "catalogue/page_text.h"

namespace catalogue {
namespace {

using procedure::Channel;

const std::string kHead = "Hình thức nộpThời gianPhí, lệ phíMô tả";

std::vector<ChannelLine> lines(const std::string& rows, const std::string& steps = "") {
  return read_channels(legible(kHead + rows), steps).lines;
}

std::string limit(const ChannelLine& line) {
  return line.limit ? line.limit->text() : "-";
}

TEST(ChannelText, FindsTheColumnsAgain) {
  const auto read = lines(
      "Trực tuyến5 Ngày làm việc100,000 VNĐ(Phí thẩm định)Nộp trên cổngDịch vụ bưu chính30 "
      "NgàyMiễn phíTrực tiếp4 GiờKhông có thông tin");
  ASSERT_EQ(read.size(), 3U);
  EXPECT_EQ(read[0].channel, Channel::online);
  EXPECT_EQ(limit(read[0]), "5wd");
  ASSERT_EQ(read[0].fees.size(), 1U);
  EXPECT_EQ(read[0].fees[0].amount, 100'000);
  EXPECT_EQ(read[0].fees[0].note, "Phí thẩm định");
  EXPECT_EQ(read[0].note, "Nộp trên cổng");
  EXPECT_EQ(read[1].channel, Channel::post);
  EXPECT_EQ(limit(read[1]), "30d");
  EXPECT_EQ(read[1].fees[0].kind, FeeKind::free);
  EXPECT_EQ(limit(read[2]), "4h");
  EXPECT_EQ(read[2].fees[0].kind, FeeKind::unstated);
}

TEST(ChannelText, ReadsDecomposedLettersLikeComposedOnes) {
  UErrorCode error = U_ZERO_ERROR;
  const auto* nfd = icu::Normalizer2::getNFDInstance(error);
  const std::string composed = kHead + "Trực tiếp12 Ngày làm việcMiễn phí";
  std::string decomposed;
  nfd->normalize(icu::UnicodeString::fromUTF8(composed), error).toUTF8String(decomposed);
  ASSERT_NE(decomposed, composed);
  const auto read = read_channels(legible(decomposed), "").lines;
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(limit(read[0]), "12wd");
}

TEST(ChannelText, KeepsMonthsAndWeeksAndRefusesZero) {
  const auto read = lines(
      "Trực tuyến2 ThángMiễn phíTrực tiếp0 Ngày làm việcMiễn phíDịch vụ bưu chính1 TuầnMiễn phí");
  ASSERT_EQ(read.size(), 3U);
  EXPECT_EQ(limit(read[0]), "2mo");
  EXPECT_EQ(limit(read[1]), "-");
  EXPECT_EQ(limit(read[2]), "7d");
}

TEST(ChannelText, ALoneOneStatesNoLimit) {
  const auto read = lines("Trực tuyến1Miễn phí");
  ASSERT_EQ(read.size(), 1U);
  EXPECT_FALSE(read[0].limit_stated);
  EXPECT_FALSE(read[0].limit);
}

TEST(ChannelText, ANumberWithoutUnitIsStatedAndNotUnderstood) {
  const auto read = lines("Trực tuyến20Miễn phí");
  ASSERT_EQ(read.size(), 1U);
  EXPECT_TRUE(read[0].limit_stated);
  EXPECT_FALSE(read[0].limit);
  EXPECT_EQ(read[0].raw_time, "20");
}

TEST(ChannelText, TheDescriptionTellsTheUnit) {
  const auto read = lines(
      "Trực tuyến20Miễn phíTrong thời hạn 20 (hai mươi) ngày làm việc kể từ ngày nhận đủ hồ sơ");
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(limit(read[0]), "20wd");
  EXPECT_TRUE(read[0].limit_from_words);
}

TEST(ChannelText, SeveralPeriodsInTheDescriptionTellNothing) {
  const auto read = lines(
      "Trực tuyếnKhông có thông tinMiễn phí- Kiểm tra: 03 ngày làm việc.\n- Thẩm định: 08 ngày làm "
      "việc.");
  ASSERT_EQ(read.size(), 1U);
  EXPECT_FALSE(read[0].limit);
}

TEST(ChannelText, DatesAndArticlesAreNoPeriods) {
  const auto read = lines(
      "Trực tuyếnKhông có thông tinMiễn phíTheo Nghị định ngày 15 tháng 6 năm 2025, khoản 3 Điều "
      "7");
  ASSERT_EQ(read.size(), 1U);
  EXPECT_FALSE(read[0].limit);
}

TEST(ChannelText, TheStepsTellADayThatEndsAtThree) {
  const auto read =
      lines("Trực tiếp1Miễn phí",
            "Trường hợp nhận hồ sơ sau 15 giờ mà không giải quyết được ngay thì trả kết "
            "quả trong ngày làm việc tiếp theo.");
  EXPECT_EQ(limit(read[0]), "same-day");
}

TEST(ChannelText, ACheckOnTheSameDayIsNotTheAnswerOnTheSameDay) {
  const auto read = lines("Trực tiếp1Miễn phí", "Kiểm tra hồ sơ: ngay trong ngày nhận được hồ sơ.");
  EXPECT_FALSE(read[0].limit);
  EXPECT_EQ(
      limit(lines("Trực tiếp1Miễn phí", "Cấp giấy chứng nhận ngay trong ngày nhận hồ sơ.")[0]),
      "same-day");
}

TEST(ChannelText, SplitsATimeFromTheAmountItRunsInto) {
  const auto one = lines("Trực tuyến1100,000 VNĐ(Phí công bố)");
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one[0].raw_time, "1");
  EXPECT_EQ(one[0].fees[0].amount, 100'000);
  const auto twenty = lines("Trực tuyến2050,000 VNĐ");
  EXPECT_EQ(twenty[0].raw_time, "20");
  EXPECT_EQ(twenty[0].fees[0].amount, 50'000);
  // 1 and 51,200,000, or 15 and 1,200,000: the note decides.
  const auto note = lines("Trực tuyến151,200,000 VNĐ(Phí: 1.200.000 đồng/hồ sơ)");
  EXPECT_EQ(note[0].raw_time, "15");
  EXPECT_EQ(note[0].fees[0].amount, 1'200'000);
}

TEST(ChannelText, APlainAmountIsNotSplit) {
  const auto read = lines("Trực tuyến5 Ngày140,000 VNĐ");
  EXPECT_EQ(limit(read[0]), "5d");
  EXPECT_EQ(read[0].fees[0].amount, 140'000);
}

TEST(ChannelText, BracketsInNotesNeedNotMatch) {
  const auto read = lines(
      "Trực tiếp5 Ngày làm việc2,000,000 VNĐ(đ/lần (Miễn phí đến 30/6/2026)05 ngày làm việcDịch vụ "
      "bưu chính5 Ngày làm việcMiễn phí(a) Không thu; b) như trên)Ghi chú");
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0].note, "05 ngày làm việc");
  EXPECT_EQ(read[1].note, "Ghi chú");
}

TEST(ChannelText, FreeWithATariffInItsNoteIsNotFree) {
  const auto read = lines(
      "Trực tuyến3 NgàyMiễn phí(Mức thu do Hội đồng nhân dân cấp tỉnh quyết định)Trực tiếp3 "
      "NgàyMiễn "
      "phí(Miễn lệ phí theo Thông tư số 1/2020/TT-BTC)");
  EXPECT_EQ(read[0].fees[0].kind, FeeKind::by_rule);
  EXPECT_EQ(read[1].fees[0].kind, FeeKind::free);
}

TEST(ChannelText, AChannelNamedInASentenceBeginsNoRow) {
  const auto read =
      lines("Trực tiếp5 NgàyMiễn phíNộp Trực tiếp tại trụ sở hoặc Trực tuyến 05 ngày");
  ASSERT_EQ(read.size(), 1U);
}

TEST(ChannelText, KeepsATimeInWords) {
  const auto read = lines("Trực tuyếnKhông phải trả kết quảMiễn phíQua cổng");
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read[0].raw_time, "Không phải trả kết quả");
  EXPECT_FALSE(read[0].limit_stated);
}

TEST(ChannelText, OtherTextsAreKeptAndNotUnderstood) {
  const ChannelTable table = read_channels("Nộp ở đâu cũng được", "");
  EXPECT_TRUE(table.lines.empty());
  EXPECT_EQ(table.not_understood, "Nộp ở đâu cũng được");
  EXPECT_TRUE(read_channels("Không có thông tin", "").not_understood.empty());
}

}  // namespace
}  // namespace catalogue
