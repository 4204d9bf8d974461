#include "identity/login_throttle.h"

#include <string>

#include <gtest/gtest.h>

namespace identity {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Moment kNow{seconds{1'790'000'000}};

void fail(LoginThrottle& throttle, int times, std::string_view account, std::string_view address,
          Moment at = kNow) {
  for (int i = 0; i < times; ++i) throttle.attempt(account, address, at);
}

TEST(LoginThrottle, LetsSomeoneMistypeAFewTimes) {
  LoginThrottle throttle;
  fail(throttle, 4, "an", "10.0.0.1");
  EXPECT_EQ(throttle.wait_before("an", "10.0.0.1", kNow), seconds{0});
  fail(throttle, 1, "an", "10.0.0.1");
  EXPECT_EQ(throttle.wait_before("an", "10.0.0.1", kNow), seconds{2});
}

TEST(LoginThrottle, WaitsTwiceAsLongAfterEachFurtherFailureUpToALimit) {
  LoginThrottle throttle;
  fail(throttle, 7, "an", "10.0.0.1");
  EXPECT_EQ(throttle.wait_before("an", "10.0.0.1", kNow), seconds{8});
  EXPECT_EQ(throttle.wait_before("an", "10.0.0.1", kNow + seconds{5}), seconds{3});
  EXPECT_EQ(throttle.wait_before("an", "10.0.0.1", kNow + seconds{8}), seconds{0});
  fail(throttle, 40, "an", "10.0.0.1");
  EXPECT_EQ(throttle.wait_before("an", "10.0.0.1", kNow), minutes{15});
}

TEST(LoginThrottle, DoesNotLockTheOfficerOutWhenAStrangerGuesses) {
  LoginThrottle throttle;
  fail(throttle, 90, "an", "203.0.113.9");
  EXPECT_GT(throttle.wait_before("an", "203.0.113.9", kNow), seconds{0});
  EXPECT_EQ(throttle.wait_before("an", "10.0.0.1", kNow), seconds{0});
}

TEST(LoginThrottle, SlowsAGuessFromManyAddressesButNotWhereTheOfficerWorks) {
  LoginThrottle throttle;
  throttle.attempt("an", "10.0.0.1", kNow);
  throttle.succeeded("an", "10.0.0.1", kNow);
  for (int i = 0; i < 150; ++i) throttle.attempt("an", "203.0.113." + std::to_string(i), kNow);
  EXPECT_GT(throttle.wait_before("an", "198.51.100.1", kNow), seconds{0});
  EXPECT_EQ(throttle.wait_before("an", "10.0.0.1", kNow), seconds{0});
}

TEST(LoginThrottle, SlowsAnAddressThatTriesManyAccounts) {
  LoginThrottle throttle;
  for (int i = 0; i < 60; ++i) throttle.attempt("user" + std::to_string(i), "203.0.113.9", kNow);
  EXPECT_GT(throttle.wait_before("someone else", "203.0.113.9", kNow), seconds{0});
  EXPECT_EQ(throttle.wait_before("someone else", "10.0.0.1", kNow), seconds{0});
}

TEST(LoginThrottle, IsNotWipedByASuccessOfAnotherAccount) {
  LoginThrottle throttle;
  fail(throttle, 10, "an", "203.0.113.9");
  throttle.attempt("own", "203.0.113.9", kNow);
  throttle.succeeded("own", "203.0.113.9", kNow);
  EXPECT_GT(throttle.wait_before("an", "203.0.113.9", kNow), seconds{0});
}

TEST(LoginThrottle, TellsUnknownAccountsApartFromKnownOnesInNoWay) {
  LoginThrottle throttle;
  fail(throttle, 6, "an", "10.0.0.1");
  fail(throttle, 6, "nobody", "10.0.0.2");
  EXPECT_EQ(throttle.wait_before("an", "10.0.0.1", kNow),
            throttle.wait_before("nobody", "10.0.0.2", kNow));
}

TEST(LoginThrottle, ForgetsAfterADayAndSurvivesAClockThatWentBackwards) {
  LoginThrottle throttle;
  fail(throttle, 30, "an", "10.0.0.1");
  EXPECT_LE(throttle.wait_before("an", "10.0.0.1", kNow - hours{5}), minutes{15});
  EXPECT_EQ(throttle.wait_before("an", "10.0.0.1", kNow + hours{24}), seconds{0});
  throttle.attempt("an", "10.0.0.1", kNow + hours{24});
  EXPECT_EQ(throttle.wait_before("an", "10.0.0.1", kNow + hours{24}), seconds{0});
}

TEST(LoginThrottle, KeepsABoundedNumberOfKeys) {
  ThrottleLimits limits;
  limits.keys_max = 1000;
  LoginThrottle throttle{limits};
  fail(throttle, 60, "an", "203.0.113.9");
  for (int i = 0; i < 5000; ++i) {
    const std::string number = std::to_string(i);
    throttle.attempt("user" + number, "10.1.1." + number, kNow);
  }
  EXPECT_LE(throttle.key_count(), 1000U);
  EXPECT_GT(throttle.wait_before("an", "203.0.113.9", kNow), seconds{0});
  throttle.attempt(std::string(1'000'000, 'x'), "10.0.0.1", kNow);
}

}  // namespace
}  // namespace identity
