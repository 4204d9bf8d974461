// session_routes.cpp - signing in and out, passwords, and the first administrator.
#include <boost/json.hpp>

#include "casework/view.h"
#include "http/routes/api.h"

namespace http::routes {

namespace {

using base::json::object;

object session_json(Api& api, const std::optional<identity::SignedIn>& who) {
  object json{{"signed_in", who.has_value()}, {"demo", api.workplace.demo}};
  if (!who.has_value()) return json;
  object officer = casework::officer_json(who->account->officer);
  officer.erase("identity_number");
  officer["username"] = who->username;
  officer["agency_name"] =
      casework::agency_json(api.workplace, who->account->officer.agency.text())["name"];
  json["officer"] = std::move(officer);
  json["csrf_token"] = who->csrf_token;
  json["must_change_password"] = who->must_change_password;
  return json;
}

}  // namespace

void add_session_routes(Router& router, Api& api) {
  add(router, Method::get, "/api/v1/session", "get_session",
      [&api](const Request& request) -> Answer<Response> {
        return json(200, session_json(api, maybe_officer(api, request)));
      });
  add(router, Method::post, "/api/v1/session", "sign_in",
      [&api](const Request& request) -> Answer<Response> {
        const object body = TRY(body_object(request));
        const std::string username = TRY(text_member(body, "username"));
        const std::string password = TRY(text_member(body, "password"));
        const auto fresh = TRY(api.accounts.sign_in(username, password, request.remote_address));
        // The session before, if there was one, ends with the new sign-in.
        if (const auto before = maybe_officer(api, request)) api.accounts.sign_out(*before);
        Response response = json(200, session_json(api, fresh.signed_in));
        response.headers.add("Set-Cookie", identity::session_cookie(fresh.token, api.transport));
        return response;
      },
      {.operation_id = {},
       .max_body_bytes = 4096,
       .streamed_body = false,
       .body_types = {"application/json"}});
  add(router, Method::del, "/api/v1/session", "sign_out",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        api.accounts.sign_out(who);
        Response response = no_content();
        response.headers.add("Set-Cookie", identity::expired_session_cookie(api.transport));
        return response;
      });
  add(router, Method::post, "/api/v1/session/password", "change_password",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        const object body = TRY(body_object(request));
        const std::string current = TRY(text_member(body, "current"));
        const std::string next = TRY(text_member(body, "new"));
        TRY(api.accounts.change_password(who, current, next));
        return no_content();
      });
  add(router, Method::get, "/api/v1/setup", "get_setup",
      [&api](const Request&) -> Answer<Response> {
        return json(200, object{{"needed", api.accounts.setup_needed()}});
      });
  add(router, Method::post, "/api/v1/setup", "create_first_administrator",
      [&api](const Request& request) -> Answer<Response> {
        const object body = TRY(body_object(request));
        const std::string token = TRY(text_member(body, "token"));
        const std::string username = TRY(text_member(body, "username"));
        const std::string password = TRY(text_member(body, "password"));
        const std::string name = TRY(text_member(body, "name"));
        TRY(api.accounts.create_first_administrator(token, username, password, name,
                                                    api.setup_agency));
        return json(201, object{{"username", username}});
      });
}

}  // namespace http::routes
