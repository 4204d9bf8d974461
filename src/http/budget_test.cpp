#include "http/budget.h"

#include <gtest/gtest.h>

namespace http {
namespace {

constexpr BudgetLimits kLimits{.strangers = 100, .block = 40, .officers = 50, .account = 30};
const Payer kHere{false, "203.0.113.0/24"};
const Payer kThere{false, "198.51.100.0/24"};
const Payer kOfficer{true, "tiepnhan"};

TEST(Budget, IsBoundedForEachBlockAndForAllTogether) {
  Budget budget{kLimits};
  Budget::Share one{budget, kHere};
  Budget::Share two{budget, kHere};
  EXPECT_TRUE(one.raise_to(30));
  EXPECT_FALSE(two.raise_to(11)) << "of one block";
  EXPECT_TRUE(two.raise_to(10));
  Budget::Share other{budget, kThere};
  EXPECT_TRUE(other.raise_to(40));
  Budget::Share third{budget, {false, "192.0.2.0/24"}};
  EXPECT_FALSE(third.raise_to(21)) << "of all together";
  EXPECT_TRUE(third.raise_to(20));
  EXPECT_FALSE(third.raise_to(21));
  EXPECT_EQ(third.amount(), 20U) << "what it has it keeps";
  EXPECT_EQ(budget.used_by_strangers(), 100U);
}

TEST(Budget, KeepsTheOfficersShare) {
  Budget budget{kLimits};
  Budget::Share one{budget, kHere};
  Budget::Share two{budget, kThere};
  Budget::Share three{budget, {false, "x"}};
  ASSERT_TRUE(one.raise_to(40) && two.raise_to(40) && three.raise_to(20));
  Budget::Share officer{budget, kOfficer};
  EXPECT_TRUE(officer.raise_to(30));
  EXPECT_FALSE(officer.raise_to(31));
  // An account may be called as a block is.
  Budget::Share namesake{budget, {true, kHere.name}};
  EXPECT_TRUE(namesake.raise_to(20));
  EXPECT_EQ(budget.used_by_officers(), 50U);
}

TEST(Budget, GetsBackWhatIsOver) {
  Budget budget{kLimits};
  for (int i = 0; i < 1000; ++i) {
    Budget::Share share{budget, kHere};
    ASSERT_TRUE(share.raise_to(40));
    share.lower_to(10);
    ASSERT_TRUE(share.raise_to(40));
  }
  EXPECT_EQ(budget.used_by_strangers(), 0U);
}

}  // namespace
}  // namespace http
