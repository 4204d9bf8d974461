#pragma once
// federation.h - signing in by an identity provider, from leaving until a session is open.
//
// The order of a return: the attempt's cookie, the provider it left for, state, the answer's issuer
// (oidc/authorization.h); then the state is used up; then the code is changed for tokens behind the
// browser's back, the ID token is checked, userinfo is asked, and what is told is one person.  Only
// then is anything opened.  Wherever it ends before, nothing has changed but that the state is
// used.
//
// Thread-safe.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/clock.h"
#include "casework/store.h"
#include "identity/accounts.h"
#include "identity/portal_session.h"
#include "identity/provider_directory.h"
#include "identity/provider_gate.h"
#include "oidc/attempt.h"
#include "oidc/exchange.h"

namespace identity {

// With what must not be printed.
struct ConfiguredProvider {
  oidc::Provider provider;
  std::string secret{};
  std::string private_key{};  // PEM
};

struct Departure {
  std::string address;  // at the provider
  std::string cookie;   // the attempt
};

struct Arrival {
  oidc::Audience audience = oidc::Audience::citizens;
  std::string return_to;
  std::optional<OpenedPortalSession> citizen{};
  std::optional<NewSignIn> officer{};
};

// Why nobody is signed in, and who tried, as far as that is known: it decides which page says so.
struct NoArrival {
  oidc::Rejection why = oidc::Rejection::no_attempt;
  oidc::Audience audience = oidc::Audience::citizens;
  bool attempt_over = false;  // its cookie serves no more
};

class Federation {
 public:
  struct Ports {
    casework::Store& store;
    calendar::Clock& clock;
    base::RandomSource& random;
    Accounts& accounts;
    casework::Officers& officers;
    oidc::Web& web;
    std::function<std::string()> public_url;  // "https://motcua.example.vn"
    std::function<void(const std::string&)> log;
  };
  // Requires: a key of at least 32 bytes.
  Federation(Ports ports, std::vector<ConfiguredProvider> providers, std::string key);

  [[nodiscard]] std::vector<const oidc::Provider*> offered(oidc::Audience audience) const;
  [[nodiscard]] const oidc::Provider* find(std::string_view id) const;

  [[nodiscard]] oidc::Checked<Departure> begin(std::string_view provider, oidc::Audience audience,
                                               const std::string& return_to);
  // `query` as it was sent, undecoded.
  [[nodiscard]] base::Result<Arrival, NoArrival> finish(std::string_view provider,
                                                        std::string_view cookie,
                                                        std::string_view query,
                                                        const Visitor& visitor);

  // Ends it here and answers where the browser may end it there; empty: nowhere.
  [[nodiscard]] std::string sign_out(const PortalSession& session);
  [[nodiscard]] PortalSessions& sessions() { return sessions_; }
  [[nodiscard]] Moment now() const;

 private:
  struct Told {
    oidc::SignedInPerson person;
    std::string id_token;
  };
  [[nodiscard]] const ConfiguredProvider* configured(std::string_view id) const;
  // What `call` answers; `unreachable` at once where the provider has enough to do or hangs.
  template <class Call>
  [[nodiscard]] auto through_gate(const oidc::Provider& provider, const Call& call)
      -> decltype(call());
  [[nodiscard]] std::string redirect_uri(const oidc::Provider& provider) const;
  [[nodiscard]] oidc::Checked<base::Done> use_up(const std::string& state);
  [[nodiscard]] oidc::Checked<oidc::WebReply> ask(const oidc::WebRequest& request);
  [[nodiscard]] oidc::Checked<oidc::IdToken> check_token(const oidc::Provider& provider,
                                                         const oidc::Metadata& metadata,
                                                         const oidc::Tokens& tokens,
                                                         const oidc::Attempt& attempt);
  [[nodiscard]] oidc::Checked<Told> ask_who(const ConfiguredProvider& one,
                                            const oidc::Metadata& metadata,
                                            const oidc::Attempt& attempt,
                                            const oidc::AuthorizationCode& code);
  [[nodiscard]] oidc::Checked<Arrival> open(const oidc::Provider& provider,
                                            const oidc::Attempt& attempt, Told told,
                                            const Visitor& visitor);
  // The one account in service with that identity number; empty: none, or several.
  [[nodiscard]] std::string username_of(const oidc::Provider& provider,
                                        const std::string& number) const;

  Ports ports_;
  std::vector<ConfiguredProvider> providers_;
  oidc::AttemptKey key_;
  ProviderDirectory directory_;
  PortalSessions sessions_;
  ProviderGate gate_;
};

}  // namespace identity
