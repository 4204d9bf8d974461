#pragma once
// jws.h - a signed token in compact form (RFC 7515): read strictly, then verified with a key of the
// provider's set and of nobody else's.
//
//   token := base64url(header) "." base64url(payload) "." base64url(signature)
//
// Nothing of the payload is believed before `verify` has returned it.
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "oidc/jwk.h"

namespace oidc {

inline constexpr std::size_t kTokenBytesMax = 16 * 1024;

class Jws {
 public:
  // `token_malformed`, `header_forbidden`, `critical_unknown`, `algorithm_not_allowed` (also where
  // the algorithm is none of `allowed`), `key_unknown` where it names no key.
  [[nodiscard]] static Checked<Jws> read(std::string_view text,
                                         const std::vector<Algorithm>& allowed);

  [[nodiscard]] Algorithm algorithm() const { return algorithm_; }
  [[nodiscard]] const std::string& kid() const { return kid_; }

  // The payload, if the key of its name in the set signed it.
  [[nodiscard]] Checked<base::json::object> verify(const JwkSet& keys) const;

 private:
  Algorithm algorithm_ = Algorithm::rs256;
  std::string kid_;
  std::string signed_text_;
  std::string payload_;
  std::string signature_;
};

}  // namespace oidc
