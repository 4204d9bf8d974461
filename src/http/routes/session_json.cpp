#include "http/routes/session_json.h"

#include <boost/json.hpp>

#include "casework/view.h"
#include "oidc/base64url.h"

namespace http::routes {

namespace {

using base::json::array;
using base::json::object;

constexpr int kTimeoutMs = 120'000;
constexpr const char* kRelyingPartyName = "Một Cửa";

array methods_json(const identity::FactorChoice& choice) {
  array methods;
  if (choice.passkey) methods.push_back("passkey");
  if (choice.totp) methods.push_back("totp");
  if (choice.recovery_code) methods.push_back("recovery_code");
  return methods;
}

object rules_json(const identity::SignInPolicy& policy) {
  return {{"length_min", policy.password.length_min},
          {"four_kinds", policy.password.four_kinds},
          {"history", policy.password.history}};
}

base::Failure<casework::Failure> not_base64(const char* name) {
  const std::string shown{name};
  return casework::fail(
      casework::FailureKind::unprocessable, "member-wrong-type",
      {"Mục " + shown + " phải là base64url.", "Member " + shown + " must be base64url."});
}

Answer<std::string> bytes_member(const object& body, const char* name) {
  const std::string text = TRY(text_member(body, name));
  auto bytes = oidc::from_base64url(text);
  if (!bytes.has_value()) return not_base64(name);
  return *std::move(bytes);
}

array credentials_json(const std::vector<std::string>& ids) {
  array list;
  for (const std::string& id : ids) {
    list.push_back(object{{"type", "public-key"}, {"id", oidc::to_base64url(id)}});
  }
  return list;
}

}  // namespace

Answer<object> session_json(Api& api, const std::optional<identity::SignedIn>& who) {
  object json{{"signed_in", who.has_value() && who->is_open()},
              {"demo", api.workplace.demo},
              {"password_rules", rules_json(api.accounts.policy())},
              {"lock_seconds", api.accounts.policy().session.lock.count()},
              {"passkeys_offered", api.accounts.has_passkeys()}};
  if (!who.has_value()) return json;
  json["csrf_token"] = who->csrf_token;
  json["strength"] = base::json::value(identity::name(who->strength));
  if (!who->is_open()) {
    const auto choice = TRY(api.accounts.factors_of(*who));
    json["second_factor"] = methods_json(choice);
    json["locked"] = who->locked;
    // Whoever stands before a locked screen may see whose it is: it says so on the screen.
    if (who->locked) {
      json["officer"] = object{{"id", who->account->officer.id.text},
                               {"name", who->account->officer.name},
                               {"username", who->username}};
    }
    return json;
  }
  object officer = casework::officer_json(who->account->officer);
  officer.erase("identity_number");
  officer["username"] = who->username;
  officer["agency_name"] =
      casework::agency_json(api.workplace, who->account->officer.agency.text())["name"];
  json["officer"] = std::move(officer);
  json["must_change_password"] = who->must_change_password;
  json["must_set_second_factor"] = who->must_set_second_factor;
  return json;
}

void set_session_cookie(Api& api, Response& response, const std::string& token) {
  response.headers.add(
      "Set-Cookie", identity::session_cookie(token, api.transport, api.accounts.policy().session));
}

Answer<Response> session_response(Api& api, const identity::NewSignIn& fresh, int status) {
  const object told = TRY(session_json(api, fresh.signed_in));
  Response response = json(status, told);
  set_session_cookie(api, response, fresh.token);
  return response;
}

Answer<identity::Proof> read_proof(const object& body) {
  identity::Proof proof;
  proof.totp = base::find_string(body, "totp");
  proof.recovery_code = base::find_string(body, "recovery_code");
  proof.password = base::find_string(body, "password");
  if (const auto* passkey = body.if_contains("passkey"); passkey != nullptr) {
    if (!passkey->is_object()) return not_base64("passkey");
    const object& said = passkey->get_object();
    identity::PasskeyProof given;
    given.id = TRY(bytes_member(said, "id"));
    given.assertion.client_data = TRY(bytes_member(said, "client_data"));
    given.assertion.authenticator_data = TRY(bytes_member(said, "authenticator_data"));
    given.assertion.signature = TRY(bytes_member(said, "signature"));
    proof.passkey = std::move(given);
  }
  return proof;
}

Answer<identity::Registration> read_registration(const object& body) {
  identity::Registration sent;
  sent.client_data = TRY(bytes_member(body, "client_data"));
  sent.attestation_object = TRY(bytes_member(body, "attestation_object"));
  return sent;
}

object passkey_request_json(const identity::PasskeyRequest& asked) {
  return {{"challenge", oidc::to_base64url(asked.challenge)},
          {"rpId", asked.rp_id},
          {"allowCredentials", credentials_json(asked.passkeys)},
          {"userVerification", "required"},
          {"timeout", kTimeoutMs}};
}

object passkey_creation_json(const identity::PasskeyRequest& asked, const identity::SignedIn& who) {
  array algorithms;
  for (const int algorithm : {-7, -8}) {
    algorithms.push_back(object{{"type", "public-key"}, {"alg", algorithm}});
  }
  return {{"challenge", oidc::to_base64url(asked.challenge)},
          {"rp", object{{"id", asked.rp_id}, {"name", kRelyingPartyName}}},
          {"user", object{{"id", oidc::to_base64url(asked.user_handle)},
                          {"name", who.username},
                          {"displayName", who.account->officer.name}}},
          {"pubKeyCredParams", std::move(algorithms)},
          {"excludeCredentials", credentials_json(asked.passkeys)},
          {"authenticatorSelection",
           object{{"userVerification", "required"}, {"residentKey", "discouraged"}}},
          {"attestation", "none"},
          {"timeout", kTimeoutMs}};
}

}  // namespace http::routes
