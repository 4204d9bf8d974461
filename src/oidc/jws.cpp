#include "oidc/jws.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "oidc/base64url.h"
#include "oidc/signature.h"
#include "oidc/strict_json.h"

namespace oidc {

namespace {

using base::json::object;
using base::json::value;

constexpr std::size_t kHeaderBytesMax = 2048;
constexpr std::size_t kKidBytesMax = 256;

// What would have us take a key or a meaning from the token itself.
constexpr std::array<std::string_view, 9> kForbidden{"jku", "jwk", "x5u", "x5c", "zip",
                                                     "enc", "cty", "b64", "epk"};

bool is_jwt(const object& header) {
  const value* typ = header.if_contains("typ");
  if (typ == nullptr) return true;
  return typ->is_string() && (typ->get_string() == "JWT" || typ->get_string() == "jwt");
}

}  // namespace

Checked<Jws> Jws::read(std::string_view text, const std::vector<Algorithm>& allowed) {
  const base::Failure<Rejection> malformed{Rejection::token_malformed};
  if (text.size() > kTokenBytesMax) return malformed;
  const std::size_t first = text.find('.');
  if (first == std::string_view::npos) return malformed;
  const std::size_t second = text.find('.', first + 1);
  if (second == std::string_view::npos) return malformed;

  const auto header_text = from_base64url(text.substr(0, first));
  const auto payload = from_base64url(text.substr(first + 1, second - first - 1));
  const auto signature = from_base64url(text.substr(second + 1));
  if (!header_text || !payload || !signature || header_text->size() > kHeaderBytesMax) {
    return malformed;
  }
  const auto header =
      read_object(*header_text, {.bytes = kHeaderBytesMax, .depth = 4, .values = 64});
  if (!header) return malformed;

  if (header->contains("crit")) return base::Failure{Rejection::critical_unknown};
  for (const std::string_view name : kForbidden) {
    if (header->contains(name)) return base::Failure{Rejection::header_forbidden};
  }
  if (!is_jwt(*header)) return base::Failure{Rejection::header_forbidden};
  const auto algorithm = parse_algorithm(base::string_or(*header, "alg"));
  if (!algorithm.has_value() || std::ranges::find(allowed, *algorithm) == allowed.end()) {
    return base::Failure{Rejection::algorithm_not_allowed};
  }
  if (signature->empty()) return base::Failure{Rejection::signature_wrong};
  const auto kid = base::find_string(*header, "kid");
  if (!kid.has_value() || kid->empty() || kid->size() > kKidBytesMax) {
    return base::Failure{Rejection::key_unknown};
  }

  Jws read;
  read.algorithm_ = *algorithm;
  read.kid_ = *kid;
  read.signed_text_ = std::string{text.substr(0, second)};
  read.payload_ = *payload;
  read.signature_ = *signature;
  return read;
}

Checked<object> Jws::verify(const JwkSet& keys) const {
  const Jwk* key = keys.find(kid_);
  if (key == nullptr) return base::Failure{Rejection::key_unknown};
  TRY(verify_signature(algorithm_, *key, signed_text_, signature_));
  auto payload = read_object(payload_, {.bytes = kTokenBytesMax, .depth = 8, .values = 1000});
  if (!payload) return base::Failure{Rejection::token_malformed};
  return std::move(payload).value();
}

}  // namespace oidc
