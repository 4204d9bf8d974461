// publishing_routes.cpp - proposals and their second person, every revision of a procedure, and
// what changes from one to another.
#include <algorithm>

#include <boost/json.hpp>

#include "base/text.h"
#include "http/routes/api.h"
#include "http/routes/query_values.h"
#include "procedure/difference.h"
#include "rehearsal/publishing.h"

namespace http::routes {

namespace {

using base::json::array;
using base::json::object;
using casework::fail;
using casework::FailureKind;

Answer<identity::SignedIn> designer_of(Api& api, const Request& request) {
  auto who = TRY(officer_of(api, request));
  const party::Officer& officer = who.account->officer;
  const auto verdict =
      party::may(officer, party::Action::manage_procedures,
                 party::Subject{.agency = officer.agency}, api.workplace.clock.now());
  if (!verdict.allowed) return base::Failure{casework::failure_from(verdict)};
  return who;
}

Answer<Response> list_proposals(Api& api, const Request& request) {
  TRY(designer_of(api, request));
  array items;
  for (const rehearsal::Proposal& one : TRY(rehearsal::proposals(api.workplace))) {
    items.push_back(rehearsal::to_json(one, false));
  }
  return json(200, object{{"items", std::move(items)}});
}

Answer<Response> show_proposal(Api& api, const Request& request) {
  TRY(designer_of(api, request));
  const auto proposal =
      TRY(rehearsal::find_proposal(api.workplace, std::string{request.path_parameter("id")}));
  return json(200, rehearsal::to_json(proposal));
}

Answer<Response> decide(Api& api, const Request& request, bool approves) {
  const auto who = TRY(designer_of(api, request));
  TRY(require_key(request));
  const object body = TRY(body_object(request));
  const std::string id{request.path_parameter("id")};
  const std::string reason = base::to_plain_text(base::string_or(body, "reason"));
  const party::Officer& by = who.account->officer;
  const auto proposal = approves ? TRY(rehearsal::approve(api.workplace, by, id, reason, *api.gate))
                                 : TRY(rehearsal::decline(api.workplace, by, id, reason));
  return json(200, rehearsal::to_json(proposal));
}

template <class Revision>
object revision_json(const Revision& one) {
  object json{{"digest", one.digest},
              {"proposed_by", one.approval.proposed_by_name},
              {"approved_by", one.approval.approved_by_name},
              {"from", nullptr},
              {"to", nullptr},
              {"approved_at", nullptr}};
  if (one.from.has_value()) json["from"] = calendar::to_iso(*one.from);
  if (one.to.has_value()) json["to"] = calendar::to_iso(*one.to);
  if (!one.approval.approved_by.empty()) json["approved_at"] = calendar::to_iso(one.approval.at);
  return json;
}

Answer<Response> list_revisions(Api& api, const Request& request) {
  TRY(designer_of(api, request));
  const std::string code{request.path_parameter("code")};
  const auto revisions = api.workplace.publications.revisions(code);
  if (revisions.empty()) {
    return fail(FailureKind::not_found, "procedure-not-found",
                {"Không có thủ tục mang mã " + code + ".", "There is no procedure " + code + "."});
  }
  const calendar::Date today = calendar::local_date(api.workplace.clock.now());
  const casework::Publication* now = casework::in_force(revisions, today);
  array items;
  for (const casework::Publication& one : revisions) {
    object item = revision_json(one);
    item["layer"] = "nation";
    item["agency"] = "";
    item["origin"] = one.origin;
    item["in_force"] = &one == now;
    const auto record = TRY_AS_FAILURE(rehearsal::find_record(api.workplace.store, one.digest));
    item["tested"] = nullptr;
    if (record.has_value()) {
      item["tested"] = object{{"scenarios", record->scenarios.size()},
                              {"failed", record->failed()},
                              {"branches", record->branches},
                              {"covered", record->covered},
                              {"at", calendar::to_iso(record->at)}};
    }
    items.push_back(std::move(item));
  }
  for (const casework::OverlayPublication& one : api.workplace.publications.overlays(code)) {
    object item = revision_json(one);
    item["layer"] = "overlay";
    item["agency"] = one.agency;
    item["origin"] = "folder";
    item["in_force"] =
        (!one.from.has_value() || *one.from <= today) && (!one.to.has_value() || today <= *one.to);
    item["tested"] = nullptr;
    items.push_back(std::move(item));
  }
  return json(200, object{{"items", std::move(items)}});
}

// A revision by its digest, or as an agency has it today.
Answer<casework::ProcedurePtr> revision_named(Api& api, const std::string& code,
                                              const std::string& name) {
  casework::ProcedurePtr found;
  if (name.empty() || api.workplace.organisation.find(name) != nullptr) {
    found = TRY_AS_FAILURE(api.workplace.publications.find(
        code, name, calendar::local_date(api.workplace.clock.now())));
  } else if (name.size() == 64) {
    auto pinned = api.workplace.publications.pinned(name);
    if (pinned) found = std::move(pinned).value();
  }
  if (found == nullptr || found->code != code) {
    return fail(FailureKind::not_found, "revision-not-found",
                {"Không có bản này của thủ tục " + code + ".",
                 "There is no such revision of procedure " + code + "."});
  }
  return found;
}

Answer<Response> compare(Api& api, const Request& request) {
  TRY(designer_of(api, request));
  const std::string code{request.path_parameter("code")};
  const auto before = TRY(revision_named(api, code, query(request, "from")));
  const auto after = TRY(revision_named(api, code, query(request, "to")));
  object answer = procedure::to_json(procedure::differences(*before, *after));
  answer["from"] = before->digest;
  answer["to"] = after->digest;
  return json(200, std::move(answer));
}

}  // namespace

void add_publishing_routes(Router& router, Api& api) {
  if (api.gate == nullptr) return;
  add(router, Method::get, "/api/v1/proposals", "list_proposals",
      [&api](const Request& request) { return list_proposals(api, request); });
  add(router, Method::get, "/api/v1/proposals/{id}", "get_proposal",
      [&api](const Request& request) { return show_proposal(api, request); });
  add(router, Method::post, "/api/v1/proposals/{id}/approval", "approve_proposal",
      [&api](const Request& request) { return decide(api, request, true); });
  add(router, Method::post, "/api/v1/proposals/{id}/refusal", "decline_proposal",
      [&api](const Request& request) { return decide(api, request, false); });
  add(router, Method::get, "/api/v1/procedures/{code}/revisions", "list_revisions",
      [&api](const Request& request) { return list_revisions(api, request); });
  add(router, Method::get, "/api/v1/procedures/{code}/difference", "compare_revisions",
      [&api](const Request& request) { return compare(api, request); });
}

}  // namespace http::routes
