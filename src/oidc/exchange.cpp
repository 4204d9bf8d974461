#include "oidc/exchange.h"

#include <boost/json.hpp>

#include "base/percent_encoding.h"
#include "base/text.h"
#include "oidc/base64url.h"
#include "oidc/strict_json.h"

namespace oidc {

namespace {

using base::json::object;

constexpr std::size_t kBodyBytesMax = 256 * 1024;
constexpr std::size_t kAccessTokenBytesMax = 8 * 1024;

std::string plain_base64(std::string_view bytes) {
  std::string text = to_base64url(bytes);
  for (char& c : text) c = c == '-' ? '+' : c == '_' ? '/' : c;
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

bool is_bearer_token(std::string_view text) {
  if (text.empty() || text.size() > kAccessTokenBytesMax) return false;
  for (const char c : text) {
    if (c <= ' ' || c >= '\x7f') return false;
  }
  return true;
}

}  // namespace

WebRequest token_request(const Provider& provider, const Metadata& metadata,
                         const AuthorizationCode& code, const std::string& verifier,
                         const std::string& redirect_uri, const std::string& secret) {
  Parameters form{
      {"grant_type", "authorization_code"}, {"code", code.code}, {"redirect_uri", redirect_uri}};
  if (!verifier.empty()) form.emplace_back("code_verifier", verifier);
  if (!code.encrypt_key.empty()) form.emplace_back("encrypt_key", code.encrypt_key);
  WebRequest request{.address = metadata.endpoints.token,
                     .headers = {{"Accept", "application/json"}}};
  switch (provider.authentication) {
    case ClientAuthentication::basic:
      // Both are form-encoded before they are joined (RFC 6749 section 2.3.1).
      request.headers.emplace_back(
          "Authorization", "Basic " + plain_base64(base::percent_encode(provider.client_id) + ":" +
                                                   base::percent_encode(secret)));
      break;
    case ClientAuthentication::post:
      form.emplace_back("client_id", provider.client_id);
      form.emplace_back("client_secret", secret);
      break;
    case ClientAuthentication::none:
      form.emplace_back("client_id", provider.client_id);
      break;
  }
  request.form = form_text(form);
  return request;
}

WebRequest userinfo_request(const Metadata& metadata, const std::string& access_token) {
  return {.address = metadata.endpoints.userinfo,
          .headers = {{"Accept", "application/json"}, {"Authorization", "Bearer " + access_token}}};
}

Checked<Tokens> read_token_reply(const WebReply& reply, std::string_view opened, Dialect dialect) {
  if (reply.status >= 400 && reply.status < 500) return base::Failure{Rejection::token_refused};
  const base::Failure<Rejection> invalid{Rejection::token_response};
  if (reply.status != 200) return invalid;
  const auto body = read_object(opened, {.bytes = kBodyBytesMax, .depth = 8, .values = 1000});
  if (!body) return invalid;
  if (body->contains("error")) return base::Failure{Rejection::token_refused};
  Tokens tokens{.access_token = base::string_or(*body, "access_token"),
                .id_token = base::string_or(*body, "id_token")};
  const std::string type = base::to_lower(base::string_or(*body, "token_type"));
  const bool typed = type == "bearer" || (type.empty() && dialect == Dialect::vneid);
  if (!typed || !is_bearer_token(tokens.access_token)) return invalid;
  if (dialect == Dialect::vneid) {
    tokens.id_token.clear();
  } else if (tokens.id_token.empty()) {
    return invalid;
  }
  return tokens;
}

Checked<object> read_userinfo(const WebReply& reply, std::string_view opened,
                              std::string_view subject) {
  const base::Failure<Rejection> invalid{Rejection::userinfo_invalid};
  if (reply.status != 200 || reply.media_type == "application/jwt") return invalid;
  auto claims = read_object(opened, {.bytes = kBodyBytesMax, .depth = 10, .values = 4000});
  if (!claims) return invalid;
  if (!subject.empty() && base::string_or(*claims, "sub") != subject) {
    return base::Failure{Rejection::subject_mismatch};
  }
  return std::move(claims).value();
}

std::string sign_out_address(const Provider& provider, const Metadata& metadata,
                             const std::string& id_token, const std::string& return_uri,
                             const std::string& state) {
  const std::string& address = metadata.endpoints.end_session;
  if (address.empty()) return {};
  Parameters parameters{{"client_id", provider.client_id},
                        {"post_logout_redirect_uri", return_uri},
                        {"state", state}};
  if (!id_token.empty()) parameters.emplace_back("id_token_hint", id_token);
  return address + (address.find('?') == std::string::npos ? "?" : "&") + form_text(parameters);
}

}  // namespace oidc
