#pragma once
// id_token.h - whether a verified token says what the sign-in that asked for it needs.
//
// Source: OpenID Connect Core 1.0, section 3.1.3.7.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "oidc/jws.h"

namespace oidc {

using Moment = std::chrono::sys_seconds;

struct TokenDemands {
  std::string issuer;
  std::string client_id;
  std::vector<std::string> other_audiences{};  // trusted beside us; usually none
  std::string nonce;
  std::string access_token{};           // of the same response; its hash is checked
  std::vector<std::string> contexts{};  // `acr` has to be one of them; empty: any, or none
  std::optional<std::chrono::seconds> authenticated_within{};  // asked as max_age
  std::chrono::seconds skew{60};
  std::chrono::seconds issued_within{600};  // an answer to a question asked just now is new
  Moment now;
};

struct IdToken {
  std::string subject;
  std::string context;  // acr
  std::optional<Moment> authenticated_at;
  base::json::object claims;
};

// `claims` of a token whose signature was verified; `algorithm` is that signature's.
[[nodiscard]] Checked<IdToken> check_claims(base::json::object claims, Algorithm algorithm,
                                            const TokenDemands& demands);

// A subject is 1 to 255 bytes without control characters.
[[nodiscard]] bool is_subject(std::string_view text);

}  // namespace oidc
