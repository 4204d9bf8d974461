#include "http/routes/authority_routes.h"

#include <boost/json.hpp>

#include "casework/authority_gate.h"
#include "casework/authority_view.h"
#include "casework/gate.h"
#include "casework/view.h"

namespace http::routes {

namespace {

using base::json::object;
using casework::fail;
using casework::FailureKind;

object recorded_json(Api& api, const casework::RecordedAuthority& recorded) {
  const auto entries = api.workplace.authority->now();
  const party::AuthorityEntry* entry = entries->find(recorded.entry.id);
  object json = casework::shown_authority(api.workplace, entry == nullptr ? recorded.entry : *entry,
                                          *entries, api.workplace.clock.now());
  json["notes"] = casework::problems_json(recorded.notes);
  return json;
}

Answer<Response> list(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  const casework::AuthorityQuery asked{.agency = query(request, "agency"),
                                       .officer = query(request, "officer"),
                                       .procedure = query(request, "procedure"),
                                       .state = query(request, "state")};
  if (!asked.state.empty() && asked.state != "coming" && asked.state != "current" &&
      asked.state != "ended") {
    return fail(FailureKind::invalid, "unknown-filter",
                {"Tham số state phải là coming, current hoặc ended.",
                 "The parameter state has to be coming, current or ended."});
  }
  return json(200, casework::authorities_json(api.workplace, who.account->officer, asked));
}

Answer<Response> record(Api& api, const Request& request) {
  const auto who = TRY(confirmed_officer_of(api, request));
  const object body = TRY(body_object(request));
  const auto key = TRY(request_key(request, who.account->officer.id.text, request.body));
  auto draft = TRY(casework::read_authority_draft(body));
  const auto recorded =
      TRY(casework::record_authority(api.workplace, who.account->officer, std::move(draft), key));
  return json(201, recorded_json(api, recorded));
}

Answer<Response> preview(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  const object body = TRY(body_object(request));
  auto draft = TRY(casework::read_authority_draft(body));
  const auto looked =
      TRY(casework::preview_authority(api.workplace, who.account->officer, std::move(draft)));
  return json(200, object{{"problems", casework::problems_json(looked.notes)},
                          {"ok", !party::has_errors(looked.notes)}});
}

Answer<Response> revoke(Api& api, const Request& request) {
  const auto who = TRY(confirmed_officer_of(api, request));
  const object body = request.body.empty() ? object{} : TRY(body_object(request));
  const auto key = TRY(request_key(request, who.account->officer.id.text, request.body));
  auto revocation = TRY(casework::read_revocation(body, api.workplace.clock.now()));
  const auto revoked =
      TRY(casework::revoke_authority(api.workplace, who.account->officer,
                                     request.path_parameter("id"), std::move(revocation), key));
  return json(200, recorded_json(api, revoked));
}

// About oneself everybody may ask; about others whoever manages officers or watches there.
Answer<base::Done> may_ask_about(Api& api, const party::Officer& me, const std::string& officer) {
  auto account = api.workplace.officers.find(officer);
  if (account == nullptr) account = api.workplace.officers.find_username(officer);
  const auto now = api.workplace.clock.now();
  if (account != nullptr && account->officer.id == me.id) return base::Done{};
  const auto allowed = [&](party::Action action) {
    return account != nullptr &&
           party::may(me, action, {.agency = account->officer.agency}, now).allowed;
  };
  if (allowed(party::Action::manage_officers) || allowed(party::Action::view_reports)) {
    return base::Done{};
  }
  return fail(FailureKind::not_found, "officer-not-found",
              {"Không có cán bộ này trong phạm vi của bạn.",
               "There is no such officer within your reach."});
}

// A dossier that the asker may not see does not exist for him, whomever he asks about.
Answer<casework::OpenDossier> seen_by(Api& api, const party::Officer& me, const std::string& id) {
  auto open = TRY(casework::open_dossier(api.workplace, id));
  if (!casework::may_at_any_part(me, party::Action::view_dossier, *open.procedure, open.dossier,
                                 api.workplace.clock.now())
           .allowed) {
    return fail(FailureKind::not_found, "dossier-not-found",
                {"Không tìm thấy hồ sơ. Hãy kiểm tra lại mã hồ sơ.",
                 "There is no such dossier. Check the code."});
  }
  return open;
}

Answer<Response> explain(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  const party::Officer& me = who.account->officer;
  casework::MayAsked asked;
  asked.officer = query(request, "officer");
  if (asked.officer.empty()) asked.officer = me.id.text;
  TRY(may_ask_about(api, me, asked.officer));
  const auto action = party::parse_action(query(request, "action"));
  if (!action.has_value()) {
    return fail(FailureKind::invalid, "unknown-action",
                {"Không có hành động này.", "There is no such action."});
  }
  asked.action = *action;
  asked.dossier = query(request, "dossier");
  asked.agency = query(request, "agency");
  asked.task = casework::task_number(query(request, "task"));
  const std::string at = query(request, "at");
  asked.at = calendar::parse_instant(at);
  if (!at.empty() && !asked.at.has_value()) {
    return fail(FailureKind::invalid, "not-a-moment",
                {"Thời điểm không hợp lệ; ví dụ 2026-08-20T08:00+07:00.",
                 "This is no moment; for example 2026-08-20T08:00+07:00."});
  }
  if (!asked.dossier.empty()) asked.dossier = TRY(seen_by(api, me, asked.dossier)).id;
  return json(200, TRY(casework::explain_may(api.workplace, asked)));
}

}  // namespace

void add_authority_routes(Router& router, Api& api) {
  add(router, Method::get, "/api/v1/authority", "list_authority",
      [&api](const Request& request) { return list(api, request); });
  add(router, Method::post, "/api/v1/authority", "record_authority",
      [&api](const Request& request) { return record(api, request); });
  add(router, Method::post, "/api/v1/authority/preview", "preview_authority",
      [&api](const Request& request) { return preview(api, request); });
  add(router, Method::get, "/api/v1/authority/{id}", "get_authority",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        return json(200, TRY(casework::authority_details(api.workplace, who.account->officer,
                                                         request.path_parameter("id"))));
      });
  add(router, Method::post, "/api/v1/authority/{id}/revocation", "revoke_authority",
      [&api](const Request& request) { return revoke(api, request); });
  add(router, Method::get, "/api/v1/may", "explain_may",
      [&api](const Request& request) { return explain(api, request); });
  add(router, Method::get, "/api/v1/dossiers/{id}/signatures", "list_signatures",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        const auto open = TRY(seen_by(api, who.account->officer, request.path_parameter("id")));
        return json(200, TRY(casework::signatures_json(api.workplace, open)));
      });
}

}  // namespace http::routes
