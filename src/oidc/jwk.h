#pragma once
// jwk.h - the public keys a provider signs with (RFC 7517, 8037), as values.
//
// Only what can verify a signature we allow is kept: RSA of 2048 to 8192 bits, EC on P-256, OKP
// with Ed25519, each not meant for something else.  Other keys of a set are skipped, because
// providers publish keys for encryption beside them.  URLs and certificates in a key are not
// looked at.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "oidc/rejection.h"

namespace oidc {

enum class Algorithm { rs256, ps256, es256, eddsa };
[[nodiscard]] std::string_view to_text(Algorithm algorithm);  // "RS256"
// Exactly as RFC 7518 and 8037 spell them; `none` and HS* are no algorithms here.
[[nodiscard]] std::optional<Algorithm> parse_algorithm(std::string_view text);

enum class KeyKind { rsa, ec_p256, ed25519 };

struct Jwk {
  std::string kid;
  KeyKind kind = KeyKind::rsa;
  std::optional<Algorithm> only{};  // the key's own `alg`
  std::string first{};              // n, x
  std::string second{};             // e, y

  [[nodiscard]] bool fits(Algorithm algorithm) const;
  friend bool operator==(const Jwk&, const Jwk&) = default;
};

class JwkSet {
 public:
  // `keys_invalid`: no set, more than 64 keys, or two keys to verify with that share a kid.
  [[nodiscard]] static Checked<JwkSet> parse(std::string_view json);

  // The key of exactly that name.
  [[nodiscard]] const Jwk* find(std::string_view kid) const;
  [[nodiscard]] const std::vector<Jwk>& keys() const { return keys_; }

 private:
  std::vector<Jwk> keys_;
};

}  // namespace oidc
