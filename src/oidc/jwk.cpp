#include "oidc/jwk.h"

#include <algorithm>

#include <boost/json.hpp>

#include "oidc/base64url.h"
#include "oidc/strict_json.h"

namespace oidc {

namespace {

using base::json::object;
using base::json::value;

constexpr std::size_t kKeysMax = 64;
constexpr std::size_t kKidBytesMax = 256;
constexpr std::size_t kRsaBytesMin = 256;
constexpr std::size_t kRsaBytesMax = 1024;
constexpr std::size_t kCoordinateBytes = 32;

std::optional<std::string> bytes_of(const object& key, std::string_view member) {
  const value* found = key.if_contains(member);
  if (found == nullptr || !found->is_string()) return std::nullopt;
  return from_base64url(std::string_view{found->get_string()});
}

// A number is written in as few bytes as it needs (RFC 7518 section 2).
bool is_shortest(const std::string& number) {
  return !number.empty() && number.front() != '\0';
}

bool is_rsa(const std::string& n, const std::string& e) {
  if (!is_shortest(n) || n.size() < kRsaBytesMin || n.size() > kRsaBytesMax) return false;
  if (!is_shortest(e) || e.size() > 4 || (static_cast<unsigned char>(e.back()) & 1U) == 0) {
    return false;
  }
  const bool odd = (static_cast<unsigned char>(n.back()) & 1U) != 0;
  const bool one = e.size() == 1 && e.front() == 1;
  return odd && !one;
}

bool is_for_verifying(const object& key) {
  if (const value* use = key.if_contains("use")) {
    if (!use->is_string() || use->get_string() != "sig") return false;
  }
  if (const value* operations = key.if_contains("key_ops")) {
    if (!operations->is_array()) return false;
    return std::ranges::any_of(operations->get_array(), [](const value& one) {
      return one.is_string() && one.get_string() == "verify";
    });
  }
  return true;
}

std::optional<Jwk> read_key(const object& key) {
  // Whoever publishes a private key signs no longer alone.
  if (key.contains("d") || key.contains("k") || !is_for_verifying(key)) return std::nullopt;
  const std::string kty = base::string_or(key, "kty");
  const std::string crv = base::string_or(key, "crv");
  Jwk read{.kid = base::string_or(key, "kid")};
  if (read.kid.size() > kKidBytesMax) return std::nullopt;
  if (const value* alg = key.if_contains("alg")) {
    if (!alg->is_string()) return std::nullopt;
    read.only = parse_algorithm(std::string_view{alg->get_string()});
    if (!read.only.has_value()) return std::nullopt;
  }
  std::optional<std::string> first;
  std::optional<std::string> second;
  if (kty == "RSA") {
    read.kind = KeyKind::rsa;
    first = bytes_of(key, "n");
    second = bytes_of(key, "e");
    if (!first || !second || !is_rsa(*first, *second)) return std::nullopt;
  } else if (kty == "EC" && crv == "P-256") {
    read.kind = KeyKind::ec_p256;
    first = bytes_of(key, "x");
    second = bytes_of(key, "y");
    if (!first || !second || first->size() != kCoordinateBytes ||
        second->size() != kCoordinateBytes) {
      return std::nullopt;
    }
  } else if (kty == "OKP" && crv == "Ed25519") {
    read.kind = KeyKind::ed25519;
    first = bytes_of(key, "x");
    second = std::string{};
    if (!first || first->size() != kCoordinateBytes) return std::nullopt;
  } else {
    return std::nullopt;
  }
  read.first = *std::move(first);
  read.second = *std::move(second);
  if (read.only.has_value() && !read.fits(*read.only)) return std::nullopt;
  return read;
}

}  // namespace

std::string_view to_text(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::rs256:
      return "RS256";
    case Algorithm::ps256:
      return "PS256";
    case Algorithm::es256:
      return "ES256";
    case Algorithm::eddsa:
      return "EdDSA";
  }
  return {};
}

std::optional<Algorithm> parse_algorithm(std::string_view text) {
  for (const Algorithm one :
       {Algorithm::rs256, Algorithm::ps256, Algorithm::es256, Algorithm::eddsa}) {
    if (text == to_text(one)) return one;
  }
  return std::nullopt;
}

bool Jwk::fits(Algorithm algorithm) const {
  if (only.has_value() && *only != algorithm) return false;
  switch (algorithm) {
    case Algorithm::rs256:
    case Algorithm::ps256:
      return kind == KeyKind::rsa;
    case Algorithm::es256:
      return kind == KeyKind::ec_p256;
    case Algorithm::eddsa:
      return kind == KeyKind::ed25519;
  }
  return false;
}

Checked<JwkSet> JwkSet::parse(std::string_view json) {
  const base::Failure<Rejection> invalid{Rejection::keys_invalid};
  const auto read = read_object(json, {.bytes = 256 * 1024, .depth = 6, .values = 4000});
  if (!read) return invalid;
  const value* keys = read->if_contains("keys");
  if (keys == nullptr || !keys->is_array() || keys->get_array().size() > kKeysMax) return invalid;
  JwkSet set;
  for (const value& one : keys->get_array()) {
    if (!one.is_object()) return invalid;
    auto key = read_key(one.get_object());
    if (!key.has_value()) continue;
    if (!key->kid.empty() && set.find(key->kid) != nullptr) return invalid;
    set.keys_.push_back(*std::move(key));
  }
  return set;
}

const Jwk* JwkSet::find(std::string_view kid) const {
  if (kid.empty()) return nullptr;
  const auto found = std::ranges::find(keys_, kid, &Jwk::kid);
  return found == keys_.end() ? nullptr : &*found;
}

}  // namespace oidc
