#pragma once
// session.h - who is signed in, as a value; the store keeps it, this header says what it means.
//
// The browser holds a token of 256 random bits; the store holds only its SHA-256, so that a stolen
// backup signs nobody in.  A new login makes a new token (no fixation).
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"

namespace identity {

using Moment = std::chrono::sys_seconds;

struct SessionLimits {
  // Without a request for so long it is locked: it goes on after a password or a passkey.
  std::chrono::seconds lock = std::chrono::minutes{15};
  std::chrono::seconds idle = std::chrono::hours{8};  // and after so long it is over
  std::chrono::seconds absolute = std::chrono::hours{12};
  // last_seen is written again only after this long, so that reading does not write.
  std::chrono::seconds touch_every = std::chrono::minutes{1};
};

struct Session {
  std::string token_hash;  // SHA-256 of the token, hexadecimal: the key in the store
  std::string account;
  std::string csrf_token;  // the page sends it back in X-CSRF-Token with every change
  Moment created_at;
  Moment last_seen_at;
};

struct NewSession {
  Session session;
  std::string token;  // for the cookie; kept nowhere else
};

[[nodiscard]] NewSession start_session(std::string account, Moment now, base::RandomSource& random);

// nullopt: not a token of ours (wrong length or characters); look nothing up.
[[nodiscard]] std::optional<std::string> hash_of_session_token(std::string_view token);

enum class SessionState {
  live,
  live_touch,     // live, and last_seen_at should be stored again
  locked,         // unseen for a while: the same person has to show that it is the same
  idle_too_long,  // sign in again
  too_old         // sign in again, however busy
};
// A clock that went backwards does not end a session.
[[nodiscard]] SessionState state_of(const Session& session, Moment now,
                                    const SessionLimits& limits = {});
[[nodiscard]] bool csrf_token_matches(const Session& session, std::string_view sent);

enum class Transport { plain, tls };

// "motcua_session", or "__Host-motcua_session" over TLS.
[[nodiscard]] std::string_view session_cookie_name(Transport transport);
// Values of Set-Cookie.
[[nodiscard]] std::string session_cookie(std::string_view token, Transport transport,
                                         const SessionLimits& limits = {});
[[nodiscard]] std::string expired_session_cookie(Transport transport);

}  // namespace identity
