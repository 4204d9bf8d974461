#include "identity/sign_in_policy.h"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace identity {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

std::string shipped() {
  std::ifstream file(PROJECT_ROOT "/data/policy/sign-in.yaml");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

SignInPolicy profile(std::string_view name) {
  const auto policy = read_sign_in_policy(shipped(), name);
  EXPECT_TRUE(policy) << (policy ? "" : policy.error().message);
  return policy ? *policy : SignInPolicy{};
}

Moment noon(int year, int month, int day) {
  return std::chrono::time_point_cast<std::chrono::seconds>(
      calendar::at_local(*calendar::make_date(year, month, day), calendar::hour_minute(12)));
}

calendar::Date day_of(std::optional<Moment> at) {
  return at.has_value() ? calendar::local_date(*at) : calendar::Date{};
}

TEST(SignInPolicy, IsByNistUnlessAnotherProfileIsNamed) {
  const SignInPolicy policy = profile("");
  EXPECT_EQ(policy.profile, "nist-800-63b-4");
  EXPECT_EQ(policy.password.length_min, 15U);
  EXPECT_FALSE(policy.password.four_kinds);
  EXPECT_FALSE(policy.password_ends(true, noon(2026, 8, 1)).has_value());
  EXPECT_EQ(policy.session.lock, minutes{15});
  EXPECT_EQ(policy.session.absolute, hours{12});
}

// Source: QCVN 12:2026/BCA (accounts, lockout).
TEST(SignInPolicy, By742AsksWhatTheStandardAsks) {
  const SignInPolicy policy = profile("vn-742");
  EXPECT_EQ(policy.password.length_min, 8U);
  EXPECT_TRUE(policy.password.four_kinds);
  EXPECT_EQ(policy.password.history, 10);
  EXPECT_EQ(policy.throttle.free_failures_of_pair, 5);
  EXPECT_EQ(policy.throttle.first_wait, hours{12});
  EXPECT_EQ(policy.throttle.longest_wait, hours{12});
  EXPECT_EQ(policy.unused_days, 45);
  EXPECT_EQ(day_of(policy.password_ends(true, noon(2026, 8, 15))),
            *calendar::make_date(2026, 10, 15));
  EXPECT_EQ(day_of(policy.password_ends(true, noon(2026, 12, 31))),
            *calendar::make_date(2027, 2, 28));
  EXPECT_FALSE(policy.password_ends(false, noon(2026, 8, 15)).has_value());
}

TEST(SignInPolicy, CountsNoDayBeforeItCounts) {
  const SignInPolicy policy = profile("vn-742");
  EXPECT_EQ(day_of(policy.password_ends(true, noon(2020, 1, 1))), *calendar::make_date(2026, 9, 1));
  EXPECT_EQ(day_of(policy.unused_from(noon(2020, 1, 1))),
            *calendar::make_date(2026, 7, 1) + days{45});
  EXPECT_EQ(policy.unused_from(noon(2026, 8, 1)), noon(2026, 8, 1) + days{45});
  EXPECT_FALSE(profile("demonstration").unused_from(noon(2020, 1, 1)).has_value());
}

TEST(SignInPolicy, AsksAdministratorsAndWhoComesFromOutsideForASecondFactor) {
  for (const char* name : {"nist-800-63b-4", "vn-742"}) {
    const SignInPolicy policy = profile(name);
    EXPECT_TRUE(policy.asks_second_factor(true, "10.1.2.3"));
    EXPECT_FALSE(policy.asks_second_factor(false, "10.1.2.3"));
    EXPECT_FALSE(policy.asks_second_factor(false, "::1"));
    EXPECT_TRUE(policy.asks_second_factor(false, "203.0.113.9"));
    EXPECT_TRUE(policy.asks_second_factor(false, "who knows"));
  }
  EXPECT_FALSE(profile("demonstration").asks_second_factor(true, "203.0.113.9"));
}

TEST(SignInPolicy, RefusesWhatItDoesNotUnderstand) {
  const std::string text = shipped();
  const auto broken = [&](const std::string& from, const std::string& to) {
    std::string changed = text;
    const std::size_t at = changed.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    changed.replace(at, from.size(), to);
    const auto read = read_sign_in_policy(changed, "");
    EXPECT_FALSE(read) << to;
    return read ? std::string{} : read.error().message;
  };
  EXPECT_NE(broken("length_min: 15", "length_min: 4").find("from 8 to 64"), std::string::npos);
  EXPECT_NE(broken("history: 10", "histroy: 10"), "");
  EXPECT_NE(broken("10.0.0.0/8", "10.0.0.1/8").find("not a network"), std::string::npos);
  EXPECT_NE(broken("from: 2026-07-01", "since: 2026-07-01"), "");
  EXPECT_NE(broken("unused_days: 45", "unused_days: never"), "");
  EXPECT_NE(broken("profile: nist-800-63b-4", "profile: other").find("no profile other"),
            std::string::npos);
  EXPECT_FALSE(read_sign_in_policy("", ""));
  EXPECT_FALSE(read_sign_in_policy(text, "none"));
}

}  // namespace
}  // namespace identity
