// officer_routes.cpp - colleagues to assign to, and the administrator's accounts.
#include <algorithm>
#include <map>

#include <boost/json.hpp>

#include "casework/view.h"
#include "http/routes/api.h"
#include "identity/account_changes.h"

namespace http::routes {

namespace {

using base::json::array;
using base::json::object;

// All but the last three digits.
std::string masked(const std::string& identity) {
  const std::size_t hidden = identity.size() > 3 ? identity.size() - 3 : identity.size();
  return std::string(hidden, '*') + identity.substr(hidden);
}

object account_json(Api& api, const casework::OfficerAccount& account) {
  object json = casework::officer_json(account.officer);
  const std::string& identity = account.officer.identity_number;
  if (!identity.empty()) json["identity_number"] = masked(identity);
  json["username"] = account.username;
  json["active"] = account.active;
  json["agency_name"] = casework::agency_json(api.workplace, account.officer.agency.text())["name"];
  return json;
}

// For whoever may change it.
void mark_version(Api& api, object& json, const std::string& officer) {
  const auto written = api.workplace.officers.find_as_written(officer);
  if (written == nullptr) return;
  json["version"] = identity::version_of(written->officer, written->active);
}

void mark_account(object& json, const identity::AccountRecords::Mark& mark) {
  json["second_factor"] = mark.has_second_factor;
  json["passkey_in_doubt"] = mark.has_doubted_passkey;
  if (mark.disabled_at.has_value() && !json.at("active").as_bool()) {
    json["disabled_unused_on"] =
        calendar::to_iso(calendar::local_date(calendar::Instant{*mark.disabled_at}));
  }
}

Answer<Response> list(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  const party::Officer& me = who.account->officer;
  const bool administrator = me.has_role(party::Role::administrator);
  const std::string agency = query(request, "agency");
  const auto role = party::parse_role(query(request, "role"));
  std::map<std::string, identity::AccountRecords::Mark> marks;
  if (administrator) marks = TRY_AS_FAILURE(api.accounts.account_marks());
  array items;
  for (const casework::OfficerAccountPtr& one : api.workplace.officers.all()) {
    const party::AgencyId& theirs = one->officer.agency;
    // Colleagues: one's own agency, and for those who lead or watch, what is below it.
    const bool near = theirs == me.agency || theirs.is_within(me.agency);
    if (!administrator && (!near || !one->active)) continue;
    if (administrator && !theirs.is_within(me.agency)) continue;
    if (!agency.empty() && theirs.text() != agency) continue;
    if (role.has_value() && !one->officer.has_role(*role)) continue;
    object json = account_json(api, *one);
    if (administrator) {
      mark_account(json, marks[one->username]);
      mark_version(api, json, one->officer.id.text);
    }
    items.push_back(std::move(json));
  }
  return json(200, object{{"items", std::move(items)}});
}

Answer<identity::OfficerForm> form_of(const Request& request) {
  const object body = TRY(body_object(request));
  auto officer = casework::read_officer(body);
  if (!officer) {
    return casework::fail(casework::FailureKind::unprocessable, "officer-not-valid",
                          {"Cơ quan hoặc vai trò không hợp lệ. Hãy chọn lại.",
                           "The agency or a role is not valid. Choose again."});
  }
  return identity::OfficerForm{
      .username = base::string_or(body, "username"),
      .officer = std::move(officer).value(),
      .active = base::bool_or(body, "active", true),
      .version = base::string_or(body, "version"),
      .says_service = body.contains("active_from") || body.contains("active_to")};
}

}  // namespace

void add_officer_routes(Router& router, Api& api) {
  add(router, Method::get, "/api/v1/officers", "list_officers",
      [&api](const Request& request) { return list(api, request); });
  add(router, Method::post, "/api/v1/officers", "create_officer",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(confirmed_officer_of(api, request));
        const casework::RequestKey key =
            TRY(request_key(request, who.account->officer.id.text, request.body));
        const auto form = TRY(form_of(request));
        const auto created = TRY(api.accounts.create_officer(who.account->officer, form, key));
        object json = account_json(api, *created.account);
        mark_version(api, json, created.account->officer.id.text);
        json["initial_password"] = created.initial_password;
        return http::json(201, json);
      });
  add(router, Method::put, "/api/v1/officers/{id}", "update_officer",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        TRY(require_key(request));
        const auto form = TRY(form_of(request));
        const auto account =
            TRY(api.accounts.update_officer(who, request.path_parameter("id"), form));
        object shown = account_json(api, *account);
        mark_version(api, shown, account->officer.id.text);
        return json(200, shown);
      });
  add(router, Method::post, "/api/v1/officers/{id}/second-factor-reset", "reset_second_factors",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(confirmed_officer_of(api, request));
        TRY(require_key(request));
        TRY(api.accounts.reset_factors(who.account->officer, request.path_parameter("id")));
        return no_content();
      });
  add(router, Method::post, "/api/v1/officers/{id}/password", "reset_password",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(confirmed_officer_of(api, request));
        TRY(require_key(request));
        const auto password =
            TRY(api.accounts.reset_password(who.account->officer, request.path_parameter("id")));
        return json(200, object{{"initial_password", password}});
      });
}

}  // namespace http::routes
