// citizen_routes.cpp - drafts, their papers, and filing (on line, or at the counter by an officer).
#include <boost/json.hpp>

#include "casework/drafts.h"
#include "casework/filing.h"
#include "casework/view.h"
#include "dossier/event_fields.h"
#include "http/routes/api.h"

namespace http::routes {

namespace {

using base::json::object;

constexpr const char* kCitizen = "citizen";

casework::DraftContent content_of(const object& body) {
  casework::DraftContent content;
  content.procedure = base::string_or(body, "procedure");
  content.agency = base::string_or(body, "agency");
  content.page = base::string_or(body, "page");
  if (const auto* answers = body.if_contains("answers"); answers != nullptr) {
    if (answers->is_object()) content.answers = answers->get_object();
  }
  return content;
}

std::string secret_of(const Request& request) {
  return header(request, "X-Draft-Secret");
}

Answer<Response> add_file(Api& api, const Request& request) {
  // Whoever has no draft takes nobody's slot.
  TRY(casework::check_draft(api.workplace, request.path_parameter("id"), secret_of(request)));
  const UploadSlot slot(api, stranger_of(request));
  TRY(slot.granted());
  casework::Upload upload;
  upload.bytes = TRY(body_bytes(request));
  upload.name = request.file_name().value_or("tep");
  upload.declared = request.media_type();
  upload.component = header(request, "X-Component");
  const auto key = TRY(request_key(request, kCitizen, upload.bytes));
  const auto attachment = TRY(casework::add_draft_file(api.workplace, request.path_parameter("id"),
                                                       secret_of(request), std::move(upload), key));
  return json(201, TRY(casework::taken_json(api.workplace, attachment)));
}

Answer<Response> file_dossier(Api& api, const Request& request) {
  const object body = TRY(body_object(request));
  const std::string channel = base::string_or(body, "channel", "online");
  std::optional<identity::SignedIn> officer;
  if (channel != "online") officer = TRY(officer_of(api, request));
  const auto key = TRY(request_key(
      request, officer.has_value() ? officer->account->officer.id.text : kCitizen, request.body));

  casework::Filing filing;
  const std::string draft = base::string_or(body, "draft");
  if (!draft.empty()) {
    // A repeated request finds its answer although the draft is gone since.
    const auto before = TRY_AS_FAILURE(api.workplace.store.find_request(key));
    if (!before.has_value()) {
      auto found = casework::filing_from_draft(api.workplace, draft, secret_of(request));
      // Its twin may have been faster just now: the draft went when the answer was there.
      if (!found && !TRY_AS_FAILURE(api.workplace.store.find_request(key)).has_value()) {
        return base::Failure{found.error()};
      }
      if (found) filing = *std::move(found);
    }
  }
  if (draft.empty()) filing.procedure = base::string_or(body, "procedure");
  if (const std::string agency = base::string_or(body, "agency"); !agency.empty()) {
    filing.agency = agency;
  }
  if (const auto* answers = body.if_contains("answers"); answers != nullptr) {
    if (answers->is_object()) filing.answers = answers->get_object();
  }
  if (const auto* applicant = body.if_contains("applicant"); applicant != nullptr) {
    if (applicant->is_object()) filing.applicant = read_person(*applicant);
  }
  if (const auto* other = body.if_contains("on_behalf_of"); other != nullptr) {
    if (other->is_object()) filing.on_behalf_of = read_person(*other);
  }
  if (const auto* acting = body.if_contains("acting"); acting != nullptr) {
    filing.acting = dossier::ActingFor{.kind = base::string_or(*acting, "kind"),
                                       .number = base::string_or(*acting, "number"),
                                       .title = base::string_or(*acting, "title"),
                                       .issuer = base::string_or(*acting, "issuer"),
                                       .issued_on = base::string_or(*acting, "issued_on"),
                                       .recorded = {}};
  }
  if (const auto* help = body.if_contains("assistance"); help != nullptr) {
    filing.assistance = dossier::Assistance{.consent = base::string_or(*help, "consent"),
                                            .witness = base::string_or(*help, "witness"),
                                            .note = base::string_or(*help, "note")};
  }
  filing.channel = channel;
  filing.shown_components = text_list(body, "shown_components");
  filing.receive = base::bool_or(body, "receive");
  filing.return_method =
      base::string_or(body, "return_method", channel == "online" ? "online" : "counter");
  filing.return_at = base::string_or(body, "return_at");
  filing.duplicate_confirmed = base::bool_or(body, "duplicate_confirmed");
  if (officer.has_value()) {
    const auto more =
        TRY(casework::attachments_by_id(api.workplace, text_list(body, "attachments"),
                                        {"officer:" + officer->account->officer.id.text}));
    filing.attachments.insert(filing.attachments.end(), more.begin(), more.end());
  }
  if (!draft.empty() && filing.procedure.empty()) {
    // The repeat of a filing whose draft is gone: any procedure leads to the remembered answer.
    const auto all = api.workplace.publications.all();
    if (!all.empty()) filing.procedure = all.front()->code;
  }
  const auto filed = TRY(casework::file_dossier(
      api.workplace, filing, officer.has_value() ? &officer->account->officer : nullptr, key));
  Response response = json(201, casework::filed_json(api.workplace, filed.done, filed.twins));
  response.headers.set("Location", "/api/v1/dossiers/" + filed.done.id);
  response.headers.set("ETag", "\"" + std::to_string(filed.done.dossier.version) + "\"");
  return response;
}

}  // namespace

void add_citizen_routes(Router& router, Api& api) {
  const RouteOptions upload{.operation_id = {},
                            .max_body_bytes = kUploadBytesMax,
                            .streamed_body = true,
                            .body_types = {}};
  add(router, Method::post, "/api/v1/drafts", "create_draft",
      [&api](const Request& request) -> Answer<Response> {
        const object body = TRY(body_object(request));
        const auto key = TRY(request_key(request, kCitizen, request.body));
        return json(201, TRY(casework::create_draft(api.workplace, content_of(body), key)));
      });
  add(router, Method::get, "/api/v1/drafts/{id}", "get_draft",
      [&api](const Request& request) -> Answer<Response> {
        return json(200, TRY(casework::show_draft(api.workplace, request.path_parameter("id"),
                                                  secret_of(request))));
      });
  add(router, Method::put, "/api/v1/drafts/{id}", "save_draft",
      [&api](const Request& request) -> Answer<Response> {
        TRY(require_key(request));
        const object body = TRY(body_object(request));
        return json(200, TRY(casework::save_draft(api.workplace, request.path_parameter("id"),
                                                  secret_of(request), content_of(body))));
      });
  add(router, Method::del, "/api/v1/drafts/{id}", "delete_draft",
      [&api](const Request& request) -> Answer<Response> {
        TRY(require_key(request));
        TRY(casework::delete_draft(api.workplace, request.path_parameter("id"),
                                   secret_of(request)));
        return no_content();
      });
  add(
      router, Method::post, "/api/v1/drafts/{id}/files", "upload_draft_file",
      [&api](const Request& request) { return add_file(api, request); }, upload);
  add(router, Method::del, "/api/v1/drafts/{id}/files/{file}", "delete_draft_file",
      [&api](const Request& request) -> Answer<Response> {
        TRY(require_key(request));
        TRY(casework::remove_draft_file(api.workplace, request.path_parameter("id"),
                                        secret_of(request), request.path_parameter("file")));
        return no_content();
      });
  add(router, Method::post, "/api/v1/dossiers", "file_dossier",
      [&api](const Request& request) { return file_dossier(api, request); });
}

}  // namespace http::routes
