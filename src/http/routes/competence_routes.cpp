// competence_routes.cpp - who is competent, where one files and fetches, and the province's table.
#include <boost/json.hpp>

#include "base/text.h"
#include "casework/competence_changes.h"
#include "casework/gate.h"
#include "http/routes/api.h"
#include "http/routes/query_values.h"

namespace http::routes {

namespace {

using base::json::object;

// Bigger than any table of a province; bounded like every definition.
constexpr std::size_t kTableBytesMax = std::size_t{1} << 20U;

Answer<identity::SignedIn> administrator_of(Api& api, const Request& request) {
  auto who = TRY(officer_of(api, request));
  const party::Officer& officer = who.account->officer;
  TRY(casework::require(party::may(officer, party::Action::manage_procedures,
                                   party::Subject{.agency = officer.agency},
                                   api.workplace.clock.now())));
  return who;
}

casework::Subject subject_of(const std::string& text) {
  if (text == "person") return casework::Subject::person;
  if (text == "organisation") return casework::Subject::organisation;
  return casework::Subject::any;
}

Answer<Response> explain(Api& api, const Request& request) {
  casework::CompetenceQuestion question;
  question.procedure = query(request, "procedure");
  question.place = query(request, "place");
  question.at = query(request, "at");
  question.on = TRY(date_of(request, "on"));
  question.subject = subject_of(query(request, "subject"));
  return json(200, TRY(casework::explain_competence(api.workplace, question)));
}

Answer<std::string> table_of(const object& body) {
  std::string text = TRY(text_member(body, "text"));
  if (text.size() > kTableBytesMax) {
    return casework::fail(casework::FailureKind::too_large, "table-too-large",
                          {"Bảng thẩm quyền quá lớn (tối đa 1 MiB).",
                           "The table of competence is too large (1 MiB at most)."});
  }
  return text;
}

}  // namespace

void add_competence_routes(Router& router, Api& api) {
  add(router, Method::get, "/api/v1/competence", "explain_competence",
      [&api](const Request& request) { return explain(api, request); });
  add(router, Method::get, "/api/v1/competence/table", "get_competence_table",
      [&api](const Request& request) -> Answer<Response> {
        TRY(administrator_of(api, request));
        return json(200, TRY(casework::competence_table_json(api.workplace)));
      });
  add(router, Method::post, "/api/v1/competence/preview", "preview_competence_table",
      [&api](const Request& request) -> Answer<Response> {
        TRY(administrator_of(api, request));
        TRY(require_key(request));
        const object body = TRY(body_object(request));
        const std::string text = TRY(table_of(body));
        return json(200, casework::to_json(TRY(casework::preview_competence(api.workplace, text))));
      });
  add(router, Method::post, "/api/v1/competence/table", "publish_competence_table",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(administrator_of(api, request));
        TRY(require_key(request));
        const object body = TRY(body_object(request));
        const std::string text = TRY(table_of(body));
        const auto version = TRY(casework::import_competence(
            api.workplace, who.account->officer,
            {.text = text,
             .reason = base::to_plain_text(base::string_or(body, "reason")),
             .act = base::to_plain_text(base::string_or(body, "act")),
             .expected_version = base::int_or(body, "version")}));
        return json(201, object{{"version", version}});
      });
}

}  // namespace http::routes
