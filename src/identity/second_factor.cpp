#include "identity/second_factor.h"

#include <algorithm>

#include "base/json.h"
#include "identity/totp.h"
#include "oidc/base64url.h"

namespace identity {
namespace {

using base::Done;
using base::Failure;

constexpr std::size_t kChallengeBytes = 32;
constexpr std::size_t kClientDataBytesMax = 4096;

base::Result<Done, FactorRefusal> check_totp(AccountSecurity& account, std::string_view code,
                                             const FactorSurroundings& at) {
  if (!account.totp.has_value()) return Failure{FactorRefusal::wrong};
  const auto secret = at.box.open(account.totp->sealed, totp_purpose(at.username));
  if (!secret.has_value()) return Failure{FactorRefusal::wrong};
  const auto step = accept_totp(*secret, code, at.now, account.totp->last_step);
  if (!step.has_value()) return Failure{FactorRefusal::wrong};
  account.totp->last_step = *step;
  return Done{};
}

base::Result<Done, FactorRefusal> check_passkey(AccountSecurity& account, const PasskeyProof& proof,
                                                const FactorSurroundings& at) {
  const auto challenge =
      take_challenge(account, proof.assertion.client_data, at.session, false, at.now);
  if (!challenge.has_value()) return Failure{FactorRefusal::challenge_over};
  Passkey* passkey = account.find_passkey(proof.id);
  if (passkey == nullptr) return Failure{FactorRefusal::unknown_passkey};
  if (passkey->doubted_at.has_value()) return Failure{FactorRefusal::passkey_in_doubt};
  const auto counter =
      check_assertion(proof.assertion, *challenge, at.us, passkey->key, passkey->counter);
  if (!counter && counter.error() == WebauthnRefusal::counter_went_back) {
    passkey->doubted_at = at.now;
    return Failure{FactorRefusal::passkey_in_doubt};
  }
  if (!counter) return Failure{FactorRefusal::passkey_not_taken};
  passkey->counter = *counter;
  passkey->used_at = at.now;
  return Done{};
}

}  // namespace

std::string totp_purpose(std::string_view username) {
  return "totp:" + std::string{username};
}

base::Result<Done, FactorRefusal> check_factor(AccountSecurity& account, const Proof& proof,
                                               const FactorSurroundings& at) {
  if (proof.passkey.has_value()) return check_passkey(account, *proof.passkey, at);
  if (proof.totp.has_value()) return check_totp(account, *proof.totp, at);
  if (proof.recovery_code.has_value() &&
      use_recovery_code(account.recovery, at.box.hash_key(), at.username, *proof.recovery_code,
                        at.now)) {
    return Done{};
  }
  return Failure{FactorRefusal::wrong};
}

std::string issue_challenge(AccountSecurity& account, std::string_view session, bool registers,
                            Moment now, base::RandomSource& random) {
  std::erase_if(account.challenges,
                [&](const PasskeyChallenge& one) { return now >= one.expires_at; });
  if (account.challenges.size() >= kChallengesMax) {
    account.challenges.erase(account.challenges.begin());
  }
  std::string challenge(kChallengeBytes, '\0');
  random.fill(std::as_writable_bytes(std::span{challenge.data(), challenge.size()}));
  account.challenges.push_back({.challenge = challenge,
                                .session = std::string{session},
                                .registers = registers,
                                .expires_at = now + kChallengeLasts});
  return challenge;
}

std::optional<std::string> take_challenge(AccountSecurity& account, std::string_view client_data,
                                          std::string_view session, bool registers, Moment now) {
  if (client_data.size() > kClientDataBytesMax) return std::nullopt;
  const auto json = base::parse_json(client_data);
  if (!json) return std::nullopt;
  const auto answered = oidc::from_base64url(base::string_or(*json, "challenge"));
  if (!answered.has_value()) return std::nullopt;
  const auto found = std::ranges::find_if(account.challenges, [&](const PasskeyChallenge& one) {
    return one.challenge == *answered && one.session == session && one.registers == registers;
  });
  if (found == account.challenges.end()) return std::nullopt;
  const bool in_time = now < found->expires_at;
  account.challenges.erase(found);
  return in_time ? answered : std::nullopt;
}

}  // namespace identity
