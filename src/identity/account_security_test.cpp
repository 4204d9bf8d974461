#include "identity/account_security.h"

#include <gtest/gtest.h>

#include "base/json.h"

namespace identity {
namespace {

constexpr Moment kNow{std::chrono::seconds{1'790'000'000}};

AccountSecurity full() {
  AccountSecurity account;
  account.known_since = kNow;
  account.last_used_at = kNow + std::chrono::hours{1};
  account.disabled_at = kNow + std::chrono::hours{2};
  account.password_changed_at = kNow + std::chrono::hours{3};
  account.password_history = {"$argon2id$a", "$argon2id$b"};
  account.known_places = {"aa", "bb"};
  account.totp = TotpFactor{.sealed = "x1:abc", .since = kNow, .last_step = 59'000'000};
  account.new_totp = TotpFactor{.sealed = "x1:def", .since = kNow};
  account.passkeys = {{.id = std::string{"\x00\xff", 2},
                       .key = "\xa5\x01",
                       .counter = 0xffff'ffffU,
                       .name = "Máy ở quầy",
                       .since = kNow,
                       .used_at = kNow,
                       .doubted_at = kNow}};
  account.recovery = {{.hash = "01"}, {.hash = "02", .used_at = kNow}};
  account.challenges = {{.challenge = "c", .session = "s", .registers = true, .expires_at = kNow}};
  return account;
}

TEST(AccountSecurity, IsReadAsItWasWritten) {
  for (const AccountSecurity& account : {full(), AccountSecurity{}}) {
    const std::string text = base::to_text(account_security_json(account));
    const auto read = read_account_security(text, 7);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->version, 7);
    EXPECT_EQ(base::to_text(account_security_json(*read)), text);
  }
  EXPECT_EQ(read_account_security(base::to_text(account_security_json(full())), 1)->passkeys[0].id,
            full().passkeys[0].id);
}

TEST(AccountSecurity, RefusesWhatItDidNotWrite) {
  for (const char* wrong : {"", "[]", "{}", "{\"known_since\":\"now\"}"}) {
    EXPECT_FALSE(read_account_security(wrong, 1)) << wrong;
  }
}

TEST(AccountSecurity, LosesAllFactorsTogether) {
  AccountSecurity account = full();
  EXPECT_TRUE(account.has_second_factor());
  account.forget_factors();
  EXPECT_FALSE(account.has_second_factor());
  EXPECT_TRUE(account.recovery.empty() && account.challenges.empty());
  EXPECT_EQ(account.password_history.size(), 2U);
}

TEST(AccountSecurity, RemembersTheLastPlaces) {
  AccountSecurity account;
  for (int i = 0; i < 20; ++i) account.note_place(std::to_string(i));
  account.note_place("15");
  EXPECT_EQ(account.known_places.size(), kKnownPlacesMax);
  EXPECT_EQ(account.known_places.front(), "15");
}

}  // namespace
}  // namespace identity
