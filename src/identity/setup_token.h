#pragma once
// setup_token.h - the one-time link with which the first administrator is created.
//
// There is never a default password: a fresh installation prints this link once.  Only the hash of
// its secret is stored; the store must mark it used in the transaction that creates the account.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"
#include "identity/session.h"

namespace identity {

struct SetupToken {
  std::string secret_hash;  // SHA-256, hexadecimal
  Moment expires_at;
  std::optional<Moment> used_at;
};

struct NewSetupToken {
  SetupToken token;
  std::string secret;  // for the link; kept nowhere else
};

enum class SetupRefusal {
  wrong,         // not the secret that was printed
  expired,       // print a new link
  already_used,  // the administrator exists; ask them
};

[[nodiscard]] NewSetupToken make_setup_token(Moment now, base::RandomSource& random,
                                             std::chrono::seconds valid_for = std::chrono::hours{
                                                 24});
// `origin` is "http://127.0.0.1:8080".  The secret stands in the fragment, which browsers do not
// send: it stays out of logs and Referer.
[[nodiscard]] std::string setup_link(std::string_view origin, std::string_view secret);

// The token marked used, to be stored in the same transaction as the account.
[[nodiscard]] base::Result<SetupToken, SetupRefusal> use_setup_token(const SetupToken& token,
                                                                     std::string_view secret,
                                                                     Moment now);

}  // namespace identity
