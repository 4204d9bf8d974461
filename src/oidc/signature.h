#pragma once
// signature.h - whether a signature over a text was made with the private half of a key, and the
// hash an algorithm goes with.
#include <string>
#include <string_view>

#include "oidc/jwk.h"

namespace oidc {

// `key_unfit`: the key is not of the algorithm's kind, or is no point of its curve.
// `signature_wrong`: wrong length, r or s zero, or not made with it.
[[nodiscard]] Checked<base::Done> verify_signature(Algorithm algorithm, const Jwk& key,
                                                   std::string_view text,
                                                   std::string_view signature);

// The left half of the hash of a token, in base64url: at_hash (OpenID Connect Core 3.1.3.6).
[[nodiscard]] std::string half_hash(Algorithm algorithm, std::string_view text);

}  // namespace oidc
