#include "http/rate_limit.h"

#include <string>

#include <gtest/gtest.h>

namespace http {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using Clock = RateLimiter::Clock;

constexpr Clock::time_point kStart{std::chrono::hours{100}};

// How many of `per_second` evenly offered requests pass in that time.
int passed(RateLimiter& limiter, Clock::time_point from, seconds during, int per_second) {
  int count = 0;
  const nanoseconds step = nanoseconds{seconds{1}} / per_second;
  for (Clock::time_point at = from; at < from + during; at += step) {
    if (limiter.admit("one", at) == nanoseconds{0}) ++count;
  }
  return count;
}

TEST(RateLimit, HoldsTheRateWithinOnePercentUnderTenTimesIt) {
  for (const double rate : {0.5, 2.0, 20.0, 50.0, 1000.0}) {
    RateLimiter limiter({.per_second = rate, .burst = 5});
    const int before = passed(limiter, kStart, seconds{10}, static_cast<int>(rate * 10) + 1);
    const int count =
        passed(limiter, kStart + seconds{10}, seconds{60}, static_cast<int>(rate * 10) + 1);
    EXPECT_NEAR(count, rate * 60, std::max(1.0, rate * 60 * 0.01)) << rate;
    EXPECT_NEAR(before, rate * 10 + 4, 1.0 + rate * 0.1) << rate;
  }
}

TEST(RateLimit, LetsABurstThroughAndNoMore) {
  RateLimiter limiter({.per_second = 1, .burst = 10});
  for (int i = 0; i < 10; ++i) EXPECT_EQ(limiter.admit("one", kStart), nanoseconds{0}) << i;
  EXPECT_EQ(limiter.admit("one", kStart), nanoseconds{seconds{1}});
  EXPECT_EQ(limiter.admit("another", kStart), nanoseconds{0});
}

TEST(RateLimit, KeepsItsWordToWhoeverWaits) {
  RateLimiter limiter({.per_second = 0.2, .burst = 1});
  Clock::time_point now = kStart;
  EXPECT_EQ(limiter.admit("one", now), nanoseconds{0});
  for (int i = 0; i < 20; ++i) {
    now += milliseconds{700};
    const nanoseconds wait = limiter.admit("one", now);
    ASSERT_GT(wait, nanoseconds{0});
    ASSERT_LE(wait, nanoseconds{seconds{5}});
    now += wait;
    ASSERT_EQ(limiter.admit("one", now), nanoseconds{0}) << i;
  }
}

TEST(RateLimit, ForgetsTheQuietAndBoundsTheBusy) {
  RateLimiter limiter({.per_second = 1, .burst = 1}, 100);
  for (int i = 0; i < 1000; ++i) {
    [[maybe_unused]] const auto wait = limiter.admit(std::to_string(i), kStart);
  }
  EXPECT_LE(limiter.key_count(), 101U);
  // Those beyond the hundred share one account.
  EXPECT_GT(limiter.admit("another new one", kStart), nanoseconds{0});
  EXPECT_EQ(limiter.admit("another new one", kStart + seconds{1200}), nanoseconds{0});
  EXPECT_LE(limiter.key_count(), 2U);
}

TEST(RateLimit, OfNothingIsNoLimit) {
  RateLimiter limiter({});
  for (int i = 0; i < 10'000; ++i) ASSERT_EQ(limiter.admit("one", kStart), nanoseconds{0});
}

}  // namespace
}  // namespace http
