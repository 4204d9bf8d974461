#include "identity/portal_session.h"

#include <boost/json.hpp>

#include "base/sha256.h"
#include "oidc/attempt.h"

namespace identity {

namespace {

using base::json::object;
using base::json::value;

constexpr const char* kKind = "portal-session";
constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kIdTokenBytesMax = 6 * 1024;  // it has to fit into an address

object texts_json(const std::map<std::string, std::string>& texts) {
  object json;
  for (const auto& [name, text] : texts) json[name] = text;
  return json;
}

std::map<std::string, std::string> read_texts(const value& json, std::string_view name) {
  std::map<std::string, std::string> texts;
  const value* found = base::find(json, name);
  if (found == nullptr || !found->is_object()) return texts;
  for (const auto& [key, text] : found->get_object()) {
    if (text.is_string()) texts.emplace(std::string{key}, std::string{text.get_string()});
  }
  return texts;
}

std::string body_of(const PortalSession& session) {
  object json{{"csrf", session.csrf_token},
              {"provider", session.provider},
              {"id_token", session.id_token},
              {"created", session.created_at.time_since_epoch().count()},
              {"seen", session.last_seen_at.time_since_epoch().count()},
              {"kind", oidc::to_text(session.person.kind)},
              {"subject", session.person.subject},
              {"fields", texts_json(session.person.fields)},
              {"claims", texts_json(session.person.claims)},
              {"sign_out", session.person.sign_out}};
  if (session.person.level.has_value()) json["level"] = *session.person.level;
  return base::to_text(json);
}

base::Outcome<PortalSession> read(const casework::EntryRow& row) {
  const value json = TRY(base::parse_json(row.body));
  const auto kind = oidc::parse_person_kind(base::string_or(json, "kind"));
  if (!kind.has_value()) {
    return base::fault(base::FaultCode::corrupt, "a portal session names no kind of person");
  }
  PortalSession session;
  session.token_hash = row.key;
  session.csrf_token = base::string_or(json, "csrf");
  session.provider = base::string_or(json, "provider");
  session.id_token = base::string_or(json, "id_token");
  session.created_at = Moment{std::chrono::seconds{base::int_or(json, "created")}};
  session.last_seen_at = Moment{std::chrono::seconds{base::int_or(json, "seen")}};
  session.person.kind = *kind;
  session.person.subject = base::string_or(json, "subject");
  session.person.fields = read_texts(json, "fields");
  session.person.claims = read_texts(json, "claims");
  session.person.sign_out = base::string_or(json, "sign_out");
  if (const auto level = base::find_int(json, "level")) {
    session.person.level = static_cast<int>(*level);
  }
  session.version = row.version;
  return session;
}

std::string attributes(Transport transport) {
  return transport == Transport::tls ? "; Path=/; HttpOnly; SameSite=Lax; Secure"
                                     : "; Path=/; HttpOnly; SameSite=Lax";
}

std::string cookie(std::string_view name, std::string_view text, std::chrono::seconds lives,
                   Transport transport) {
  return std::string{name} + "=" + std::string{text} +
         "; Max-Age=" + std::to_string(lives.count()) + attributes(transport);
}

}  // namespace

base::Outcome<base::Done> PortalSessions::save(const PortalSession& session) {
  return store_.save_entries({{.kind = kKind,
                               .key = session.token_hash,
                               .version = session.version,
                               .at = session.last_seen_at,
                               .body = body_of(session),
                               .found_by = {session.person.key()},
                               .expires_at = session.created_at + PortalLimits{}.absolute}},
                             std::nullopt);
}

base::Outcome<OpenedPortalSession> PortalSessions::open(std::string provider,
                                                        oidc::SignedInPerson person,
                                                        std::string id_token, Moment now) {
  OpenedPortalSession opened;
  opened.token = base::random_hex(random_, kTokenBytes);
  opened.session.token_hash = base::to_hex(base::sha256(opened.token));
  opened.session.csrf_token = base::random_hex(random_, kTokenBytes);
  opened.session.provider = std::move(provider);
  if (id_token.size() <= kIdTokenBytesMax) opened.session.id_token = std::move(id_token);
  opened.session.person = std::move(person);
  opened.session.created_at = now;
  opened.session.last_seen_at = now;
  opened.session.version = 1;
  TRY(save(opened.session));
  return opened;
}

base::Outcome<std::optional<PortalSession>> PortalSessions::find(std::string_view token,
                                                                 Moment now) {
  const auto hash = hash_of_session_token(token);
  if (!hash.has_value()) return std::optional<PortalSession>{};
  const auto row = TRY(store_.find_entry(kKind, *hash));
  if (!row.has_value()) return std::optional<PortalSession>{};
  PortalSession session = TRY(read(*row));
  const PortalLimits limits;
  const auto unseen = now - session.last_seen_at;
  if (now - session.created_at >= limits.absolute || unseen >= limits.idle) {
    [[maybe_unused]] const auto gone = end(session);
    return std::optional<PortalSession>{};
  }
  if (unseen >= limits.touch_every) {
    session.last_seen_at = now;
    ++session.version;
    // Another request of the same page may have been first: it is seen all the same.
    [[maybe_unused]] const auto saved = save(session);
  }
  return std::optional{std::move(session)};
}

base::Outcome<base::Done> PortalSessions::end(const PortalSession& session) {
  return store_.delete_entries({{.kind = kKind, .key = session.token_hash}});
}

std::string_view portal_cookie_name(Transport transport) {
  return transport == Transport::tls ? "__Host-motcua_citizen" : "motcua_citizen";
}
std::string portal_cookie(std::string_view token, Transport transport) {
  return cookie(portal_cookie_name(transport), token, PortalLimits{}.absolute, transport);
}
std::string expired_portal_cookie(Transport transport) {
  return cookie(portal_cookie_name(transport), "", std::chrono::seconds{0}, transport);
}
std::string_view attempt_cookie_name(Transport transport) {
  return transport == Transport::tls ? "__Host-motcua_signin" : "motcua_signin";
}
std::string attempt_cookie(std::string_view attempt, Transport transport) {
  return cookie(attempt_cookie_name(transport), attempt, oidc::kAttemptLives, transport);
}
std::string expired_attempt_cookie(Transport transport) {
  return cookie(attempt_cookie_name(transport), "", std::chrono::seconds{0}, transport);
}

}  // namespace identity
