#pragma once
// attempt.h - one try to sign in, from leaving for the provider until coming back, bound to the
// browser that left.
//
// Nothing is stored while somebody is away: the browser keeps the attempt in a cookie,
//
//   cookie := "1." provider "." audience "." begun (seconds) "." chance "." base64url(return_to)
//             "." base64url(HMAC-SHA-256(key, all before the last dot))
//
// and state, nonce and the PKCE verifier are HMACs of that text under the server's key, so that
// nobody who reads the cookie learns them, and a state belongs to exactly one cookie.  What was
// answered once is remembered by the caller (`attempt_used`), until the attempt would have expired.
#include <chrono>
#include <string>
#include <string_view>

#include "base/random.h"
#include "oidc/id_token.h"
#include "oidc/provider.h"
#include "oidc/rejection.h"

namespace oidc {

// People look for a telephone and a code; VNeID's own codes live seconds.
inline constexpr std::chrono::seconds kAttemptLives = std::chrono::minutes{10};

struct Attempt {
  std::string provider;
  Audience audience = Audience::citizens;
  Moment begun_at;
  std::string chance;     // 256 bits
  std::string return_to;  // a local path
};

[[nodiscard]] Attempt begin_attempt(std::string provider, Audience audience, std::string return_to,
                                    Moment now, base::RandomSource& random);

class AttemptKey {
 public:
  // Requires: a secret of at least 32 bytes.
  explicit AttemptKey(std::string secret);

  [[nodiscard]] std::string cookie(const Attempt& attempt) const;
  // `no_attempt`, `attempt_expired`.
  [[nodiscard]] Checked<Attempt> open(std::string_view cookie, Moment now) const;

  // 43 characters each, of 256 bits.
  [[nodiscard]] std::string state(const Attempt& attempt) const;
  [[nodiscard]] std::string nonce(const Attempt& attempt) const;
  [[nodiscard]] std::string verifier(const Attempt& attempt) const;
  // S256 of the verifier (RFC 7636 section 4.2).
  [[nodiscard]] std::string challenge(const Attempt& attempt) const;

 private:
  [[nodiscard]] std::string derive(std::string_view purpose, std::string_view text) const;
  std::string secret_;
};

}  // namespace oidc
