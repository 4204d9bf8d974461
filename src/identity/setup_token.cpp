#include "identity/setup_token.h"

#include "base/sha256.h"

namespace identity {
namespace {

constexpr std::size_t kSecretBytes = 32;

}  // namespace

NewSetupToken make_setup_token(Moment now, base::RandomSource& random,
                               std::chrono::seconds valid_for) {
  NewSetupToken result;
  result.secret = base::random_hex(random, kSecretBytes);
  result.token.secret_hash = base::to_hex(base::sha256(result.secret));
  result.token.expires_at = now + valid_for;
  return result;
}

std::string setup_link(std::string_view origin, std::string_view secret) {
  return std::string{origin} + "/desk/setup#" + std::string{secret};
}

base::Result<SetupToken, SetupRefusal> use_setup_token(const SetupToken& token,
                                                       std::string_view secret, Moment now) {
  // First the secret: a stranger learns nothing about the token's state.
  if (!base::equal_in_constant_time(token.secret_hash, base::to_hex(base::sha256(secret)))) {
    return base::Failure{SetupRefusal::wrong};
  }
  if (token.used_at) return base::Failure{SetupRefusal::already_used};
  if (now >= token.expires_at) return base::Failure{SetupRefusal::expired};
  SetupToken used = token;
  used.used_at = now;
  return used;
}

}  // namespace identity
