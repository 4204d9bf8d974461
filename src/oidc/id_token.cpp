#include "oidc/id_token.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/sha256.h"
#include "oidc/signature.h"
#include "oidc/strict_json.h"

namespace oidc {

namespace {

using base::json::object;
using base::json::value;

constexpr std::size_t kSubjectBytesMax = 255;
constexpr std::size_t kAudiencesMax = 16;

// The moment a claim names; nullopt where it is absent.  `token_malformed` where it is none, or far
// from any sensible one.
Checked<std::optional<Moment>> moment(const object& claims, std::string_view name) {
  constexpr std::int64_t kMost = 32'503'680'000;  // the year 3000
  const value* found = claims.if_contains(name);
  if (found == nullptr) return std::optional<Moment>{};
  const auto seconds = whole_number(*found);
  if (!seconds.has_value() || *seconds < 0 || *seconds > kMost) {
    return base::Failure{Rejection::token_malformed};
  }
  return std::optional{Moment{std::chrono::seconds{*seconds}}};
}

Checked<Moment> needed(const object& claims, std::string_view name) {
  const auto found = TRY(moment(claims, name));
  if (!found.has_value()) return base::Failure{Rejection::claim_missing};
  return *found;
}

// 2, 3, 4 and 5: who issued it, for whom, and who may use it.
Checked<base::Done> check_parties(const object& claims, const TokenDemands& demands) {
  const value* issuer = claims.if_contains("iss");
  if (issuer == nullptr) return base::Failure{Rejection::claim_missing};
  // Byte for byte: two texts that a URL parser holds equal are two issuers.
  if (!issuer->is_string() || std::string_view{issuer->get_string()} != demands.issuer) {
    return base::Failure{Rejection::issuer_wrong};
  }
  const value* audience = claims.if_contains("aud");
  if (audience == nullptr) return base::Failure{Rejection::claim_missing};
  const auto audiences = one_or_more_texts(*audience);
  if (!audiences.has_value() || audiences->size() > kAudiencesMax ||
      std::ranges::find(*audiences, demands.client_id) == audiences->end()) {
    return base::Failure{Rejection::audience_wrong};
  }
  const bool trusted = std::ranges::all_of(*audiences, [&](const std::string& one) {
    return one == demands.client_id ||
           std::ranges::find(demands.other_audiences, one) != demands.other_audiences.end();
  });
  if (!trusted) return base::Failure{Rejection::audience_wrong};
  const value* party = claims.if_contains("azp");
  if (party == nullptr) {
    if (audiences->size() > 1) return base::Failure{Rejection::authorized_party_wrong};
    return base::Done{};
  }
  if (!party->is_string() || std::string_view{party->get_string()} != demands.client_id) {
    return base::Failure{Rejection::authorized_party_wrong};
  }
  return base::Done{};
}

// 9 and 10.
Checked<base::Done> check_times(const object& claims, const TokenDemands& demands) {
  const Moment expires = TRY(needed(claims, "exp"));
  if (demands.now >= expires + demands.skew) return base::Failure{Rejection::expired};
  const Moment issued = TRY(needed(claims, "iat"));
  if (issued > demands.now + demands.skew) return base::Failure{Rejection::issued_in_future};
  if (issued + demands.issued_within + demands.skew < demands.now) {
    return base::Failure{Rejection::issued_long_ago};
  }
  const auto from = TRY(moment(claims, "nbf"));
  if (from.has_value() && *from > demands.now + demands.skew) {
    return base::Failure{Rejection::not_yet_valid};
  }
  return base::Done{};
}

// 12 and 13: how surely, and how long ago.
Checked<base::Done> check_authentication(const IdToken& token, const TokenDemands& demands) {
  if (!demands.contexts.empty() &&
      std::ranges::find(demands.contexts, token.context) == demands.contexts.end()) {
    return base::Failure{Rejection::level_too_low};
  }
  if (!demands.authenticated_within.has_value()) return base::Done{};
  if (!token.authenticated_at.has_value()) return base::Failure{Rejection::claim_missing};
  if (*token.authenticated_at > demands.now + demands.skew) {
    return base::Failure{Rejection::issued_in_future};
  }
  if (*token.authenticated_at + *demands.authenticated_within + demands.skew < demands.now) {
    return base::Failure{Rejection::authenticated_long_ago};
  }
  return base::Done{};
}

}  // namespace

bool is_subject(std::string_view text) {
  return !text.empty() && text.size() <= kSubjectBytesMax && std::ranges::none_of(text, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '\x7f';
  });
}

Checked<IdToken> check_claims(object claims, Algorithm algorithm, const TokenDemands& demands) {
  TRY(check_parties(claims, demands));
  TRY(check_times(claims, demands));

  // 11: the answer to this question and no other.
  const auto nonce = base::find_string(claims, "nonce");
  if (demands.nonce.empty() || !nonce.has_value() ||
      !base::equal_in_constant_time(*nonce, demands.nonce)) {
    return base::Failure{Rejection::nonce_wrong};
  }
  if (const value* hash = claims.if_contains("at_hash")) {
    if (!hash->is_string() || demands.access_token.empty() ||
        std::string_view{hash->get_string()} != half_hash(algorithm, demands.access_token)) {
      return base::Failure{Rejection::access_token_hash_wrong};
    }
  }
  const value* subject = claims.if_contains("sub");
  if (subject == nullptr) return base::Failure{Rejection::claim_missing};
  if (!subject->is_string() || !is_subject(std::string_view{subject->get_string()})) {
    return base::Failure{Rejection::token_malformed};
  }
  const auto authenticated_at = TRY(moment(claims, "auth_time"));
  IdToken token{.subject = std::string{subject->get_string()},
                .context = base::string_or(claims, "acr"),
                .authenticated_at = authenticated_at,
                .claims = {}};
  TRY(check_authentication(token, demands));
  token.claims = std::move(claims);
  return token;
}

}  // namespace oidc
