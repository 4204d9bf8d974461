// sign_in_routes.cpp - to an identity provider and back, and what a signed-in citizen sees of his
// own.
#include "http/routes/sign_in_routes.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/sha256.h"
#include "casework/view.h"
#include "http/routes/session_json.h"
#include "identity/federation.h"

namespace http::routes {

namespace {

using base::json::array;
using base::json::object;
using casework::fail;
using casework::FailureKind;
using oidc::Audience;
using oidc::Rejection;

// Pages that a citizen looks through at once; more than anybody has filed.
constexpr int kPagesMax = 10;
constexpr int kRowsAPage = 100;

object text(const calendar::Bilingual& both) {
  return casework::text_json(both);
}

// What the person can do about it; everything else is one answer, which helps nobody who tries.
const char* reason_of(Rejection why) {
  switch (why) {
    case Rejection::no_attempt:
    case Rejection::attempt_expired:
    case Rejection::attempt_used:
      return "again";
    case Rejection::provider_error:
      return "declined";
    case Rejection::unreachable:
    case Rejection::metadata_invalid:
    case Rejection::keys_invalid:
      return "unreachable";
    case Rejection::level_too_low:
      return "level";
    case Rejection::no_identity:
      return "identity";
    case Rejection::not_enrolled:
      return "account";
    default:
      return "failed";
  }
}

std::string refusal_page(Audience audience, Rejection why) {
  return std::string{audience == Audience::officers ? "/desk?sign-in=" : "/dang-nhap?loi="} +
         reason_of(why);
}

Answer<identity::Federation*> federation_of(Api& api) {
  if (api.federation != nullptr) return api.federation;
  return fail(FailureKind::not_found, "no-identity-provider",
              {"Nơi này không cho đăng nhập bằng tài khoản định danh.",
               "Signing in by an identity provider is not set up here."});
}

Answer<Response> begin(Api& api, const Request& request) {
  identity::Federation& federation = *TRY(federation_of(api));
  const Audience audience =
      query(request, "for") == "officers" ? Audience::officers : Audience::citizens;
  const std::string place = query(request, "return_to");
  const std::string home = audience == Audience::officers ? "/desk" : "/";
  const auto departure =
      federation.begin(request.path_parameter("provider"), audience, place.empty() ? home : place);
  if (!departure) {
    if (departure.error() == Rejection::no_attempt) {
      return fail(FailureKind::not_found, "no-identity-provider",
                  {"Không có nơi đăng nhập này.", "There is no such identity provider."});
    }
    return redirect(refusal_page(audience, departure.error()));
  }
  Response response = redirect(departure->address);
  response.headers.add("Set-Cookie", identity::attempt_cookie(departure->cookie, api.transport));
  // Where somebody came from is no business of the provider's.
  response.headers.set("Referrer-Policy", "no-referrer");
  return response;
}

// Whoever was signed in before in this browser is not any more.
void end_earlier(Api& api, const Request& request, const identity::Arrival& arrival) {
  if (arrival.officer.has_value()) {
    if (const auto before = maybe_officer(api, request)) api.accounts.sign_out(*before);
    return;
  }
  const auto cookie = request.find_cookie(identity::portal_cookie_name(api.transport));
  if (!cookie.has_value()) return;
  identity::PortalSessions& sessions = api.federation->sessions();
  const auto before = sessions.find(*cookie, api.federation->now());
  if (!before || !before->has_value()) return;
  [[maybe_unused]] const auto ended = sessions.end(**before);
}

Answer<Response> finish(Api& api, const Request& request) {
  identity::Federation& federation = *TRY(federation_of(api));
  const std::size_t question = request.target.find('?');
  const std::string_view sent = question == std::string::npos
                                    ? std::string_view{}
                                    : std::string_view{request.target}.substr(question + 1);
  const auto cookie = request.find_cookie(identity::attempt_cookie_name(api.transport));
  const auto arrival = federation.finish(request.path_parameter("provider"), cookie.value_or(""),
                                         sent, visitor_of(request));
  const bool over = arrival.has_value() || arrival.error().attempt_over;
  Response response = redirect(
      arrival ? arrival->return_to : refusal_page(arrival.error().audience, arrival.error().why));
  if (over) {
    response.headers.add("Set-Cookie", identity::expired_attempt_cookie(api.transport));
  }
  // The code stands in the address of this page: it goes no further.
  response.headers.set("Referrer-Policy", "no-referrer");
  if (!arrival) return response;
  end_earlier(api, request, *arrival);
  if (arrival->citizen.has_value()) {
    response.headers.add("Set-Cookie",
                         identity::portal_cookie(arrival->citizen->token, api.transport));
  }
  if (arrival->officer.has_value()) {
    set_session_cookie(api, response, arrival->officer->token);
  }
  return response;
}

array offers(const identity::Federation& federation, Audience audience) {
  array list;
  for (const oidc::Provider* one : federation.offered(audience)) {
    list.push_back(object{{"id", one->id}, {"name", text(one->name)}});
  }
  return list;
}

object me_json(Api& api, const identity::PortalSession& session) {
  array fields;
  for (const auto& [name, value] : session.person.fields) {
    const auto claim = session.person.claims.find(name);
    fields.push_back(object{{"name", name},
                            {"value", value},
                            {"claim", claim == session.person.claims.end() ? "" : claim->second}});
  }
  const oidc::Provider* provider = api.federation->find(session.provider);
  object json{{"kind", oidc::to_text(session.person.kind)},
              {"name", session.person.field("full_name")},
              {"provider", object{{"id", session.provider},
                                  {"name", provider == nullptr ? object{{"vi", ""}, {"en", ""}}
                                                               : text(provider->name)}}},
              {"fields", std::move(fields)},
              {"csrf_token", session.csrf_token}};
  if (session.person.level.has_value()) json["level"] = *session.person.level;
  return json;
}

object my_dossier_json(Api& api, const casework::DossierRow& row) {
  object json{{"code", row.code},
              {"status", casework::status_json(row.status)},
              {"agency", casework::agency_json(api.workplace, row.agency)},
              {"filed_at", calendar::to_iso(row.filed_at)},
              {"due_at", casework::instant_json(row.due_at)},
              {"finished_at", casework::instant_json(row.finished_at)},
              {"closed", row.closed}};
  const auto card = api.workplace.publications.find_here(row.procedure);
  json["procedure"] = card && *card != nullptr
                          ? casework::procedure_ref(**card)
                          : object{{"code", row.procedure},
                                   {"name", object{{"vi", row.procedure}, {"en", row.procedure}}}};
  return json;
}

// The search finds what holds the number anywhere; only what was filed in its name is his.
Answer<array> my_dossiers(Api& api, const std::string& number) {
  array items;
  if (number.empty()) return items;
  casework::SearchQuery wanted;
  wanted.words = number;
  wanted.now = api.workplace.clock.now();
  wanted.limit = kRowsAPage;
  for (int page = 0; page < kPagesMax; ++page) {
    const auto found = TRY_AS_FAILURE(api.workplace.store.search(wanted));
    for (const casework::DossierRow& row : found.rows) {
      if (row.applicant_id == number) items.push_back(my_dossier_json(api, row));
    }
    if (found.next_cursor.empty()) break;
    wanted.cursor = found.next_cursor;
  }
  return items;
}

Answer<std::optional<identity::PortalSession>> maybe_citizen(Api& api, const Request& request) {
  if (api.federation == nullptr) return std::optional<identity::PortalSession>{};
  const auto cookie = request.find_cookie(identity::portal_cookie_name(api.transport));
  if (!cookie.has_value()) return std::optional<identity::PortalSession>{};
  return TRY_AS_FAILURE(api.federation->sessions().find(*cookie, api.federation->now()));
}

Answer<base::Done> check_csrf(const identity::PortalSession& session, const Request& request) {
  const bool reads = request.method == Method::get || request.method == Method::head;
  if (reads || base::equal_in_constant_time(session.csrf_token, header(request, "X-CSRF-Token"))) {
    return base::Done{};
  }
  return fail(FailureKind::forbidden, "csrf-token-wrong",
              {"Thiếu hoặc sai mã chống giả mạo yêu cầu (X-CSRF-Token). Hãy tải lại trang.",
               "The X-CSRF-Token header is missing or wrong. Reload the page."});
}

}  // namespace

Answer<identity::PortalSession> citizen_of(Api& api, const Request& request) {
  auto session = TRY(maybe_citizen(api, request));
  if (!session.has_value()) {
    return fail(FailureKind::unauthenticated, "sign-in-required",
                {"Bạn chưa đăng nhập, hoặc phiên đăng nhập đã hết. Hãy đăng nhập; nội dung đang "
                 "nhập được giữ lại.",
                 "You are not signed in, or the session has ended. Sign in; what you typed is "
                 "kept."});
  }
  TRY(check_csrf(*session, request));
  return *std::move(session);
}

Answer<bool> opens_for_citizen(Api& api, const Request& request,
                               const casework::OpenDossier& open) {
  const auto session = TRY(maybe_citizen(api, request));
  if (!session.has_value()) return false;
  const std::string mine = session->person.applicant_number();
  const dossier::Person& applicant = open.dossier.applicant;
  const std::string& theirs =
      applicant.personal_id.empty() ? applicant.tax_code : applicant.personal_id;
  if (mine.empty() || mine != theirs) return false;
  TRY(check_csrf(*session, request));
  return true;
}

void add_sign_in_offers(Api& api, const Request& request, object& session) {
  if (api.federation == nullptr) return;
  session["providers"] = object{{"citizens", offers(*api.federation, Audience::citizens)},
                                {"officers", offers(*api.federation, Audience::officers)}};
  const auto citizen = maybe_citizen(api, request);
  if (!citizen || !citizen->has_value()) return;
  session["citizen"] = object{{"name", (*citizen)->person.field("full_name")},
                              {"kind", oidc::to_text((*citizen)->person.kind)},
                              {"csrf_token", (*citizen)->csrf_token}};
}

void add_sign_in_routes(Router& router, Api& api) {
  add(router, Method::get, "/api/v1/sign-in/{provider}", "begin_sign_in",
      [&api](const Request& request) { return begin(api, request); });
  add(router, Method::get, "/api/v1/sign-in/{provider}/callback", "finish_sign_in",
      [&api](const Request& request) { return finish(api, request); });
  add(router, Method::get, "/api/v1/me", "get_me",
      [&api](const Request& request) -> Answer<Response> {
        return json(200, me_json(api, TRY(citizen_of(api, request))));
      });
  add(router, Method::get, "/api/v1/me/dossiers", "list_my_dossiers",
      [&api](const Request& request) -> Answer<Response> {
        const auto session = TRY(citizen_of(api, request));
        return json(200,
                    object{{"items", TRY(my_dossiers(api, session.person.applicant_number()))}});
      });
  add(router, Method::del, "/api/v1/me/session", "citizen_sign_out",
      [&api](const Request& request) -> Answer<Response> {
        const auto session = TRY(citizen_of(api, request));
        object answer;
        answer["sign_out_address"] = api.federation->sign_out(session);
        Response response = json(200, std::move(answer));
        response.headers.add("Set-Cookie", identity::expired_portal_cookie(api.transport));
        return response;
      });
}

}  // namespace http::routes
