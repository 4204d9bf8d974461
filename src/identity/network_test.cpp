#include "identity/network.h"

#include <gtest/gtest.h>

namespace identity {
namespace {

bool holds(std::string_view network, std::string_view address) {
  const auto parsed = Network::parse(network);
  EXPECT_TRUE(parsed.has_value()) << network;
  return parsed.has_value() && parsed->holds(address);
}

TEST(Network, HoldsItsAddressesAndNoOthers) {
  EXPECT_TRUE(holds("10.0.0.0/8", "10.255.1.2"));
  EXPECT_FALSE(holds("10.0.0.0/8", "11.0.0.1"));
  EXPECT_TRUE(holds("192.168.4.0/22", "192.168.7.255"));
  EXPECT_FALSE(holds("192.168.4.0/22", "192.168.8.0"));
  EXPECT_TRUE(holds("127.0.0.1", "127.0.0.1"));
  EXPECT_FALSE(holds("127.0.0.1", "127.0.0.2"));
  EXPECT_TRUE(holds("0.0.0.0/0", "203.0.113.9"));
  EXPECT_FALSE(holds("0.0.0.0/0", "2001:db8::1"));
  EXPECT_TRUE(holds("2001:db8::/32", "2001:db8:ffff::1"));
  EXPECT_FALSE(holds("2001:db8::/32", "2001:db9::1"));
  EXPECT_TRUE(holds("10.0.0.0/8", "::ffff:10.1.1.1"));
  EXPECT_FALSE(holds("10.0.0.0/8", "not an address"));
  EXPECT_FALSE(holds("10.0.0.0/8", ""));
  EXPECT_FALSE(holds("10.0.0.0/8", "010.1.1.1"));
}

TEST(Network, RefusesWhatIsNone) {
  for (const char* wrong :
       {"", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/8 ", "10.0.0/8", "10.1.0.0/8",
        "2001:db8::/129", "2001:db8::1/32", "localhost"}) {
    EXPECT_FALSE(Network::parse(wrong).has_value()) << wrong;
  }
}

TEST(AddressBlock, IsAHouseAndNotAPerson) {
  EXPECT_EQ(address_block("203.0.113.9"), "203.0.113.0/24");
  EXPECT_EQ(address_block("::ffff:203.0.113.9"), "203.0.113.0/24");
  EXPECT_EQ(address_block("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(address_block(std::string(1000, 'x')).size(), 64U);
}

}  // namespace
}  // namespace identity
