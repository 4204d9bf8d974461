#include "identity/totp.h"

#include <string>

#include <gtest/gtest.h>

namespace identity {
namespace {

using std::chrono::seconds;

constexpr Moment kNow{seconds{1'790'000'010}};
const std::string kSecret = "12345678901234567890";

std::string seed(std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += "1234567890";
  return text.substr(0, bytes);
}

// Source: RFC 6238, appendix B.
TEST(Totp, GivesTheCodesOfTheStandard) {
  struct Row {
    std::int64_t at;
    const char* sha1;
    const char* sha256;
    const char* sha512;
  };
  constexpr Row kRows[] = {
      {59, "94287082", "46119246", "90693936"},
      {1111111109, "07081804", "68084774", "25091201"},
      {1111111111, "14050471", "67062674", "99943326"},
      {1234567890, "89005924", "91819424", "93441116"},
      {2000000000, "69279037", "90698825", "38618901"},
      {20000000000, "65353130", "77737706", "47863826"},
  };
  for (const Row& row : kRows) {
    const std::int64_t step = totp_step(Moment{seconds{row.at}});
    EXPECT_EQ(totp_code(seed(20), step, 8, TotpHash::sha1), row.sha1);
    EXPECT_EQ(totp_code(seed(32), step, 8, TotpHash::sha256), row.sha256);
    EXPECT_EQ(totp_code(seed(64), step, 8, TotpHash::sha512), row.sha512);
  }
}

// Source: RFC 4226, appendix D.
TEST(Totp, GivesTheSixDigitsOfTheCounterStandard) {
  constexpr const char* kCodes[] = {"755224", "287082", "359152", "969429", "338314",
                                    "254676", "287922", "162583", "399871", "520489"};
  for (std::int64_t counter = 0; counter < 10; ++counter) {
    EXPECT_EQ(totp_code(kSecret, counter), kCodes[counter]);
  }
}

TEST(Totp, AcceptsOneStepOfSkewAndNoMore) {
  const std::int64_t here = totp_step(kNow);
  for (std::int64_t off = -4; off <= 4; ++off) {
    const auto accepted = accept_totp(kSecret, totp_code(kSecret, here + off), kNow, std::nullopt);
    if (off >= -1 && off <= 1) {
      EXPECT_EQ(accepted, here + off);
    } else {
      EXPECT_FALSE(accepted.has_value()) << off;
    }
  }
}

TEST(Totp, AcceptsNoStepTwiceNorAnEarlierOne) {
  const std::int64_t here = totp_step(kNow);
  const auto first = accept_totp(kSecret, totp_code(kSecret, here), kNow, std::nullopt);
  ASSERT_EQ(first, here);
  EXPECT_FALSE(accept_totp(kSecret, totp_code(kSecret, here), kNow, first).has_value());
  EXPECT_FALSE(accept_totp(kSecret, totp_code(kSecret, here - 1), kNow, first).has_value());
  EXPECT_EQ(accept_totp(kSecret, totp_code(kSecret, here + 1), kNow, first), here + 1);
}

TEST(Totp, RefusesWhatIsNoCode) {
  for (const char* wrong : {"", "12345", "1234567", "12345a", "      ", "１２３４５６"}) {
    EXPECT_FALSE(accept_totp(kSecret, wrong, kNow, std::nullopt).has_value()) << wrong;
  }
}

// Source: RFC 4648, section 10.
TEST(Totp, WritesSecretsInBase32) {
  EXPECT_EQ(to_base32(""), "");
  EXPECT_EQ(to_base32("f"), "MY");
  EXPECT_EQ(to_base32("fo"), "MZXQ");
  EXPECT_EQ(to_base32("foo"), "MZXW6");
  EXPECT_EQ(to_base32("foob"), "MZXW6YQ");
  EXPECT_EQ(to_base32("fooba"), "MZXW6YTB");
  EXPECT_EQ(to_base32("foobar"), "MZXW6YTBOI");
}

TEST(Totp, NamesIssuerAndAccountInItsAddress) {
  EXPECT_EQ(totp_uri("Một Cửa", "an@xa", kSecret),
            "otpauth://totp/M%E1%BB%99t%20C%E1%BB%ADa:an%40xa?secret="
            "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=M%E1%BB%99t%20C%E1%BB%ADa&algorithm=SHA1&"
            "digits=6&period=30");
}

TEST(Totp, MakesSecretsOfTwentyBytes) {
  base::SeededRandom random{7};
  const std::string one = new_totp_secret(random);
  EXPECT_EQ(one.size(), 20U);
  EXPECT_NE(one, new_totp_secret(random));
}

}  // namespace
}  // namespace identity
