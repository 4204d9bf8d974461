#pragma once
// portal_session.h - a citizen or an organisation signed in at the portal by an identity provider.
//
// A session of its own beside the officers': another cookie, other limits, other rights.  The
// browser holds a token of 256 random bits, the store its SHA-256 and what the provider said of the
// person (register entries of the kind "portal-session").  A sign-in always makes a new token.
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "casework/store.h"
#include "identity/session.h"
#include "oidc/dialect.h"

namespace identity {

struct PortalLimits {
  std::chrono::seconds idle = std::chrono::minutes{30};
  std::chrono::seconds absolute = std::chrono::hours{8};
  std::chrono::seconds touch_every = std::chrono::minutes{1};
};

struct PortalSession {
  std::string token_hash;
  std::string csrf_token;
  std::string provider;  // id
  std::string id_token;  // for signing out there; empty where it is too large or there is none
  oidc::SignedInPerson person;
  Moment created_at{};
  Moment last_seen_at{};
  std::int64_t version = 0;  // of the entry
};
struct OpenedPortalSession {
  PortalSession session;
  std::string token;  // for the cookie; kept nowhere else
};

class PortalSessions {
 public:
  PortalSessions(casework::Store& store, base::RandomSource& random)
      : store_(store), random_(random) {}

  [[nodiscard]] base::Outcome<OpenedPortalSession> open(std::string provider,
                                                        oidc::SignedInPerson person,
                                                        std::string id_token, Moment now);
  // Nothing where the token is unknown or its time is over.  Marks it as seen.
  [[nodiscard]] base::Outcome<std::optional<PortalSession>> find(std::string_view token,
                                                                 Moment now);
  [[nodiscard]] base::Outcome<base::Done> end(const PortalSession& session);

 private:
  [[nodiscard]] base::Outcome<base::Done> save(const PortalSession& session);

  casework::Store& store_;
  base::RandomSource& random_;
};

// Cookies of the portal: of the session, and of a sign-in under way (oidc/attempt.h).
[[nodiscard]] std::string_view portal_cookie_name(Transport transport);
[[nodiscard]] std::string portal_cookie(std::string_view token, Transport transport);
[[nodiscard]] std::string expired_portal_cookie(Transport transport);
[[nodiscard]] std::string_view attempt_cookie_name(Transport transport);
[[nodiscard]] std::string attempt_cookie(std::string_view attempt, Transport transport);
[[nodiscard]] std::string expired_attempt_cookie(Transport transport);

}  // namespace identity
