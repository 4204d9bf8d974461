#pragma once
// sessions.h - sessions as the store keeps them: opened, found, renewed, locked, ended.
//
// Of officers (subject: the user name) and of citizens (subject: "citizen:" and the person's id)
// alike; whether the subject may still sign in is its owner's to say.  Nothing is remembered here:
// what another server process on the same store ends has ended with the next request.
//
// Thread-safe.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "casework/store.h"
#include "identity/session.h"

namespace identity {

// By what somebody has shown who he is.
enum class Strength {
  pending,     // the password was right; the second factor is still to come: opens nothing
  enrolling,   // password alone, and a second factor has to be set up before anything opens
  password,    // password alone, which is enough for him here
  two_factor,  // password and second factor
  external     // another system vouches for him (OpenID Connect)
};
[[nodiscard]] std::string_view name(Strength strength);
[[nodiscard]] std::optional<Strength> parse_strength(std::string_view text);

// Who knocks, as far as it shows.
struct Visitor {
  std::string address;     // without port
  std::string user_agent;  // the header
};

struct LiveSession {
  casework::SessionRow row;
  Strength strength = Strength::pending;
  bool locked = false;  // only for unlocking, signing out and asking who it is
};
struct OpenedSession {
  casework::SessionRow row;
  std::string token;  // for the cookie; kept nowhere else
};

class Sessions {
 public:
  Sessions(casework::Store& store, base::RandomSource& random, const SessionLimits& limits)
      : store_(store), random_(random), limits_(limits) {}

  // `confirmed`: a second factor was given just now.
  [[nodiscard]] base::Outcome<OpenedSession> open(const std::string& subject, Strength strength,
                                                  const Visitor& visitor, bool confirmed,
                                                  Moment now);
  // Another token and another CSRF token for what somebody has become (rotation); `before` ends.
  // It goes on from the same beginning: no renewal outlives the absolute limit.  Nothing when
  // `before` has ended meanwhile.
  [[nodiscard]] base::Outcome<std::optional<OpenedSession>> renew(
      const casework::SessionRow& before, Strength strength, bool confirmed, Moment now);

  // Nothing when the token is unknown, or its time is over.  Marks it as seen.
  [[nodiscard]] base::Outcome<std::optional<LiveSession>> find(std::string_view token, Moment now);
  [[nodiscard]] base::Outcome<base::Done> lock(const LiveSession& session, Moment now);

  // Newest first; those whose time is over are not told.
  [[nodiscard]] base::Outcome<std::vector<casework::SessionRow>> of(const std::string& subject,
                                                                    Moment now);
  void end(const casework::SessionRow& session);
  // All of a subject, except one (empty: none).
  [[nodiscard]] base::Outcome<base::Done> end_all(const std::string& subject,
                                                  const std::string& except);

  // What a list may call a session: tells nothing of its token.
  [[nodiscard]] static std::string public_id(const casework::SessionRow& session);

 private:
  casework::Store& store_;
  base::RandomSource& random_;
  SessionLimits limits_;
};

}  // namespace identity
