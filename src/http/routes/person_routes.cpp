// person_routes.cpp - people at the counter: who it is by a number, and who acts for whom.
#include <boost/json.hpp>

#include "casework/person_record.h"
#include "casework/persons.h"
#include "casework/scope_json.h"
#include "http/routes/api.h"

namespace http::routes {

namespace {

using base::json::object;
using base::json::value;

const object& object_in(const object& body, std::string_view name) {
  static const object kNone;
  const value* member = body.if_contains(name);
  return member != nullptr && member->is_object() ? member->get_object() : kNone;
}

casework::PersonSeen seen_in(const object& body, std::string_view name) {
  const object& person = object_in(body, name);
  return {.name = base::string_or(person, "name"),
          .number = base::string_or(person, "identifier"),
          .born = base::string_or(person, "born"),
          .organisation = base::bool_or(person, "organisation")};
}

form::FieldProblem bad_day(const char* field) {
  return {
      .field = field,
      .page = {},
      .code = form::ProblemCode::bad_format,
      .severity = form::Severity::error,
      .message = {"Ngày chưa đúng, ví dụ 2026-11-23.", "The day is not right, e.g. 2026-11-23."}};
}

Answer<casework::RepresentationForm> form_in(const object& body) {
  casework::Failure wrong{.kind = casework::FailureKind::unprocessable,
                          .code = "representation-incomplete",
                          .detail = {"Chưa ghi được việc đại diện; hãy xem các ô được đánh dấu.",
                                     "The representation cannot be recorded; see the marked "
                                     "fields."}};
  const auto day = [&wrong](const object& from, const char* name, const char* field) {
    const std::string text = base::string_or(from, name);
    auto date = calendar::parse_date(text);
    if (!text.empty() && !date.has_value()) wrong.problems.push_back(bad_day(field));
    return date;
  };
  casework::RepresentationForm form;
  const auto kind = party::parse_representation_kind(base::string_or(body, "representation"));
  if (kind.has_value()) {
    form.kind = *kind;
  } else {
    wrong.problems.push_back(
        {.field = "representation",
         .page = {},
         .code = form::ProblemCode::required,
         .severity = form::Severity::error,
         .message = {"Chọn tư cách đại diện: cha mẹ, giám hộ, được ủy quyền, đại diện pháp luật.",
                     "Choose how the person represents: parent, guardian, authorised, legal "
                     "representative."}});
  }
  form.represented = seen_in(body, "represented");
  form.representative = seen_in(body, "representative");
  if (const value* scope = body.if_contains("procedures"); scope != nullptr && !scope->is_null()) {
    const auto read = casework::read_scope(*scope);
    if (!read.has_value()) {
      wrong.problems.push_back(
          {.field = "procedures",
           .page = {},
           .code = form::ProblemCode::bad_format,
           .severity = form::Severity::error,
           .message = {"Phạm vi thủ tục chưa đúng: chọn tất cả, hoặc danh sách mã thủ tục.",
                       "These are no procedures: all of them, or a list of codes, are texts."}});
    }
    form.procedures = read.value_or(party::ProcedureScope{});
  }
  form.from = day(body, "from", "from");
  form.until = day(body, "until", "until");
  const object& evidence = object_in(body, "evidence");
  form.evidence = {.number = base::string_or(evidence, "number"),
                   .issuer = base::string_or(evidence, "issuer"),
                   .issued_on = day(evidence, "issued_on", "evidence.issued_on"),
                   .title = base::string_or(evidence, "title")};
  if (!wrong.problems.empty()) return base::Failure{std::move(wrong)};
  return form;
}

Answer<Response> look_up(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  const object body = TRY(body_object(request));
  const std::string number = TRY(text_member(body, "identifier"));
  return json(200, TRY(casework::look_up_person(api.workplace, who.account->officer, number,
                                                base::string_or(body, "reason"))));
}

Answer<Response> merge(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  TRY(require_key(request));
  const object body = TRY(body_object(request));
  const std::string other = TRY(text_member(body, "merged"));
  return json(200, TRY(casework::merge_persons(api.workplace, who.account->officer,
                                               request.path_parameter("id"), other,
                                               base::string_or(body, "reason"))));
}

Answer<Response> record(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  const auto key = TRY(request_key(request, who.account->officer.id.text, request.body));
  const object body = TRY(body_object(request));
  const casework::RepresentationForm form = TRY(form_in(body));
  const auto recorded =
      TRY(casework::record_representation(api.workplace, who.account->officer, form, key));
  return json(201, casework::representation_record(recorded));
}

Answer<Response> revoke(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  TRY(require_key(request));
  const object body = TRY(body_object(request));
  const auto revoked = TRY(casework::revoke_representation(api.workplace, who.account->officer,
                                                           request.path_parameter("id"),
                                                           base::string_or(body, "reason")));
  return json(200, casework::representation_record(revoked));
}

}  // namespace

void add_person_routes(Router& router, Api& api) {
  // A number belongs in no address line and in no log: it is asked for in the body.
  add(router, Method::post, "/api/v1/persons/lookup", "look_up_person",
      [&api](const Request& request) { return look_up(api, request); });
  add(router, Method::post, "/api/v1/persons/{id}/merger", "merge_persons",
      [&api](const Request& request) { return merge(api, request); });
  add(router, Method::post, "/api/v1/representations", "record_representation",
      [&api](const Request& request) { return record(api, request); });
  add(router, Method::post, "/api/v1/representations/{id}/revocation", "revoke_representation",
      [&api](const Request& request) { return revoke(api, request); });
}

}  // namespace http::routes
