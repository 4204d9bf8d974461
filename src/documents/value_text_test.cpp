#include "documents/value_text.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "documents/text_block.h"

namespace documents::internal {
namespace {

TEST(NumberInWords, SpeaksVietnamese) {
  const struct {
    std::int64_t number;
    std::string words;
  } cases[] = {
      {0, "không"},
      {5, "năm"},
      {10, "mười"},
      {15, "mười lăm"},
      {21, "hai mươi mốt"},
      {24, "hai mươi bốn"},
      {55, "năm mươi lăm"},
      {100, "một trăm"},
      {105, "một trăm linh năm"},
      {111, "một trăm mười một"},
      {1'005, "một nghìn không trăm linh năm"},
      {15'000, "mười lăm nghìn"},
      {1'250'000, "một triệu hai trăm năm mươi nghìn"},
      {1'000'001, "một triệu không trăm linh một"},
      {59'124'810'000, "năm mươi chín tỷ một trăm hai mươi bốn triệu tám trăm mười nghìn"},
      {2'000'000'000'000, "hai nghìn tỷ"},
      {1'005'000'000'000, "một nghìn không trăm linh năm tỷ"},
      {-20, "âm hai mươi"},
  };
  for (const auto& each : cases) EXPECT_EQ(number_in_words(each.number), each.words);
  EXPECT_FALSE(number_in_words(INT64_MIN).empty());
  EXPECT_FALSE(number_in_words(INT64_MAX).empty());
}

TEST(Grouped, PutsDotsBetweenThousands) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1'000), "1.000");
  EXPECT_EQ(grouped(-1'234'567), "-1.234.567");
}

TEST(TextOf, WritesDaysAndMoments) {
  const auto text = [](std::string_view value, Filter filter) {
    const base::json::value holder(value);
    return text_of(&holder, filter);
  };
  EXPECT_EQ(text("2026-02-05", Filter::long_date), "ngày 05 tháng 02 năm 2026");
  EXPECT_EQ(text("2026-08-20", Filter::date), "20/08/2026");
  EXPECT_EQ(text("2026-08-20T10:05:00+07:00", Filter::moment),
            "10 giờ 05 phút, ngày 20 tháng 8 năm 2026");
  EXPECT_EQ(text("2026-08-20T23:30:00Z", Filter::moment),
            "06 giờ 30 phút, ngày 21 tháng 8 năm 2026");
  EXPECT_EQ(text("2026-08-20T23:30:00.123Z", Filter::date), "21/08/2026");
  EXPECT_EQ(text("2026-08-20T10:05", Filter::moment), "10 giờ 05 phút, ngày 20 tháng 8 năm 2026");
  EXPECT_EQ(text("2026-08-20T23:30:00Z", Filter::stamp), "06 giờ 30 phút, 21/08/2026");
  EXPECT_EQ(text("2026-08-20T23:30:00Z", Filter::clock), "06:30 21/08/2026");
  // A birth date of which only the year is known, and nonsense, stay as they are.
  EXPECT_EQ(text("1990", Filter::date), "1990");
  EXPECT_EQ(text("2026-02-30", Filter::date), "2026-02-30");
  EXPECT_EQ(text("2026-08-20T99:05:00Z", Filter::moment), "2026-08-20T99:05:00Z");
}

TEST(TextOf, WritesMoneyAndFlags) {
  const base::json::value amount = 1'250'000;
  EXPECT_EQ(text_of(&amount, Filter::money), "1.250.000 đồng");
  EXPECT_EQ(text_of(&amount, Filter::words), "Một triệu hai trăm năm mươi nghìn đồng");
  const base::json::value ten = 10, two = 2, yes = true, text = "đặng", none = nullptr;
  EXPECT_EQ(text_of(&ten, Filter::words), "Mười đồng");
  EXPECT_EQ(text_of(&two, Filter::two), "02");
  EXPECT_EQ(text_of(&yes, Filter::yes_no), "Có");
  EXPECT_EQ(text_of(&text, Filter::upper), "ĐẶNG");
  EXPECT_EQ(text_of(&none, Filter::plain), "");
  EXPECT_EQ(text_of(nullptr, Filter::money), "");
}

TEST(Printable, AgreesWithTheGeneralWayOnEveryCharacter) {
  for (char32_t c = 0x20; c < 0x3000; ++c) {
    std::string text = "a";
    if (c < 0x80) {
      text += static_cast<char>(c);
    } else if (c < 0x800) {
      text += {static_cast<char>(0xc0U | (c >> 6U)), static_cast<char>(0x80U | (c & 0x3fU))};
    } else {
      text +=
          {static_cast<char>(0xe0U | (c >> 12U)), static_cast<char>(0x80U | ((c >> 6U) & 0x3fU)),
           static_cast<char>(0x80U | (c & 0x3fU))};
    }
    // A tab sends the second text the general way.
    const std::string quick = printable(text, 100);
    const std::string general = printable("\t" + text, 100);
    ASSERT_EQ(" " + quick, general) << static_cast<unsigned>(c);
    ASSERT_EQ(quick, base::to_nfc(quick)) << static_cast<unsigned>(c);
  }
}

TEST(Printable, CutsAndDrops) {
  EXPECT_EQ(printable("Đặng Đình Ưởng", 4), "Đặng […]");
  EXPECT_EQ(printable("a\u200b\u202eb\x01\x7f", 10), "ab");
  EXPECT_EQ(printable("a\tb\nc", 10), "a b\nc");
  EXPECT_EQ(printable("\xc4", 10), "\ufffd");
  EXPECT_EQ(printable("\xe1\xba", 10).find("\xe1\xba\xe1"), std::string::npos);
}

}  // namespace
}  // namespace documents::internal
