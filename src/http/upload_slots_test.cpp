#include "http/upload_slots.h"

#include <thread>

#include <gtest/gtest.h>

namespace http {
namespace {

using std::chrono::milliseconds;

const Payer kHere{false, "203.0.113.0/24"};
const Payer kThere{false, "198.51.100.0/24"};
const Payer kOfficer{true, "an"};

TEST(UploadSlots, KeepSomeForOfficersAndFewForOneBlock) {
  UploadSlots slots({.wait = milliseconds{20}, .officers_wait = milliseconds{20}});
  EXPECT_TRUE(slots.enter(kHere) && slots.enter(kHere));
  EXPECT_FALSE(slots.enter(kHere)) << "two of a block";
  EXPECT_TRUE(slots.enter(kThere));
  EXPECT_FALSE(slots.enter(kThere)) << "three of strangers";
  EXPECT_TRUE(slots.enter(kOfficer));
  EXPECT_FALSE(slots.enter(kOfficer)) << "four in all";
  slots.leave(kHere);
  EXPECT_TRUE(slots.enter(kOfficer));
  slots.leave(kOfficer);
  EXPECT_TRUE(slots.enter(kThere));
}

TEST(UploadSlots, TellAtOnceWhomNoPlaceToWaitIsLeftFor) {
  UploadSlots slots({.waiting_of_block = 0, .wait = std::chrono::hours{1}});
  ASSERT_TRUE(slots.enter(kHere) && slots.enter(kHere));
  EXPECT_FALSE(slots.enter(kHere)) << "or this would wait an hour";
}

TEST(UploadSlots, LetInWhoeverWaitsWhenOneIsFree) {
  UploadSlots slots({.wait = std::chrono::hours{1}});
  ASSERT_TRUE(slots.enter(kHere) && slots.enter(kHere));
  bool entered = false;
  std::jthread waiting([&] { entered = slots.enter(kHere); });
  slots.leave(kHere);
  waiting.join();
  EXPECT_TRUE(entered);
}

}  // namespace
}  // namespace http
