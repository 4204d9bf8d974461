// public_routes.cpp - what everybody may read: health, procedures, agencies, evaluation.
#include <algorithm>
#include <map>
#include <utility>

#include <boost/json.hpp>

#include "base/text.h"
#include "casework/evaluation.h"
#include "casework/view.h"
#include "http/routes/api.h"
#include "http/routes/query_values.h"
#include "procedure/procedure_json.h"

namespace http::routes {

namespace {

using base::json::array;
using base::json::object;

Answer<casework::ProcedurePtr> procedure_of(Api& api, const std::string& code) {
  auto found = api.workplace.publications.find_here(code);
  if (!found) return base::Failure{casework::failure_from(found.error())};
  casework::ProcedurePtr procedure = std::move(found).value();
  if (procedure == nullptr) {
    return casework::fail(casework::FailureKind::not_found, "procedure-not-found",
                          {"Không có thủ tục mang mã " + code + ". Hãy tìm lại trong danh mục.",
                           "There is no procedure " + code + ". Look it up in the list."});
  }
  return procedure;
}

// As that agency has it: with what it, and those above it, have laid over the national procedure.
Answer<casework::ProcedurePtr> procedure_of(Api& api, const std::string& code,
                                            const std::string& agency) {
  casework::ProcedurePtr procedure = TRY(procedure_of(api, code));
  if (agency.empty()) return procedure;
  const party::Agency* known = api.workplace.organisation.now().heir(agency);
  if (known == nullptr) known = api.workplace.organisation.commune(agency);
  if (known == nullptr) return procedure;
  auto own = api.workplace.publications.find(code, known->id.text(),
                                             calendar::local_date(api.workplace.clock.now()));
  if (!own) return base::Failure{casework::failure_from(own.error())};
  return *own == nullptr ? procedure : *own;
}

constexpr int kListed = 100;

// As listed, and since when: nothing where it has always been so.
object listed_json(Api& api, const procedure::Card& card, calendar::Date today) {
  object item = card.listed;
  const auto revisions = api.workplace.publications.revisions(card.code);
  const casework::Publication* now = casework::in_force(revisions, today);
  if (now != nullptr && now->from.has_value()) item["from"] = calendar::to_iso(*now->from);
  return item;
}

// How many there are of each field of law, by name.
array fields_json(const std::vector<procedure::CardPtr>& cards) {
  std::map<std::string, std::pair<const procedure::Card*, std::int64_t>> fields;
  for (const procedure::CardPtr& one : cards) {
    if (one->field.vi.empty()) continue;
    auto& [card, count] = fields[base::fold_for_search(one->field.vi)];
    if (card == nullptr) card = one.get();
    ++count;
  }
  array json;
  for (const auto& [folded, of] : fields) {
    json.push_back(object{{"name", of.first->listed.at("field")}, {"count", of.second}});
  }
  return json;
}

// Pages of a list that hardly ever changes: the cursor is the number of those shown before.
Answer<Response> list_procedures(Api& api, const Request& request) {
  const std::string level = query(request, "level");
  const std::string field = base::fold_for_search(query(request, "field"));
  const auto limit =
      static_cast<std::size_t>(std::clamp(int_query(request, "limit", kListed), 1, kListed));
  const auto begin =
      static_cast<std::size_t>(std::clamp(int_query(request, "cursor", 0), 0, 1'000'000));
  const calendar::Date today = calendar::local_date(api.workplace.clock.now());
  array items;
  std::size_t total = 0;
  for (const auto& one : api.workplace.publications.search(query(request, "q"))) {
    if (!level.empty() && procedure::to_text(one->level) != level) continue;
    if (!field.empty() && base::fold_for_search(one->field.vi) != field) continue;
    if (total >= begin && items.size() < limit) items.push_back(listed_json(api, *one, today));
    ++total;
  }
  const std::size_t end = begin + items.size();
  object answer{{"items", std::move(items)}, {"total", total}};
  if (end < total) answer["next_cursor"] = std::to_string(end);
  if (query(request, "fields") == "true") {
    answer["fields"] = fields_json(api.workplace.publications.all());
  }
  return json(200, std::move(answer));
}

Answer<Response> evaluate(Api& api, const Request& request) {
  const object body = TRY(body_object(request));
  const auto procedure =
      TRY(procedure_of(api, request.path_parameter("code"), base::string_or(body, "agency")));
  casework::EvaluationRequest asked;
  if (const auto* answers = body.if_contains("answers"); answers != nullptr) {
    if (answers->is_object()) asked.answers = answers->get_object();
  }
  asked.page = base::string_or(body, "page");
  asked.channel = base::string_or(body, "channel", "online");
  asked.agency = base::string_or(body, "agency");
  return json(200, casework::evaluation_json(api.workplace, *procedure, asked));
}

// The committees that may be chosen for a procedure, or every agency.
Answer<Response> list_agencies(Api& api, const Request& request) {
  const std::string words = base::fold_for_search(query(request, "q"));
  const std::string kind = query(request, "kind");
  const std::string code = query(request, "procedure");
  casework::ProcedurePtr procedure;
  if (!code.empty()) procedure = TRY(procedure_of(api, code));
  // The agency that decides wherever it is filed; empty where the commune may be chosen.
  std::string only;
  if (procedure != nullptr) {
    only =
        procedure->authority.lead.empty() ? procedure->authority.agency : procedure->authority.lead;
  }
  array items;
  const party::Organisation& organisation = api.workplace.organisation;
  for (const party::Agency& agency : organisation.agencies()) {
    if (procedure != nullptr) {
      const bool competent = only.empty() ? agency.kind == party::AgencyKind::commune_committee
                                          : agency.id.text() == only;
      if (!competent) continue;
    }
    if (!kind.empty() && party::name(agency.kind) != kind) continue;
    // Whoever looks for an agency that is no more finds the one that goes on with its work.
    std::string names = base::fold_for_search(agency.name.vi);
    array formerly;
    for (const party::AgencyId& before : organisation.takes_over(agency.id)) {
      const party::Agency* old = organisation.find(before);
      if (old == nullptr || old->kind != agency.kind) continue;
      names += " " + base::fold_for_search(old->name.vi);
      formerly.push_back(object{{"id", before.text()},
                                {"name", casework::text_json(old->name)},
                                {"unit_code", old->unit_code}});
    }
    if (!words.empty() && names.find(words) == std::string::npos) continue;
    object item = casework::agency_json(api.workplace, agency.id.text());
    item["kind"] = party::name(agency.kind);
    item["unit_code"] = agency.unit_code;
    item["parent"] = agency.parent.has_value() ? base::json::value(agency.parent->text())
                                               : base::json::value(nullptr);
    if (!formerly.empty()) item["formerly"] = std::move(formerly);
    items.push_back(std::move(item));
  }
  return json(200, object{{"items", std::move(items)}});
}

}  // namespace

void add_public_routes(Router& router, Api& api) {
  add(router, Method::get, "/healthz", "health", [](const Request&) -> Answer<Response> {
    return json(200, object{{"status", "ok"}, {"version", MOTCUA_VERSION}});
  });
  add(router, Method::get, "/api/v1/procedures", "list_procedures",
      [&api](const Request& request) { return list_procedures(api, request); });
  add(router, Method::get, "/api/v1/procedures/{code}", "get_procedure",
      [&api](const Request& request) -> Answer<Response> {
        const auto procedure =
            TRY(procedure_of(api, request.path_parameter("code"), query(request, "agency")));
        return json(200, procedure::detail_json(*procedure));
      });
  add(router, Method::post, "/api/v1/procedures/{code}/evaluation", "evaluate_answers",
      [&api](const Request& request) { return evaluate(api, request); });
  add(router, Method::get, "/api/v1/agencies", "list_agencies",
      [&api](const Request& request) { return list_agencies(api, request); });
}

}  // namespace http::routes
