#pragma once
// authorization.h - the way to the provider and back: the address the browser is sent to, and what
// it brings home (OpenID Connect Core 3.1.2, RFC 6749 section 4.1, RFC 9207).
#include <string>
#include <string_view>

#include "oidc/attempt.h"
#include "oidc/metadata.h"
#include "oidc/url.h"

namespace oidc {

[[nodiscard]] std::string authorization_address(const Provider& provider, const Metadata& metadata,
                                                const Attempt& attempt, const AttemptKey& key,
                                                const std::string& redirect_uri);

struct AuthorizationCode {
  std::string code;
  std::string encrypt_key;  // vneid: handed on as it came
};

// Looks at state first, then who answers, and only then at what: the error of somebody else's
// answer is not shown.  `query` is what stands behind the '?', undecoded.
[[nodiscard]] Checked<AuthorizationCode> read_authorization_response(std::string_view query,
                                                                     const Provider& provider,
                                                                     const Metadata& metadata,
                                                                     const std::string& state);

}  // namespace oidc
