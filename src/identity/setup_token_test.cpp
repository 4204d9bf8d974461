#include "identity/setup_token.h"

#include <gtest/gtest.h>

namespace identity {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr Moment kNow{seconds{1'790'000'000}};

TEST(SetupToken, WorksOnceWithItsSecret) {
  base::SeededRandom random{3};
  const NewSetupToken made = make_setup_token(kNow, random);
  EXPECT_EQ(made.secret.size(), 64U);
  EXPECT_EQ(made.token.secret_hash.find(made.secret), std::string::npos);

  const auto used = use_setup_token(made.token, made.secret, kNow + hours{1});
  ASSERT_TRUE(used);
  EXPECT_EQ(used->used_at, kNow + hours{1});
  const auto again = use_setup_token(*used, made.secret, kNow + hours{2});
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error(), SetupRefusal::already_used);
}

TEST(SetupToken, IsRefusedWithAnotherSecretWhateverItsState) {
  base::SeededRandom random{3};
  NewSetupToken made = make_setup_token(kNow, random);
  made.token.used_at = kNow;
  for (const std::string_view secret : {"", "wrong", "0000"}) {
    const auto used = use_setup_token(made.token, secret, kNow + hours{99});
    ASSERT_FALSE(used);
    EXPECT_EQ(used.error(), SetupRefusal::wrong);
  }
}

TEST(SetupToken, Expires) {
  base::SeededRandom random{3};
  const NewSetupToken made = make_setup_token(kNow, random);
  EXPECT_TRUE(use_setup_token(made.token, made.secret, kNow + hours{24} - seconds{1}));
  const auto late = use_setup_token(made.token, made.secret, kNow + hours{24});
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error(), SetupRefusal::expired);
}

TEST(SetupLink, KeepsTheSecretOutOfWhatBrowsersSend) {
  EXPECT_EQ(setup_link("http://127.0.0.1:8080", "abc"), "http://127.0.0.1:8080/desk/setup#abc");
}

}  // namespace
}  // namespace identity
