#pragma once
// provider.h - an identity provider as the configuration names it.  See
// docs/formats/identity-providers.md.
//
// The value holds no secret; the client secret and private key are handed over beside it, so that
// nothing that prints a provider can print them.
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "calendar/language.h"
#include "oidc/jwk.h"

namespace oidc {

enum class Dialect {
  standard,   // OpenID Connect Core and Discovery
  vnconnect,  // the national portal's WSO2 server: its own names of claims
  vneid,      // VNeID asked directly: no signed token, encrypted answers
};
enum class Audience { citizens, officers };
enum class ClientAuthentication { basic, post, none };

// Where a secret stands: in a file, or in the environment.
struct SecretPlace {
  std::string file;
  std::string variable;

  [[nodiscard]] bool named() const { return !file.empty() || !variable.empty(); }
};

struct Endpoints {
  std::string authorization;
  std::string token;
  std::string userinfo;     // empty: none
  std::string keys;         // empty: tokens are not signed (vneid)
  std::string end_session;  // empty: none
};

struct Provider {
  std::string id;  // in addresses: "vneid"
  calendar::Bilingual name;
  Dialect dialect = Dialect::standard;
  std::string issuer;
  std::string metadata;                // where its metadata is; empty: `endpoints` are given
  std::optional<Endpoints> endpoints;  // instead of metadata
  std::vector<std::string> hosts;      // beside the issuer's, for endpoints
  std::string client_id;
  ClientAuthentication authentication = ClientAuthentication::basic;
  SecretPlace secret;
  SecretPlace private_key;  // vneid: PEM
  std::vector<std::string> scopes;
  std::vector<Algorithm> algorithms;
  std::vector<Audience> audiences;        // who signs in by it
  std::vector<std::string> other_tokens;  // audiences trusted beside us in a token
  std::vector<std::string> contexts;      // acr_values asked for; one of them has to come back
  std::optional<int> level;               // lowest level of the account, as the dialect counts
  std::optional<std::chrono::seconds> authenticated_within;
  bool names_itself = false;  // `iss` has to be in its answers, whatever its metadata says
  bool pkce = true;
  std::chrono::seconds skew{60};
  // Identity number of an officer -> user name.
  std::map<std::string, std::string> officers;
  // standard: what we ask for ("personal_id") -> the claim that says it.
  std::map<std::string, std::string> claims;

  [[nodiscard]] bool serves(Audience audience) const;
};

inline constexpr std::size_t kProvidersMax = 16;

// The document {"format": "motcua-identity-providers/1", "providers": […]}.  Fault `invalid` says
// which provider and member.
[[nodiscard]] base::Outcome<std::vector<Provider>> read_providers(
    const base::json::value& document);

[[nodiscard]] std::string_view to_text(Audience audience);
[[nodiscard]] std::optional<Audience> parse_audience(std::string_view text);

}  // namespace oidc
