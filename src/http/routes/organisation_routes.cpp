#include "http/routes/organisation_routes.h"

#include <boost/json.hpp>

#include "casework/access_journal.h"
#include "casework/organisation_changes.h"
#include "casework/organisation_json.h"
#include "casework/organisation_view.h"
#include "documents/spreadsheet.h"
#include "http/routes/query_values.h"

namespace http::routes {

namespace {

using base::json::array;
using base::json::object;
using base::json::value;
using casework::fail;
using casework::FailureKind;

Answer<casework::OrganisationRegister*> register_of(Api& api) {
  if (api.workplace.organisations == nullptr) {
    return fail(FailureKind::not_found, "no-register",
                {"Máy chủ này không quản lý tổ chức.", "This server keeps no organisation."});
  }
  return api.workplace.organisations;
}

// The register, for an officer who only looks.
Answer<casework::OrganisationRegister*> seen_by(Api& api, const Request& request) {
  TRY(officer_of(api, request));
  return register_of(api);
}

struct Administration {
  identity::SignedIn who;
  casework::OrganisationRegister* organisations = nullptr;
};
Answer<Administration> administered_by(Api& api, const Request& request) {
  Administration one{.who = TRY(officer_of(api, request))};
  TRY(casework::may_manage_organisation(api.workplace, one.who.account->officer));
  one.organisations = TRY(register_of(api));
  return one;
}

// Who works where, and for whom, follows from it.
Answer<Administration> changed_by(Api& api, const Request& request) {
  TRY(confirmed_officer_of(api, request));
  return administered_by(api, request);
}

Answer<calendar::Date> day_asked(const casework::OrganisationRegister& organisations,
                                 const Request& request) {
  return TRY(date_of(request, "on")).value_or(organisations.date_of_today());
}

base::Failure<casework::Failure> not_of_form(const base::Fault& fault) {
  return fail(FailureKind::unprocessable, "organisation-not-valid",
              {"Nội dung thay đổi chưa đúng dạng: " + fault.message,
               "The change is not of its form: " + fault.message});
}

Answer<party::OrganisationBatch> batch_of(const object& body) {
  const value* said = body.if_contains("batch");
  if (said == nullptr) {
    return not_of_form({base::FaultCode::invalid, "batch is missing"});
  }
  auto batch = casework::read_batch(*said);
  if (!batch) return not_of_form(batch.error());
  return std::move(batch).value();
}

// ---------------------------------------------------------------- changes that are typed

Answer<Response> preview(Api& api, const Request& request) {
  const auto one = TRY(administered_by(api, request));
  const object body = TRY(body_object(request));
  const auto batch = TRY(batch_of(body));
  return json(200, casework::preview_json(casework::preview_batch(
                       *one.organisations, batch, &api.workplace.officers, &api.workplace.store)));
}

Answer<Response> enter(Api& api, const Request& request) {
  const auto one = TRY(changed_by(api, request));
  TRY(require_key(request));
  const object body = TRY(body_object(request));
  const auto batch = TRY(batch_of(body));
  const auto done = TRY(casework::register_batch(
      api.workplace, one.who.account->officer,
      casework::preview_batch(*one.organisations, batch, &api.workplace.officers,
                              &api.workplace.store),
      {.digest = base::string_or(body, "digest"), .reason = base::string_or(body, "reason")}));
  return json(200, object{{"version", done.version}, {"anew", done.anew}});
}

Answer<Response> plan_merger(Api& api, const Request& request) {
  const auto one = TRY(administered_by(api, request));
  const object body = TRY(body_object(request));
  const auto on = calendar::parse_date(base::string_or(body, "on"));
  const value* into = body.if_contains("into");
  const auto code =
      into == nullptr ? std::nullopt : party::AgencyId::parse(base::string_or(*into, "code"));
  if (!on || !code) {
    return not_of_form({base::FaultCode::invalid, "on and into.code are needed"});
  }
  party::Merger merger{.on = *on, .into = {.id = *code}};
  merger.into.kind = party::AgencyKind::commune_committee;
  merger.into.name = {base::string_or(*into, "name"), {}};
  merger.into.unit_code = base::string_or(*into, "unit_code");
  merger.into.address = base::string_or(*into, "address");
  for (const std::string& text : text_list(body, "ends")) {
    const auto id = party::AgencyId::parse(text);
    if (!id) return not_of_form({base::FaultCode::invalid, "ends: " + text});
    merger.ends.push_back(*id);
    // It stands where the first of them stood.
    const party::Agency* before = one.organisations->today().find(*id);
    if (!merger.into.parent && before != nullptr) merger.into.parent = before->parent;
  }
  if (const value* act = body.if_contains("legal_act")) merger.act = casework::read_act(*act);
  const auto batch = casework::merger_batch(*one.organisations, std::move(merger));
  return json(200, object{{"batch", casework::batch_json(batch)},
                          {"preview", casework::preview_json(casework::preview_batch(
                                          *one.organisations, batch, &api.workplace.officers,
                                          &api.workplace.store))}});
}

// ---------------------------------------------------------------- files

struct Import {
  casework::ImportRequest request;
  std::string bytes;
};

Answer<casework::OrganisationTable> table_of(const Request& request) {
  const auto table = casework::parse_organisation_table(query(request, "table"));
  if (!table) {
    return fail(FailureKind::unprocessable, "table-unknown",
                {"Chọn bảng: agencies, counters, positions hoặc officers.",
                 "Choose a table: agencies, counters, positions or officers."});
  }
  return *table;
}

Answer<Import> import_of(Api& api, const casework::OrganisationRegister& organisations,
                         const Request& request) {
  Import import;
  import.request.table = TRY(table_of(request));
  import.request.on = TRY(day_asked(organisations, request));
  import.request.act = {.number = query(request, "act_number"),
                        .issuer = query(request, "act_issuer"),
                        .issued_on = TRY(date_of(request, "act_issued_on")),
                        .title = query(request, "act_title")};
  import.request.accounts = &api.workplace.officers;
  import.request.store = &api.workplace.store;
  import.bytes = TRY(body_bytes(request));
  return import;
}

Answer<Response> preview_import(Api& api, const Request& request) {
  const auto one = TRY(administered_by(api, request));
  const Import import = TRY(import_of(api, *one.organisations, request));
  const auto shown =
      TRY(casework::preview_import(*one.organisations, import.request, import.bytes));
  return json(200, casework::preview_json(shown));
}

Answer<Response> apply_import(Api& api, const Request& request) {
  const auto one = TRY(changed_by(api, request));
  TRY(require_key(request));
  const Import import = TRY(import_of(api, *one.organisations, request));
  const auto shown =
      TRY(casework::preview_import(*one.organisations, import.request, import.bytes));
  const auto done = TRY(casework::register_batch(
      api.workplace, one.who.account->officer, shown,
      {.digest = query(request, "digest"), .reason = query(request, "reason")}));
  return json(200, object{{"version", done.version}, {"anew", done.anew}});
}

documents::Cell cell_of(const casework::SheetCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
  return std::monostate{};
}

Answer<Response> export_table(Api& api, const Request& request, bool xlsx) {
  const auto one = TRY(administered_by(api, request));
  const auto table = TRY(table_of(request));
  const calendar::Date on = TRY(day_asked(*one.organisations, request));
  TRY(casework::record_listing(api.workplace, one.who.account->officer, "organisation",
                               asked_text(request)));
  const casework::SheetTable rows =
      casework::organisation_sheet(*one.organisations->state(), table, on);
  const std::string name =
      "to-chuc-" + std::string{casework::name(table)} + "-" + calendar::to_iso(on);
  if (xlsx) {
    return bytes(TRY_AS_FAILURE(api.workplace.printer.spreadsheet(rows)),
                 "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                 name + ".xlsx", Disposition::save);
  }
  documents::Sheet sheet{.name = rows.name, .columns = {}};
  for (const casework::SheetColumn& column : rows.columns) {
    sheet.columns.push_back({column.title, 16});
  }
  std::size_t next = 0;
  std::string text;
  TRY_AS_FAILURE(documents::write_csv(
      sheet,
      [&](documents::Row& row) {
        if (next == rows.rows.size()) return false;
        for (const casework::SheetCell& cell : rows.rows[next]) row.push_back(cell_of(cell));
        ++next;
        return true;
      },
      [&](std::string_view piece) {
        text += piece;
        return true;
      }));
  return bytes(std::move(text), "text/csv; charset=utf-8", name + ".csv", Disposition::save);
}

}  // namespace

void add_organisation_routes(Router& router, Api& api) {
  add(router, Method::get, "/api/v1/organisation", "get_organisation",
      [&api](const Request& request) -> Answer<Response> {
        const auto* organisations = TRY(seen_by(api, request));
        return json(200, casework::organisation_json(*organisations,
                                                     TRY(day_asked(*organisations, request))));
      });
  add(router, Method::get, "/api/v1/organisation/agencies/{id}", "get_agency_history",
      [&api](const Request& request) -> Answer<Response> {
        const auto* organisations = TRY(seen_by(api, request));
        const calendar::Date on = TRY(day_asked(*organisations, request));
        return json(200, TRY(casework::agency_history_json(*organisations,
                                                           request.path_parameter("id"), on)));
      });
  add(router, Method::get, "/api/v1/organisation/agencies/{id}/head", "get_agency_head",
      [&api](const Request& request) -> Answer<Response> {
        const auto* organisations = TRY(seen_by(api, request));
        const calendar::Date on = TRY(day_asked(*organisations, request));
        return json(200,
                    TRY(casework::head_json(*organisations, request.path_parameter("id"), on)));
      });
  // The number does not stand in an address, where logs would keep it.
  add(router, Method::post, "/api/v1/organisation/people/find", "find_person_posts",
      [&api](const Request& request) -> Answer<Response> {
        const auto one = TRY(administered_by(api, request));
        const object body = TRY(body_object(request));
        const std::string identity = TRY(text_member(body, "identity"));
        return json(200, TRY(casework::person_history_json(*one.organisations, identity)));
      });
  add(router, Method::get, "/api/v1/organisation/registrations", "list_registrations",
      [&api](const Request& request) -> Answer<Response> {
        const auto one = TRY(administered_by(api, request));
        return json(200, casework::registrations_json(*one.organisations));
      });
  add(router, Method::post, "/api/v1/organisation/preview", "preview_organisation_change",
      [&api](const Request& request) { return preview(api, request); });
  add(router, Method::post, "/api/v1/organisation/registrations", "register_organisation_change",
      [&api](const Request& request) { return enter(api, request); });
  add(router, Method::post, "/api/v1/organisation/mergers/plan", "plan_merger",
      [&api](const Request& request) { return plan_merger(api, request); });
  const RouteOptions upload{.operation_id = {},
                            .max_body_bytes = kUploadBytesMax,
                            .streamed_body = true,
                            .body_types = {}};
  add(
      router, Method::post, "/api/v1/organisation/imports/preview", "preview_organisation_import",
      [&api](const Request& request) { return preview_import(api, request); }, upload);
  add(
      router, Method::post, "/api/v1/organisation/imports", "apply_organisation_import",
      [&api](const Request& request) { return apply_import(api, request); }, upload);
  add(router, Method::get, "/api/v1/organisation/export.csv", "export_organisation_csv",
      [&api](const Request& request) { return export_table(api, request, false); });
  add(router, Method::get, "/api/v1/organisation/export.xlsx", "export_organisation_xlsx",
      [&api](const Request& request) { return export_table(api, request, true); });
}

}  // namespace http::routes
