#include "documents/qr_code.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace documents {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(QrCode, GrowsWithTheText) {
  EXPECT_EQ(QrCode::of("A")->size(), 21);
  // Version 5, correction M, holds 84 bytes; version 6 106; version 7 122.
  EXPECT_EQ(QrCode::of(std::string(84, 'a'))->size(), 37);
  EXPECT_EQ(QrCode::of(std::string(85, 'a'))->size(), 41);
  EXPECT_EQ(QrCode::of(std::string(120, 'a'))->size(), 45);
}

TEST(QrCode, HasItsThreeFindersAndALightSurrounding) {
  const QrCode code = *QrCode::of("https://motcua.example.vn/t/H41");
  const int last = code.size() - 1;
  for (const auto& [x, y] : {std::pair{0, 0}, std::pair{last - 6, 0}, std::pair{0, last - 6}}) {
    for (int i = 0; i < 7; ++i) {
      EXPECT_TRUE(code.is_dark(x + i, y));
      EXPECT_TRUE(code.is_dark(x, y + i));
    }
    EXPECT_FALSE(code.is_dark(x + 1, y + 1));
    EXPECT_TRUE(code.is_dark(x + 3, y + 3));
  }
  EXPECT_FALSE(code.is_dark(-1, 0));
  EXPECT_FALSE(code.is_dark(0, code.size()));
}

TEST(QrCode, RefusesNothingAndTooMuch) {
  EXPECT_FALSE(QrCode::of("").has_value());
  EXPECT_FALSE(QrCode::of(std::string(1001, 'a')).has_value());
  EXPECT_TRUE(QrCode::of(std::string(1000, 'a')).has_value());
  EXPECT_TRUE(QrCode::of(std::string_view("a\0b", 3)).has_value());
}

TEST(QrCode, SvgHasAQuietZoneAndAnEscapedTitle) {
  const QrCode code = *QrCode::of("A");
  const std::string svg = code.svg("Hồ sơ <1> & \"2\"");
  EXPECT_THAT(svg, StartsWith("<svg "));
  EXPECT_THAT(svg, HasSubstr("viewBox=\"0 0 29 29\""));
  EXPECT_THAT(svg, HasSubstr("Hồ sơ &lt;1&gt; &amp; &quot;2&quot;"));
  EXPECT_THAT(svg, HasSubstr("M4 4h7v1h-7z"));
}

}  // namespace
}  // namespace documents
