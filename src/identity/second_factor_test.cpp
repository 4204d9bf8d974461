#include "identity/second_factor.h"

#include <gtest/gtest.h>

#include "identity/test_authenticator.h"
#include "identity/totp.h"

namespace identity {
namespace {

constexpr Moment kNow{std::chrono::seconds{1'790'000'010}};

class SecondFactor : public testing::Test {
 protected:
  base::SeededRandom random{20261123};
  SecretBox box{std::string(64, 'k')};
  RelyingParty us = relying_party_of("https://motcua.example.vn");
  AccountSecurity account;
  std::string secret = new_totp_secret(random);

  FactorSurroundings at(Moment now = kNow, std::string_view session = "s1") const {
    return {.box = box, .us = us, .username = "an", .session = session, .now = now};
  }
  void set_up_totp() {
    account.totp =
        TotpFactor{.sealed = box.seal(secret, totp_purpose("an"), random), .since = kNow};
  }
  std::string code(Moment now = kNow) const { return totp_code(secret, totp_step(now)); }
  std::optional<FactorRefusal> refusal(const Proof& proof, const FactorSurroundings& where) {
    const auto checked = check_factor(account, proof, where);
    return checked ? std::nullopt : std::optional{checked.error()};
  }
  void register_passkey(const test::Authenticator& device) {
    account.passkeys.push_back(
        {.id = device.id, .key = device.cose(), .name = "Máy", .since = kNow});
  }
};

TEST_F(SecondFactor, TakesACodeOfTheAuthenticatorOnce) {
  EXPECT_EQ(refusal({.totp = code()}, at()), FactorRefusal::wrong);
  set_up_totp();
  EXPECT_FALSE(refusal({.totp = code()}, at()).has_value());
  EXPECT_EQ(refusal({.totp = code()}, at()), FactorRefusal::wrong);
  const Moment later = kNow + kTotpStep;
  EXPECT_FALSE(refusal({.totp = code(later)}, at(later)).has_value());
}

TEST_F(SecondFactor, OpensNoSeedThatWasSealedForAnother) {
  account.totp =
      TotpFactor{.sealed = box.seal(secret, totp_purpose("binh"), random), .since = kNow};
  EXPECT_EQ(refusal({.totp = code()}, at()), FactorRefusal::wrong);
}

TEST_F(SecondFactor, TakesARecoveryCodeOnce) {
  NewRecoveryCodes fresh = make_recovery_codes(box.hash_key(), "an", random);
  account.recovery = fresh.kept;
  EXPECT_FALSE(refusal({.recovery_code = fresh.shown[3]}, at()).has_value());
  EXPECT_EQ(refusal({.recovery_code = fresh.shown[3]}, at()), FactorRefusal::wrong);
  EXPECT_EQ(codes_left(account.recovery), 9U);
  EXPECT_EQ(refusal({}, at()), FactorRefusal::wrong);
  EXPECT_EQ(refusal({.password = "only a password"}, at()), FactorRefusal::wrong);
}

TEST_F(SecondFactor, TakesAPasskeyForAChallengeOfThisSessionOnce) {
  test::Authenticator device{CoseAlgorithm::es256};
  register_passkey(device);
  const std::string challenge = issue_challenge(account, "s1", false, kNow, random);
  const Proof proof{.passkey = PasskeyProof{device.id, device.assert_presence(challenge)}};
  EXPECT_EQ(refusal(proof, at(kNow, "s2")), FactorRefusal::challenge_over);
  EXPECT_FALSE(refusal(proof, at()).has_value());
  EXPECT_EQ(account.passkeys[0].counter, 1U);
  EXPECT_EQ(account.passkeys[0].used_at, kNow);
  EXPECT_EQ(refusal(proof, at()), FactorRefusal::challenge_over);
}

TEST_F(SecondFactor, TakesNoAnswerToAnOldChallengeOrOneForRegistering) {
  test::Authenticator device{CoseAlgorithm::eddsa};
  register_passkey(device);
  const std::string old = issue_challenge(account, "s1", false, kNow, random);
  EXPECT_EQ(refusal({.passkey = PasskeyProof{device.id, device.assert_presence(old)}},
                    at(kNow + kChallengeLasts)),
            FactorRefusal::challenge_over);
  const std::string other = issue_challenge(account, "s1", true, kNow, random);
  EXPECT_EQ(refusal({.passkey = PasskeyProof{device.id, device.assert_presence(other)}}, at()),
            FactorRefusal::challenge_over);
}

TEST_F(SecondFactor, AChallengeThatWasAnsweredWronglyIsGone) {
  test::Authenticator device{CoseAlgorithm::es256};
  register_passkey(device);
  const std::string challenge = issue_challenge(account, "s1", false, kNow, random);
  Proof wrong{.passkey = PasskeyProof{device.id, device.assert_presence(challenge)}};
  wrong.passkey->assertion.signature[10] =
      static_cast<char>(wrong.passkey->assertion.signature[10] ^ 1);
  EXPECT_EQ(refusal(wrong, at()), FactorRefusal::passkey_not_taken);
  EXPECT_EQ(refusal({.passkey = PasskeyProof{device.id, device.assert_presence(challenge)}}, at()),
            FactorRefusal::challenge_over);
}

TEST_F(SecondFactor, APasskeyWhoseCounterGoesBackIsRefusedFromThenOn) {
  test::Authenticator device{CoseAlgorithm::es256};
  register_passkey(device);
  const auto present = [&](std::uint32_t counter) {
    device.counter = counter;
    const std::string challenge = issue_challenge(account, "s1", false, kNow, random);
    return refusal({.passkey = PasskeyProof{device.id, device.assert_presence(challenge)}}, at());
  };
  EXPECT_FALSE(present(9).has_value());
  EXPECT_EQ(present(9), FactorRefusal::passkey_in_doubt);
  EXPECT_EQ(account.passkeys[0].doubted_at, kNow);
  EXPECT_EQ(present(10), FactorRefusal::passkey_in_doubt);
  const std::string challenge = issue_challenge(account, "s1", false, kNow, random);
  EXPECT_EQ(refusal({.passkey = PasskeyProof{"other", device.assert_presence(challenge)}}, at()),
            FactorRefusal::unknown_passkey);
}

TEST_F(SecondFactor, KeepsFewChallenges) {
  for (int i = 0; i < 50; ++i) {
    (void)issue_challenge(account, "s1", false, kNow, random);
  }
  EXPECT_EQ(account.challenges.size(), kChallengesMax);
  (void)issue_challenge(account, "s1", false, kNow + kChallengeLasts, random);
  EXPECT_EQ(account.challenges.size(), 1U);
  EXPECT_FALSE(take_challenge(account, "not json", "s1", false, kNow).has_value());
  EXPECT_FALSE(take_challenge(account, std::string(100'000, ' '), "s1", false, kNow).has_value());
}

}  // namespace
}  // namespace identity
