#include "identity/login_throttle.h"

#include <algorithm>
#include <mutex>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "identity/attempt_guard.h"

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
  fail(throttle, 50, "an", "203.0.113.9");
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

// What an attacker gets through who tries without a pause: `tries` a second on these accounts, in
// turn from these addresses, for `lasting`.  Evaluated tries by account and hour.
struct Siege {
  std::size_t accounts = 1;
  std::size_t addresses = 1;
  std::size_t tries = 10'000;
  seconds lasting = hours{1};
};
std::size_t most_evaluated_in_an_hour(const Siege& siege) {
  LoginThrottle throttle;
  std::vector<std::vector<std::size_t>> evaluated(siege.accounts);
  for (std::size_t i = 0; i < siege.tries; ++i) {
    const auto passed = siege.lasting * static_cast<long>(i) / static_cast<long>(siege.tries);
    const std::size_t account = i % siege.accounts;
    const std::string name = "user" + std::to_string(account);
    const std::size_t house = (i / siege.accounts + i) % siege.addresses;
    const std::string address =
        "203.0." + std::to_string(house / 250) + "." + std::to_string(1 + house % 250);
    if (throttle.wait_before(name, address, kNow + passed) > seconds{0}) continue;
    throttle.attempt(name, address, kNow + passed);
    const auto hour = static_cast<std::size_t>(passed / hours{1});
    evaluated[account].resize(std::max(evaluated[account].size(), hour + 1));
    ++evaluated[account][hour];
  }
  std::size_t most = 0;
  for (const auto& by_hour : evaluated) {
    for (const std::size_t count : by_hour) most = std::max(most, count);
  }
  return most;
}

TEST(LoginThrottle, EvaluatesFewerThanAHundredTriesAnHourOnOneAccount) {
  EXPECT_LE(most_evaluated_in_an_hour({}), 25U);
  EXPECT_LE(most_evaluated_in_an_hour({.addresses = 500}), 100U);
  EXPECT_LE(most_evaluated_in_an_hour({.addresses = 10'000}), 100U);
  EXPECT_LE(most_evaluated_in_an_hour({.addresses = 500, .tries = 100'000, .lasting = hours{24}}),
            100U);
}

TEST(LoginThrottle, EvaluatesOnePasswordOnTenThousandAccountsHardlyAnywhere) {
  EXPECT_LE(most_evaluated_in_an_hour({.accounts = 10'000}), 1U);
  EXPECT_LE(most_evaluated_in_an_hour({.accounts = 10'000, .addresses = 500, .tries = 30'000}), 3U);
}

TEST(LoginThrottle, LetsTheOfficerInDuringASiegeAndAfterIt) {
  LoginThrottle throttle;
  throttle.attempt("an", "10.0.0.1", kNow);
  throttle.succeeded("an", "10.0.0.1", kNow);
  for (int i = 0; i < 10'000; ++i) {
    throttle.attempt("an", "203.0." + std::to_string(i / 250) + "." + std::to_string(i % 250),
                     kNow + seconds{i / 3});
  }
  const Moment during = kNow + hours{1};
  EXPECT_EQ(throttle.wait_before("an", "10.0.0.1", during), seconds{0});
  EXPECT_GT(throttle.wait_before("an", "10.0.0.2", during), seconds{0});
  EXPECT_LE(throttle.wait_before("an", "10.0.0.2", during), minutes{15});
  EXPECT_EQ(throttle.wait_before("an", "10.0.0.2", during + minutes{15}), seconds{0});
}

TEST(LoginThrottle, SlowsABlockOfAddressesThatTriesManyAccounts) {
  LoginThrottle throttle;
  for (int i = 0; i < 250; ++i) {
    throttle.attempt("user" + std::to_string(i), "203.0.113." + std::to_string(i), kNow);
  }
  EXPECT_GT(throttle.wait_before("someone else", "203.0.113.254", kNow), seconds{0});
  EXPECT_EQ(throttle.wait_before("someone else", "203.0.114.254", kNow), seconds{0});
}

TEST(LoginThrottle, RemembersWhatItIsToldOfEarlierDays) {
  LoginThrottle throttle;
  fail(throttle, 3, "an", "10.0.0.1");
  throttle.knows("an", "10.0.0.1", kNow);
  for (int i = 0; i < 150; ++i) throttle.attempt("an", "203.0.113." + std::to_string(i), kNow);
  EXPECT_EQ(throttle.wait_before("an", "10.0.0.1", kNow), seconds{0});
  fail(throttle, 2, "an", "10.0.0.1");
  EXPECT_EQ(throttle.wait_before("an", "10.0.0.1", kNow), seconds{2});
}

// Source: QCVN 12:2026/BCA: at most 5 wrong passwords, let in again after 12 hours or by the
// administrator.
TEST(LoginThrottle, LocksForTwelveHoursWhereTheProfileSaysSo) {
  ThrottleLimits limits;
  limits.free_failures_of_pair = limits.free_failures_of_account = 5;
  limits.first_wait = limits.longest_wait = hours{12};
  LoginThrottle throttle{limits};
  throttle.attempt("an", "10.0.0.1", kNow);
  throttle.succeeded("an", "10.0.0.1", kNow);
  fail(throttle, 5, "an", "203.0.113.9");
  EXPECT_EQ(throttle.wait_before("an", "203.0.113.9", kNow), hours{12});
  EXPECT_EQ(throttle.wait_before("an", "198.51.100.1", kNow), hours{12});
  EXPECT_EQ(throttle.wait_before("an", "10.0.0.1", kNow), seconds{0});
  EXPECT_EQ(throttle.wait_before("an", "198.51.100.1", kNow + hours{12}), seconds{0});
  throttle.forget_account("an");
  EXPECT_EQ(throttle.wait_before("an", "203.0.113.9", kNow), seconds{0});
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

TEST(LoginThrottle, TakesBackWhatWasNotCompared) {
  LoginThrottle throttle({.free_failures_of_pair = 5,
                          .first_wait = hours{12},
                          .longest_wait = hours{12},
                          .forget_after = hours{24}});
  const Moment start = kNow;
  for (int i = 0; i < 50; ++i) throttle.take_back(throttle.attempt("lan", "10.0.0.1", start));
  EXPECT_EQ(throttle.wait_before("lan", "10.0.0.1", start), seconds{0});
  for (int i = 0; i < 5; ++i) throttle.attempt("lan", "10.0.0.1", start);
  EXPECT_EQ(throttle.wait_before("lan", "10.0.0.1", start), hours{12});
  // The wait is over; an attempt that was none does not begin it anew.
  const Moment later = start + hours{12};
  ASSERT_EQ(throttle.wait_before("lan", "10.0.0.1", later), seconds{0});
  throttle.take_back(throttle.attempt("lan", "10.0.0.1", later));
  EXPECT_EQ(throttle.wait_before("lan", "10.0.0.1", later), seconds{0});
}

TEST(AttemptGuard, CountsWhileItIsUnderWayAndOnlyWhatWasWrongAfterwards) {
  std::mutex mutex;
  LoginThrottle throttle({.free_failures_of_pair = 2});
  const Moment now = kNow;
  const AttemptGuard::Whose whose{"lan", "10.0.0.1"};
  {
    const AttemptGuard first(mutex, throttle, whose, now);
    const AttemptGuard second(mutex, throttle, whose, now);
    const AttemptGuard third(mutex, throttle, whose, now);
    EXPECT_EQ(second.wait(), seconds{0});
    EXPECT_GT(third.wait(), seconds{0}) << "guesses at the same time count";
  }
  for (int i = 0; i < 2; ++i) {
    AttemptGuard guess(mutex, throttle, whose, now);
    ASSERT_EQ(guess.wait(), seconds{0}) << "the others compared nothing";
    guess.was_wrong();
  }
  EXPECT_GT(AttemptGuard(mutex, throttle, whose, now).wait(), seconds{0});
}

}  // namespace
}  // namespace identity
