#include "identity/recovery_code.h"

#include <set>

#include <gtest/gtest.h>

namespace identity {
namespace {

constexpr Moment kNow{std::chrono::seconds{1'790'000'000}};

TEST(RecoveryCode, ThereAreTenAndEachOpensOnce) {
  base::SeededRandom random{11};
  NewRecoveryCodes fresh = make_recovery_codes("key", "an", random);
  ASSERT_EQ(fresh.shown.size(), 10U);
  EXPECT_EQ(std::set<std::string>(fresh.shown.begin(), fresh.shown.end()).size(), 10U);
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_EQ(codes_left(fresh.kept), 10 - i);
    EXPECT_TRUE(use_recovery_code(fresh.kept, "key", "an", fresh.shown[i], kNow));
    EXPECT_FALSE(use_recovery_code(fresh.kept, "key", "an", fresh.shown[i], kNow));
  }
  EXPECT_EQ(codes_left(fresh.kept), 0U);
}

TEST(RecoveryCode, IsTypedAsPeopleType) {
  base::SeededRandom random{12};
  NewRecoveryCodes fresh = make_recovery_codes("key", "an", random);
  std::string small = fresh.shown[0];
  for (char& c : small) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  small.insert(2, " ");
  EXPECT_TRUE(use_recovery_code(fresh.kept, "key", "an", small, kNow));
}

TEST(RecoveryCode, IsOfOneAccountAndOneInstallation) {
  base::SeededRandom random{13};
  NewRecoveryCodes fresh = make_recovery_codes("key", "an", random);
  EXPECT_FALSE(use_recovery_code(fresh.kept, "key", "binh", fresh.shown[0], kNow));
  EXPECT_FALSE(use_recovery_code(fresh.kept, "other", "an", fresh.shown[0], kNow));
  for (const char* wrong : {"", "ABCDE", "ABCDE-FGHJK", "ABCDEFGHJKMNPQRSTUVWXYZ"}) {
    EXPECT_FALSE(use_recovery_code(fresh.kept, "key", "an", wrong, kNow)) << wrong;
  }
  EXPECT_FALSE(use_recovery_code(fresh.kept, "key", "an", std::string(1'000'000, 'A'), kNow));
  EXPECT_EQ(codes_left(fresh.kept), 10U);
}

TEST(RecoveryCode, IsNotKeptInPlain) {
  base::SeededRandom random{14};
  const NewRecoveryCodes fresh = make_recovery_codes("key", "an", random);
  for (std::size_t i = 0; i < 10; ++i) {
    EXPECT_EQ(fresh.kept[i].hash.size(), 64U);
    EXPECT_EQ(fresh.kept[i].hash.find(fresh.shown[i].substr(0, 5)), std::string::npos);
  }
}

}  // namespace
}  // namespace identity
