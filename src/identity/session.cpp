#include "identity/session.h"

#include <algorithm>

#include "base/sha256.h"

namespace identity {
namespace {

constexpr std::size_t kTokenBytes = 32;

std::string attributes(Transport transport) {
  return transport == Transport::tls ? "; Path=/; HttpOnly; SameSite=Lax; Secure"
                                     : "; Path=/; HttpOnly; SameSite=Lax";
}

}  // namespace

NewSession start_session(std::string account, Moment now, base::RandomSource& random) {
  NewSession result;
  result.token = base::random_hex(random, kTokenBytes);
  result.session.token_hash = base::to_hex(base::sha256(result.token));
  result.session.account = std::move(account);
  result.session.csrf_token = base::random_hex(random, kTokenBytes);
  result.session.created_at = now;
  result.session.last_seen_at = now;
  return result;
}

std::optional<std::string> hash_of_session_token(std::string_view token) {
  const bool well_formed =
      token.size() == 2 * kTokenBytes && std::ranges::all_of(token, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
      });
  if (!well_formed) return std::nullopt;
  return base::to_hex(base::sha256(token));
}

SessionState state_of(const Session& session, Moment now, const SessionLimits& limits) {
  if (now - session.created_at >= limits.absolute) return SessionState::too_old;
  const auto unseen = now - session.last_seen_at;
  if (unseen >= limits.idle) return SessionState::idle_too_long;
  if (unseen >= limits.lock) return SessionState::locked;
  return unseen >= limits.touch_every ? SessionState::live_touch : SessionState::live;
}

bool csrf_token_matches(const Session& session, std::string_view sent) {
  return !session.csrf_token.empty() && base::equal_in_constant_time(session.csrf_token, sent);
}

// A browser takes a __Host- cookie only over TLS, for this host and the whole of it, so that no
// neighbouring host can plant one.  Source: RFC 6265bis, section 4.1.3.2.
std::string_view session_cookie_name(Transport transport) {
  return transport == Transport::tls ? "__Host-motcua_session" : "motcua_session";
}

std::string session_cookie(std::string_view token, Transport transport,
                           const SessionLimits& limits) {
  return std::string{session_cookie_name(transport)} + "=" + std::string{token} +
         "; Max-Age=" + std::to_string(limits.absolute.count()) + attributes(transport);
}

std::string expired_session_cookie(Transport transport) {
  return std::string{session_cookie_name(transport)} + "=; Max-Age=0" + attributes(transport);
}

}  // namespace identity
