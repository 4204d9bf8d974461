#include "identity/provider_gate.h"

#include <gtest/gtest.h>

namespace identity {
namespace {

using namespace std::chrono_literals;

constexpr calendar::Instant kNow{std::chrono::hours{500'000}};

TEST(ProviderGate, LetsAFewInAtOnceForEachProvider) {
  ProviderGate gate;
  for (int i = 0; i < ProviderGate::kAtOnce; ++i) EXPECT_TRUE(gate.enter("a", kNow));
  EXPECT_FALSE(gate.enter("a", kNow));
  EXPECT_TRUE(gate.enter("b", kNow)) << "another one is not full";
  gate.leave("a", true, kNow, kNow);
  EXPECT_TRUE(gate.enter("a", kNow));
}

TEST(ProviderGate, LeavesAHangingProviderAloneAndThenTriesOneAtATime) {
  ProviderGate gate;
  for (int i = 0; i < ProviderGate::kAtOnce; ++i) ASSERT_TRUE(gate.enter("a", kNow));
  const auto late = kNow + 5s;
  for (int i = 0; i < ProviderGate::kAtOnce; ++i) gate.leave("a", false, kNow, late);
  EXPECT_FALSE(gate.enter("a", late)) << "it rests";
  const auto rested = late + ProviderGate::kRest;
  EXPECT_TRUE(gate.enter("a", rested));
  EXPECT_FALSE(gate.enter("a", rested)) << "one finds out whether it is back";
  gate.leave("a", true, rested, rested + 100ms);
  for (int i = 0; i < ProviderGate::kAtOnce; ++i) EXPECT_TRUE(gate.enter("a", rested + 100ms));
}

TEST(ProviderGate, DoesNotCountQuickFailures) {
  ProviderGate gate;
  ASSERT_TRUE(gate.enter("a", kNow));
  gate.leave("a", false, kNow, kNow + 20ms);
  EXPECT_TRUE(gate.enter("a", kNow + 20ms));
}

}  // namespace
}  // namespace identity
