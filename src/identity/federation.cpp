#include "identity/federation.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/sha256.h"
#include "oidc/envelope.h"

namespace identity {

namespace {

using oidc::Checked;
using oidc::Rejection;

constexpr const char* kUsedAttempt = "sign-in-attempt";

// What opens at the end is of the provider that was asked, and told with words of its own only.
base::json::object merged(base::json::object userinfo, const base::json::object& token) {
  for (const auto& [name, value] : token) userinfo[name] = value;
  return userinfo;
}

}  // namespace

Federation::Federation(Ports ports, std::vector<ConfiguredProvider> providers, std::string key)
    : ports_(std::move(ports)),
      providers_(std::move(providers)),
      key_(std::move(key)),
      directory_(ports_.web, ports_.clock),
      sessions_(ports_.store, ports_.random) {}

Moment Federation::now() const {
  return std::chrono::time_point_cast<std::chrono::seconds>(ports_.clock.now());
}

const ConfiguredProvider* Federation::configured(std::string_view id) const {
  const auto found = std::ranges::find_if(
      providers_, [&](const ConfiguredProvider& one) { return one.provider.id == id; });
  return found == providers_.end() ? nullptr : &*found;
}

const oidc::Provider* Federation::find(std::string_view id) const {
  const ConfiguredProvider* one = configured(id);
  return one == nullptr ? nullptr : &one->provider;
}

std::vector<const oidc::Provider*> Federation::offered(oidc::Audience audience) const {
  std::vector<const oidc::Provider*> offered;
  for (const ConfiguredProvider& one : providers_) {
    if (one.provider.serves(audience)) offered.push_back(&one.provider);
  }
  return offered;
}

// Each provider has its own, so that an answer of one cannot pass for one of another (mix-up).
std::string Federation::redirect_uri(const oidc::Provider& provider) const {
  return ports_.public_url() + "/api/v1/sign-in/" + provider.id + "/callback";
}

template <class Call>
auto Federation::through_gate(const oidc::Provider& provider, const Call& call)
    -> decltype(call()) {
  const calendar::Instant entered_at = ports_.clock.now();
  if (!gate_.enter(provider.id, entered_at)) return base::Failure{Rejection::unreachable};
  auto answer = call();
  const bool answered = answer.has_value() || answer.error() != Rejection::unreachable;
  gate_.leave(provider.id, answered, entered_at, ports_.clock.now());
  return answer;
}

Checked<Departure> Federation::begin(std::string_view provider, oidc::Audience audience,
                                     const std::string& return_to) {
  const ConfiguredProvider* one = configured(provider);
  if (one == nullptr || !one->provider.serves(audience)) {
    return base::Failure{Rejection::no_attempt};
  }
  const auto metadata =
      through_gate(one->provider, [&] { return directory_.metadata(one->provider); });
  if (!metadata) {
    ports_.log("sign-in by " + one->provider.id +
               " cannot begin: " + std::string{oidc::to_text(metadata.error())});
    return base::Failure{metadata.error()};
  }
  const oidc::Attempt attempt =
      oidc::begin_attempt(one->provider.id, audience, return_to, now(), ports_.random);
  return Departure{.address = oidc::authorization_address(one->provider, *metadata, attempt, key_,
                                                          redirect_uri(one->provider)),
                   .cookie = key_.cookie(attempt)};
}

// Whoever is first with a state has it.  Of two requests with one state the store lets one pass,
// whichever process they reach.
Checked<base::Done> Federation::use_up(const std::string& state) {
  const auto saved = ports_.store.save_entries({{.kind = kUsedAttempt,
                                                 .key = base::to_hex(base::sha256(state)),
                                                 .version = 1,
                                                 .at = ports_.clock.now(),
                                                 .body = "{}",
                                                 .expires_at = now() + 2 * oidc::kAttemptLives}},
                                               std::nullopt);
  if (saved) return base::Done{};
  return base::Failure{saved.error().code == base::FaultCode::conflict ? Rejection::attempt_used
                                                                       : Rejection::unreachable};
}

Checked<oidc::WebReply> Federation::ask(const oidc::WebRequest& request) {
  auto reply = ports_.web.send(request);
  if (reply) return *std::move(reply);
  ports_.log(reply.error().message);
  return base::Failure{Rejection::unreachable};
}

Checked<oidc::IdToken> Federation::check_token(const oidc::Provider& provider,
                                               const oidc::Metadata& metadata,
                                               const oidc::Tokens& tokens,
                                               const oidc::Attempt& attempt) {
  const oidc::Jws token = TRY(oidc::Jws::read(tokens.id_token, provider.algorithms));
  oidc::JwkSet keys = TRY(directory_.keys(provider, metadata));
  if (keys.find(token.kid()) == nullptr) keys = TRY(directory_.newer_keys(provider, metadata));
  base::json::object claims = TRY(token.verify(keys));
  return oidc::check_claims(std::move(claims), token.algorithm(),
                            {.issuer = provider.issuer,
                             .client_id = provider.client_id,
                             .other_audiences = provider.other_tokens,
                             .nonce = key_.nonce(attempt),
                             .access_token = tokens.access_token,
                             .contexts = provider.contexts,
                             .authenticated_within = provider.authenticated_within,
                             .skew = provider.skew,
                             .now = now()});
}

Checked<Federation::Told> Federation::ask_who(const ConfiguredProvider& one,
                                              const oidc::Metadata& metadata,
                                              const oidc::Attempt& attempt,
                                              const oidc::AuthorizationCode& code) {
  const oidc::Provider& provider = one.provider;
  const bool sealed = provider.dialect == oidc::Dialect::vneid;
  const auto opened = [&](const oidc::WebReply& reply) -> Checked<std::string> {
    if (!sealed || reply.status != 200) return reply.body;
    return oidc::open_envelope(reply.body, one.private_key);
  };

  const std::string verifier = provider.pkce ? key_.verifier(attempt) : std::string{};
  const oidc::WebReply token_reply = TRY(ask(
      oidc::token_request(provider, metadata, code, verifier, redirect_uri(provider), one.secret)));
  const std::string token_body = TRY(opened(token_reply));
  const oidc::Tokens tokens =
      TRY(oidc::read_token_reply(token_reply, token_body, provider.dialect));

  oidc::IdToken token;
  if (!sealed) token = TRY(check_token(provider, metadata, tokens, attempt));
  base::json::object userinfo;
  if (!metadata.endpoints.userinfo.empty()) {
    const oidc::WebReply reply = TRY(ask(oidc::userinfo_request(metadata, tokens.access_token)));
    const std::string body = TRY(opened(reply));
    userinfo = TRY(oidc::read_userinfo(reply, body, token.subject));
  }
  oidc::SignedInPerson person =
      TRY(oidc::read_person(provider, merged(std::move(userinfo), token.claims), token.subject));
  return Told{.person = std::move(person), .id_token = tokens.id_token};
}

std::string Federation::username_of(const oidc::Provider& provider,
                                    const std::string& number) const {
  const auto named = provider.officers.find(number);
  if (named != provider.officers.end()) return named->second;
  std::string username;
  for (const casework::OfficerAccountPtr& one : ports_.officers.all()) {
    if (!one->active || one->officer.identity_number != number) continue;
    if (!username.empty()) return {};  // whose it is cannot be known
    username = one->username;
  }
  return username;
}

Checked<Arrival> Federation::open(const oidc::Provider& provider, const oidc::Attempt& attempt,
                                  Told told, const Visitor& visitor) {
  Arrival arrival{.audience = attempt.audience, .return_to = attempt.return_to};
  if (attempt.audience == oidc::Audience::officers) {
    if (told.person.kind != oidc::PersonKind::person) return base::Failure{Rejection::not_enrolled};
    const std::string username = username_of(provider, told.person.key());
    if (username.empty()) return base::Failure{Rejection::not_enrolled};
    // A level or context that was asked for says that it was more than a password.
    const bool confirmed = provider.level.value_or(0) >= 2 || !provider.contexts.empty();
    auto opened = ports_.accounts.open_session(username, Strength::external, confirmed, visitor);
    if (!opened) return base::Failure{Rejection::not_enrolled};
    arrival.officer = *std::move(opened);
    return arrival;
  }
  auto opened =
      sessions_.open(provider.id, std::move(told.person), std::move(told.id_token), now());
  if (!opened) return base::Failure{Rejection::unreachable};
  arrival.citizen = *std::move(opened);
  return arrival;
}

base::Result<Arrival, NoArrival> Federation::finish(std::string_view provider,
                                                    std::string_view cookie, std::string_view query,
                                                    const Visitor& visitor) {
  NoArrival no;
  const auto end = [&](Rejection why) {
    no.why = why;
    ports_.log("sign-in by " + std::string{provider.substr(0, 32)} +
               " refused: " + std::string{oidc::to_text(why)});
    return base::Failure{no};
  };
  const ConfiguredProvider* one = configured(provider);
  if (one == nullptr) return end(Rejection::no_attempt);
  const auto attempt = key_.open(cookie, now());
  if (!attempt) return end(attempt.error());
  no.audience = attempt->audience;
  // The answer came to the address of another provider than the browser left for.
  if (attempt->provider != one->provider.id || !one->provider.serves(attempt->audience)) {
    return end(Rejection::issuer_mismatch);
  }
  const auto arrived = through_gate(one->provider, [&]() -> Checked<Arrival> {
    const oidc::Metadata metadata = TRY(directory_.metadata(one->provider));
    const std::string state = key_.state(*attempt);
    const auto answer = oidc::read_authorization_response(query, one->provider, metadata, state);
    const bool another = !answer && (answer.error() == Rejection::state_mismatch ||
                                     answer.error() == Rejection::response_malformed);
    if (another) return base::Failure{answer.error()};
    no.attempt_over = true;
    TRY(use_up(state));
    if (!answer) return base::Failure{answer.error()};
    Told told = TRY(ask_who(*one, metadata, *attempt, *answer));
    return open(one->provider, *attempt, std::move(told), visitor);
  });
  if (!arrived) return end(arrived.error());
  ports_.log("sign-in by " + one->provider.id + ": " +
             std::string{oidc::to_text(attempt->audience)});
  return *arrived;
}

std::string Federation::sign_out(const PortalSession& session) {
  [[maybe_unused]] const auto ended = sessions_.end(session);
  const oidc::Provider* provider = find(session.provider);
  if (provider == nullptr) return {};
  if (!session.person.sign_out.empty()) return session.person.sign_out;
  const auto metadata = through_gate(*provider, [&] { return directory_.metadata(*provider); });
  if (!metadata) return {};
  return oidc::sign_out_address(*provider, *metadata, session.id_token, ports_.public_url() + "/",
                                base::random_hex(ports_.random, 16));
}

}  // namespace identity
