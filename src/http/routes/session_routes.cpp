// session_routes.cpp - signing in and out, once more, locking, and the first administrator.
#include <boost/json.hpp>

#include "http/routes/api.h"
#include "http/routes/session_json.h"
#include "http/routes/sign_in_routes.h"

namespace http::routes {

namespace {

using base::json::array;
using base::json::object;

RouteOptions small_body() {
  return {.operation_id = {},
          .max_body_bytes = 16'384,
          .streamed_body = false,
          .body_types = {"application/json"}};
}

Answer<std::optional<identity::SignedIn>> anybody(Api& api, const Request& request) {
  std::optional<identity::SignedIn> who;
  const auto cookie = request.find_cookie(identity::session_cookie_name(api.transport));
  if (cookie.has_value()) who = TRY_AS_FAILURE(api.accounts.look_up(*cookie));
  return who;
}

Answer<Response> sign_in(Api& api, const Request& request) {
  const object body = TRY(body_object(request));
  const std::string username = TRY(text_member(body, "username"));
  const std::string password = TRY(text_member(body, "password"));
  const auto fresh = TRY(api.accounts.sign_in(username, password, visitor_of(request)));
  // The session before, if there was one, ends with the new sign-in.
  if (const auto before = TRY(anybody(api, request))) api.accounts.sign_out(*before);
  return session_response(api, fresh);
}

object listed_session(const casework::SessionRow& row, const identity::SignedIn& who) {
  object json{{"id", identity::Sessions::public_id(row)},
              {"device", row.device},
              {"address", row.address},
              {"since", calendar::to_iso(row.created_at)},
              {"seen_at", calendar::to_iso(row.seen_at)},
              {"current", row.token_hash == who.token_hash}};
  return json;
}

void add_own_sessions(Router& router, Api& api) {
  add(router, Method::get, "/api/v1/sessions", "list_sessions",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        array items;
        for (const auto& row : TRY(api.accounts.sessions_of(who))) {
          items.push_back(listed_session(row, who));
        }
        return json(200, object{{"items", std::move(items)}});
      });
  add(router, Method::del, "/api/v1/sessions", "end_other_sessions",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        TRY(api.accounts.end_other_sessions(who));
        return no_content();
      });
  add(router, Method::del, "/api/v1/sessions/{id}", "end_session",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        TRY(api.accounts.end_session(who, request.path_parameter("id")));
        return no_content();
      });
}

void add_once_more(Router& router, Api& api) {
  add(
      router, Method::post, "/api/v1/session/second-factor", "give_second_factor",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(session_of(api, request));
        // A locked one is opened by unlocking; a code alone would pass the password by.
        if (who.locked) TRY(officer_of(api, request));
        const object body = TRY(body_object(request));
        const auto proof = TRY(read_proof(body));
        const auto fresh = TRY(api.accounts.confirm(who, proof, visitor_of(request)));
        return session_response(api, fresh);
      },
      small_body());
  add(router, Method::post, "/api/v1/session/passkey-challenge", "ask_for_passkey",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(session_of(api, request));
        const auto asked = TRY(api.accounts.ask_passkey(who, false));
        return json(200, passkey_request_json(asked));
      });
  add(router, Method::post, "/api/v1/session/lock", "lock_session",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(session_of(api, request));
        // One that waits for its second factor opens nothing anyway.
        if (who.is_open()) TRY(api.accounts.lock(who));
        return no_content();
      });
  add(
      router, Method::post, "/api/v1/session/unlock", "unlock_session",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(session_of(api, request));
        if (!who.locked) TRY(officer_of(api, request));
        const object body = TRY(body_object(request));
        const auto proof = TRY(read_proof(body));
        const auto fresh = TRY(api.accounts.unlock(who, proof, visitor_of(request)));
        return session_response(api, fresh);
      },
      small_body());
}

}  // namespace

void add_session_routes(Router& router, Api& api) {
  add(router, Method::get, "/api/v1/session", "get_session",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(anybody(api, request));
        object told = TRY(session_json(api, who));
        add_sign_in_offers(api, request, told);
        return json(200, std::move(told));
      });
  add(
      router, Method::post, "/api/v1/session", "sign_in",
      [&api](const Request& request) { return sign_in(api, request); }, small_body());
  add(router, Method::del, "/api/v1/session", "sign_out",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(session_of(api, request));
        api.accounts.sign_out(who);
        Response response = no_content();
        response.headers.add("Set-Cookie", identity::expired_session_cookie(api.transport));
        return response;
      });
  add(
      router, Method::post, "/api/v1/session/password", "change_password",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        const object body = TRY(body_object(request));
        const std::string current = TRY(text_member(body, "current"));
        const std::string next = TRY(text_member(body, "new"));
        TRY(api.accounts.change_password(who, current, next, visitor_of(request)));
        return no_content();
      },
      small_body());
  add_once_more(router, api);
  add_own_sessions(router, api);
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
