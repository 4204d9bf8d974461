#include "oidc/authorization.h"

#include <array>

#include "base/sha256.h"

namespace oidc {

namespace {

constexpr std::size_t kCodeBytesMax = 4096;

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& one : words) text += (text.empty() ? "" : " ") + one;
  return text;
}

}  // namespace

std::string authorization_address(const Provider& provider, const Metadata& metadata,
                                  const Attempt& attempt, const AttemptKey& key,
                                  const std::string& redirect_uri) {
  Parameters parameters{{"response_type", "code"},
                        {"client_id", provider.client_id},
                        {"redirect_uri", redirect_uri},
                        {"scope", joined(provider.scopes)},
                        {"state", key.state(attempt)}};
  if (provider.dialect != Dialect::vneid) parameters.emplace_back("nonce", key.nonce(attempt));
  if (provider.pkce) {
    parameters.emplace_back("code_challenge", key.challenge(attempt));
    parameters.emplace_back("code_challenge_method", "S256");
  }
  if (!provider.contexts.empty()) {
    parameters.emplace_back("acr_values", joined(provider.contexts));
  }
  if (provider.authenticated_within.has_value()) {
    parameters.emplace_back("max_age", std::to_string(provider.authenticated_within->count()));
  }
  const std::string& address = metadata.endpoints.authorization;
  const char* separator = address.find('?') == std::string::npos ? "?" : "&";
  return address + separator + form_text(parameters);
}

Checked<AuthorizationCode> read_authorization_response(std::string_view query,
                                                       const Provider& provider,
                                                       const Metadata& metadata,
                                                       const std::string& state) {
  const PlusSign plus = provider.dialect == Dialect::vneid ? PlusSign::literal : PlusSign::blank;
  const base::Failure<Rejection> malformed{Rejection::response_malformed};
  const auto parameters = parse_query(query, plus);
  if (!parameters.has_value()) return malformed;
  // A parameter twice is read differently by different readers (RFC 6749 section 3.1).
  for (const std::string_view name :
       std::array<std::string_view, 5>{"state", "code", "iss", "error", "encrypt_key"}) {
    if (count_of(*parameters, name) > 1) return malformed;
  }
  const auto sent = only_one(*parameters, "state");
  if (!sent.has_value() || !base::equal_in_constant_time(*sent, state)) {
    return base::Failure{Rejection::state_mismatch};
  }
  const auto issuer = only_one(*parameters, "iss");
  if (issuer.has_value() && *issuer != provider.issuer) {
    return base::Failure{Rejection::issuer_mismatch};
  }
  if (!issuer.has_value() && (metadata.names_itself || provider.names_itself)) {
    return base::Failure{Rejection::issuer_missing};
  }
  if (count_of(*parameters, "error") > 0) return base::Failure{Rejection::provider_error};
  AuthorizationCode answer{.code = only_one(*parameters, "code").value_or(""),
                           .encrypt_key = only_one(*parameters, "encrypt_key").value_or("")};
  if (answer.code.empty() || answer.code.size() > kCodeBytesMax ||
      answer.encrypt_key.size() > kCodeBytesMax) {
    return malformed;
  }
  return answer;
}

}  // namespace oidc
