// security_routes.cpp - second factors of one's own account.
#include <boost/json.hpp>

#include "documents/qr_code.h"
#include "http/routes/api.h"
#include "http/routes/session_json.h"
#include "oidc/base64url.h"

namespace http::routes {

namespace {

using base::json::array;
using base::json::object;

RouteOptions small_body() {
  return {.operation_id = {},
          .max_body_bytes = 32'768,
          .streamed_body = false,
          .body_types = {"application/json"}};
}

std::string iso(identity::Moment at) {
  return calendar::to_iso(calendar::Instant{at});
}
base::json::value iso_or_null(const std::optional<identity::Moment>& at) {
  return at.has_value() ? base::json::value(iso(*at)) : base::json::value(nullptr);
}

array texts_json(const std::vector<std::string>& texts) {
  array list;
  for (const std::string& one : texts) list.push_back(base::json::value(one));
  return list;
}

// A row of the symbol is a text of 0 and 1, so that the page draws it without any library.
Answer<array> qr_rows(const std::string& text) {
  const auto symbol = TRY_AS_FAILURE(documents::QrCode::of(text));
  array rows;
  for (int y = 0; y < symbol.size(); ++y) {
    std::string row;
    for (int x = 0; x < symbol.size(); ++x) row += symbol.is_dark(x, y) ? '1' : '0';
    rows.push_back(base::json::value(row));
  }
  return rows;
}

Answer<Response> overview(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  const identity::SignInPolicy& policy = api.accounts.policy();
  const auto account = TRY(api.accounts.security_of(who));
  const bool administrator = who.account->officer.has_role(party::Role::administrator);
  array passkeys;
  for (const identity::Passkey& one : account.passkeys) {
    passkeys.push_back(object{{"id", oidc::to_base64url(one.id)},
                              {"name", one.name},
                              {"since", iso(one.since)},
                              {"used_at", iso_or_null(one.used_at)},
                              {"doubted_at", iso_or_null(one.doubted_at)}});
  }
  const identity::Moment changed = account.password_changed_at.value_or(account.known_since);
  return json(
      200, object{{"profile", policy.profile},
                  {"password",
                   object{{"changed_at", iso_or_null(account.password_changed_at)},
                          {"ends_at", iso_or_null(policy.password_ends(administrator, changed))}}},
                  {"totp", account.totp.has_value() ? base::json::value(iso(account.totp->since))
                                                    : base::json::value(nullptr)},
                  {"passkeys", std::move(passkeys)},
                  {"passkeys_offered", api.accounts.has_passkeys()},
                  {"recovery_codes_left", identity::codes_left(account.recovery)},
                  {"second_factor_required",
                   policy.asks_second_factor(administrator, request.remote_address)},
                  {"fresh", api.accounts.require_fresh(who).has_value()}});
}

Answer<Response> new_factor(Api& api, const identity::NewFactor& made, int status) {
  object session = TRY(session_json(api, made.sign_in.signed_in));
  object body{{"session", std::move(session)}, {"recovery_codes", texts_json(made.recovery_codes)}};
  Response response = json(status, body);
  set_session_cookie(api, response, made.sign_in.token);
  return response;
}

void add_totp(Router& router, Api& api) {
  add(router, Method::post, "/api/v1/security/totp", "begin_totp",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        const auto fresh = TRY(api.accounts.begin_totp(who));
        array rows = TRY(qr_rows(fresh.uri));
        return json(200,
                    object{{"secret", fresh.secret}, {"uri", fresh.uri}, {"qr", std::move(rows)}});
      });
  add(
      router, Method::put, "/api/v1/security/totp", "confirm_totp",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        const object body = TRY(body_object(request));
        const std::string code = TRY(text_member(body, "code"));
        const auto made = TRY(api.accounts.confirm_totp(who, code, visitor_of(request)));
        return new_factor(api, made, 200);
      },
      small_body());
  add(router, Method::del, "/api/v1/security/totp", "remove_totp",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        TRY(api.accounts.remove_totp(who));
        return no_content();
      });
}

void add_passkeys(Router& router, Api& api) {
  add(router, Method::post, "/api/v1/security/passkey-challenge", "ask_for_new_passkey",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        const auto asked = TRY(api.accounts.ask_passkey(who, true));
        return json(200, passkey_creation_json(asked, who));
      });
  add(
      router, Method::post, "/api/v1/security/passkeys", "add_passkey",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        const object body = TRY(body_object(request));
        const std::string name = TRY(text_member(body, "name"));
        const auto sent = TRY(read_registration(body));
        const auto made = TRY(api.accounts.add_passkey(who, sent, name));
        return new_factor(api, made, 201);
      },
      small_body());
  add(router, Method::del, "/api/v1/security/passkeys/{id}", "remove_passkey",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        const auto id = oidc::from_base64url(request.path_parameter("id"));
        TRY(api.accounts.remove_passkey(who, id.value_or("")));
        return no_content();
      });
}

}  // namespace

void add_security_routes(Router& router, Api& api) {
  add(router, Method::get, "/api/v1/security", "get_security",
      [&api](const Request& request) { return overview(api, request); });
  add_totp(router, api);
  add_passkeys(router, api);
  add(router, Method::post, "/api/v1/security/recovery-codes", "renew_recovery_codes",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        const auto codes = TRY(api.accounts.renew_recovery_codes(who));
        return json(200, object{{"recovery_codes", texts_json(codes)}});
      });
}

}  // namespace http::routes
