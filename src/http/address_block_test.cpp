#include "http/address_block.h"

#include <gtest/gtest.h>

namespace http {
namespace {

TEST(AddressBlock, IsATwentyFourOfIPv4) {
  EXPECT_EQ(address_block("203.0.113.77"), "203.0.113.0/24");
  EXPECT_EQ(address_block("203.0.113.1"), address_block("203.0.113.254"));
  EXPECT_NE(address_block("203.0.113.1"), address_block("203.0.114.1"));
}

TEST(AddressBlock, IsAFiftySixOfIPv6) {
  EXPECT_EQ(address_block("2001:db8:0:42ff::1"), "2001:db8:0:4200::/56");
  EXPECT_EQ(address_block("2001:db8:0:4200::1"), address_block("2001:db8:0:42aa:1:2:3:4"));
  EXPECT_NE(address_block("2001:db8:0:4300::1"), address_block("2001:db8:0:4200::1"));
}

TEST(AddressBlock, TakesIPv4InIPv6ForIPv4) {
  EXPECT_EQ(address_block("::ffff:203.0.113.9"), "203.0.113.0/24");
}

TEST(AddressBlock, LeavesAloneWhatIsNoAddress) {
  EXPECT_EQ(address_block(""), "");
  EXPECT_EQ(address_block("unix"), "unix");
  EXPECT_EQ(address_block("203.0.113.256"), "203.0.113.256");
}

TEST(AddressBlock, KnowsWhatANetworkCovers) {
  EXPECT_TRUE(is_covered("127.0.0.1", "127.0.0.1"));
  EXPECT_FALSE(is_covered("127.0.0.2", "127.0.0.1"));
  EXPECT_TRUE(is_covered("10.20.30.40", "10.0.0.0/8"));
  EXPECT_FALSE(is_covered("11.20.30.40", "10.0.0.0/8"));
  EXPECT_TRUE(is_covered("2001:db8::5", "2001:db8::/32"));
  EXPECT_TRUE(is_covered("::ffff:10.1.1.1", "10.0.0.0/8"));
  for (const char* malformed : {"", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8x",
                                "localhost", "2001:db8::/129"}) {
    EXPECT_FALSE(is_covered("10.0.0.1", malformed)) << malformed;
  }
}

}  // namespace
}  // namespace http
