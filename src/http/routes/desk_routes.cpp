// desk_routes.cpp - what officers look at: inbox, search, a dossier, its papers, reports.
#include <algorithm>
#include <array>
#include <charconv>

#include <boost/json.hpp>

#include "base/text.h"
#include "casework/access_journal.h"
#include "casework/file_inspection.h"
#include "casework/gate.h"
#include "casework/lists.h"
#include "casework/masking.h"
#include "casework/printing.h"
#include "casework/view.h"
#include "documents/spreadsheet.h"
#include "dossier/status.h"
#include "http/routes/api.h"
#include "http/routes/journal_answers.h"
#include "http/routes/query_values.h"
#include "http/routes/stranger_bytes.h"
#include "party/id_card_qr.h"

namespace http::routes {

namespace {

using base::json::object;
using casework::fail;
using casework::FailureKind;

// Neither is a filter that does not exist passed over: a list of everything would come instead.
base::Failure<casework::Failure> unknown_filter(const std::string& name,
                                                const std::string& values) {
  casework::Failure failure{
      FailureKind::unprocessable,
      "unknown-filter",
      {"Bộ lọc " + name + " không có giá trị này. Các giá trị: " + values + ".",
       "The filter " + name + " has no such value. Its values: " + values + "."},
      {}};
  failure.problems.push_back({.field = name,
                              .page = {},
                              .code = form::ProblemCode::bad_format,
                              .severity = form::Severity::error,
                              .message = failure.detail});
  return base::Failure{std::move(failure)};
}

Answer<casework::SearchRequest> search_of(const Request& request) {
  casework::SearchRequest search;
  search.q = query(request, "q");
  search.procedure = query(request, "procedure");
  const std::string overdue = query(request, "overdue");
  if (!overdue.empty() && overdue != "true" && overdue != "false") {
    return unknown_filter("overdue", "true, false");
  }
  search.overdue = overdue == "true";
  search.from = TRY(date_of(request, "from"));
  search.to = TRY(date_of(request, "to"));
  search.cursor = query(request, "cursor");
  search.limit = std::clamp(int_query(request, "limit", 25), 1, 100);
  const std::string statuses = query(request, "status");
  for (std::size_t from = 0; from < statuses.size();) {
    const std::size_t comma = std::min(statuses.find(',', from), statuses.size());
    int status = 0;
    const auto [end, error] =
        std::from_chars(statuses.data() + from, statuses.data() + comma, status);
    if (error != std::errc{} || end != statuses.data() + comma || status < 1 || status > 10) {
      return unknown_filter("status", "1 … 10");
    }
    search.statuses.push_back(status);
    from = comma + 1;
  }
  return search;
}

// The dossier, if the officer may see it; otherwise it does not exist for him.
Answer<casework::OpenDossier> seen_by(Api& api, const identity::SignedIn& who,
                                      const std::string& id) {
  casework::OpenDossier open = TRY(casework::open_dossier(api.workplace, id));
  const auto verdict =
      casework::may_at_any_part(who.account->officer, party::Action::view_dossier, *open.procedure,
                                open.dossier, api.workplace.clock.now());
  if (!verdict.allowed) {
    return fail(FailureKind::not_found, "dossier-not-found",
                {"Không tìm thấy hồ sơ. Hãy kiểm tra lại mã hồ sơ.",
                 "There is no such dossier. Check the code."});
  }
  return open;
}

enum class Sight { masked, whole };

Answer<Response> shown(Api& api, const party::Officer& officer, const casework::OpenDossier& open,
                       Sight sight) {
  object dossier = TRY(casework::dossier_json(api.workplace, open, officer));
  if (sight == Sight::masked) casework::mask_dossier(dossier, *open.procedure);
  dossier["masked"] = sight == Sight::masked;
  Response response = json(200, std::move(dossier));
  response.headers.set("ETag", "\"" + std::to_string(open.dossier.version) + "\"");
  return response;
}

// What is covered for whoever has no task in it, for a reason that the journal keeps.
Answer<Response> reveal(Api& api, const Request& request) {
  constexpr std::size_t kReasonMin = 5;
  constexpr std::size_t kReasonMax = 500;
  const auto who = TRY(officer_of(api, request));
  const party::Officer& officer = who.account->officer;
  const auto open = TRY(seen_by(api, who, request.path_parameter("id")));
  const object body = TRY(body_object(request));
  const std::string reason = base::to_one_line(base::string_or(body, "reason"));
  const std::size_t length = base::length_in_characters(reason);
  if (length < kReasonMin || length > kReasonMax) {
    return fail(FailureKind::unprocessable, "reveal-reason-missing",
                {"Hãy ghi lý do cần xem (từ 5 đến 500 ký tự). Lý do được lưu trong nhật ký.",
                 "Say why you need to see it (5 to 500 characters). The journal keeps it."});
  }
  TRY(casework::record_revealing(api.workplace, officer, open, reason));
  return shown(api, officer, open, Sight::whole);
}

documents::Row spreadsheet_row(Api& api, const casework::DossierRow& row) {
  const auto moment = [](const std::optional<calendar::Instant>& at) -> documents::Cell {
    if (!at.has_value()) return std::monostate{};
    return std::chrono::time_point_cast<std::chrono::seconds>(*at);
  };
  const auto procedure = api.workplace.publications.pinned(row.digest);
  const party::Agency* agency = api.workplace.organisation.find(row.agency);
  return {row.code,
          procedure ? (*procedure)->name.vi : row.procedure,
          row.applicant,
          agency == nullptr ? row.agency : agency->name.vi,
          dossier::label_of(static_cast<dossier::NationalStatus>(row.status)).vi,
          row.channel == "online" ? std::string{"Trực tuyến"}
          : row.channel == "post" ? std::string{"Bưu chính"}
                                  : std::string{"Trực tiếp"},
          moment(row.filed_at),
          moment(row.received_at),
          moment(row.due_at),
          moment(row.finished_at),
          row.holder};
}

const documents::Sheet& sheet() {
  static const documents::Sheet columns{.name = "Hồ sơ",
                                        .columns = {{"Mã hồ sơ", 26},
                                                    {"Thủ tục", 40},
                                                    {"Người nộp", 28},
                                                    {"Cơ quan giải quyết", 36},
                                                    {"Trạng thái", 22},
                                                    {"Hình thức nộp", 14},
                                                    {"Ngày nộp", 18},
                                                    {"Ngày tiếp nhận", 18},
                                                    {"Hạn trả", 18},
                                                    {"Ngày kết thúc", 18},
                                                    {"Người đang giữ", 24}}};
  return columns;
}

Answer<Response> export_as(Api& api, const Request& request, bool xlsx) {
  const auto who = TRY(officer_of(api, request));
  const auto search = TRY(search_of(request));
  TRY(casework::record_listing(api.workplace, who.account->officer, "export", asked_text(request)));
  std::vector<documents::Row> rows;
  TRY(casework::each_found(
      api.workplace, who.account->officer, search,
      [&](const casework::DossierRow& row) { rows.push_back(spreadsheet_row(api, row)); }));
  std::size_t next = 0;
  const auto next_row = [&](documents::Row& row) {
    if (next == rows.size()) return false;
    row = std::move(rows[next++]);
    return true;
  };
  const std::string name =
      "ho-so-" + calendar::to_iso(calendar::local_date(api.workplace.clock.now()));
  if (xlsx) {
    auto file = TRY_AS_FAILURE(documents::write_xlsx(sheet(), next_row));
    return bytes(std::move(file),
                 "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                 name + ".xlsx", Disposition::save);
  }
  std::string text;
  TRY_AS_FAILURE(documents::write_csv(sheet(), next_row, [&](std::string_view piece) {
    text += piece;
    return true;
  }));
  return bytes(std::move(text), "text/csv; charset=utf-8", name + ".csv", Disposition::save);
}

Answer<Response> read_id_card(Api& api, const Request& request) {
  TRY(officer_of(api, request));
  const object body = TRY(body_object(request));
  const std::string payload = TRY(text_member(body, "payload"));
  const auto card = party::parse_id_card_qr(payload);
  if (!card) {
    return fail(FailureKind::unprocessable, "id-card-unreadable",
                {party::explain(card.error(), calendar::Language::vietnamese),
                 party::explain(card.error(), calendar::Language::english)});
  }
  base::json::array warnings;
  if (card->mended) {
    warnings.push_back(casework::text_json(
        {"Bộ gõ tiếng Việt đã làm sai nội dung quét và hệ thống đã sửa lại. Hãy so tên với thẻ.",
         "The input method had damaged the scan and it was mended. Compare the name with the "
         "card."}));
  }
  // An odd province, or a number that disagrees with the card: told, never refused.
  const std::chrono::year_month_day today{calendar::local_date(api.workplace.clock.now())};
  for (const party::Finding& finding :
       party::check(card->id, card->sex, card->born.year, static_cast<int>(today.year()))) {
    warnings.push_back(casework::text_json(finding.message));
  }
  object json{{"personal_id", card->id.digits()},
              {"old_id", card->old_id.has_value() ? card->old_id->digits() : ""},
              {"name", card->name},
              {"full_name", card->name},
              {"birth_date", party::to_iso(card->born)},
              {"sex", !card->sex.has_value()           ? ""
                      : *card->sex == party::Sex::male ? "male"
                                                       : "female"},
              {"address", card->residence},
              {"issued_on", card->issued.has_value() ? party::to_iso(*card->issued) : ""},
              {"warnings", std::move(warnings)}};
  return http::json(200, json);
}

Answer<Response> dossier_file(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  const auto open = TRY(seen_by(api, who, request.path_parameter("id")));
  const std::string& id = request.path_parameter("file");
  if (id == "result") {
    TRY(casework::record_reading(api.workplace, who.account->officer, open, "file:result"));
    const bool whole = TRY(casework::may_print_whole(api.workplace, who.account->officer, open));
    auto printed = TRY(casework::print_document(
        api.workplace, open, casework::Document::result, {}, calendar::Language::vietnamese,
        whole ? casework::PrintedSight::whole : casework::PrintedSight::covered));
    return bytes(std::move(printed.bytes), "application/pdf", printed.file_name, Disposition::show);
  }
  std::string sha256;
  std::string media_type;
  std::string name;
  if (const dossier::Attachment* one = open.dossier.find_attachment(id)) {
    sha256 = one->sha256;
    media_type = one->media_type;
    name = one->name;
  } else {
    const auto row = TRY_AS_FAILURE(api.workplace.store.find_file(id));
    if (!row.has_value() || row->owner != "dossier:" + open.id) {
      return fail(FailureKind::not_found, "file-not-found",
                  {"Hồ sơ không có tệp này.", "The dossier has no such file."});
    }
    sha256 = row->sha256;
    media_type = row->media_type;
    name = row->name;
  }
  TRY(casework::record_reading(api.workplace, who.account->officer, open, "file:" + id));
  TRY(casework::check_released(api.workplace, sha256));
  auto content = TRY_AS_FAILURE(api.workplace.files.get(sha256));
  return stranger_bytes(std::move(content), media_type, name);
}

Answer<Response> print(Api& api, const Request& request) {
  using casework::Document;
  const auto who = TRY(officer_of(api, request));
  const auto open = TRY(seen_by(api, who, request.path_parameter("id")));
  const std::string& name = request.path_parameter("document");
  static const std::map<std::string, Document> kDocuments{{"slip", Document::slip},
                                                          {"apology", Document::apology},
                                                          {"control-slip", Document::control_slip},
                                                          {"supplement", Document::supplement},
                                                          {"refusal", Document::refusal},
                                                          {"stop", Document::stop},
                                                          {"filing", Document::filing},
                                                          {"result", Document::result}};
  const auto known = kDocuments.find(name);
  const bool payment = name.starts_with("payment-");
  if (known == kDocuments.end() && !payment) {
    return fail(FailureKind::not_found, "document-unknown",
                {"Không có mẫu in này.", "There is no such document."});
  }
  const auto language =
      query(request, "lang") == "en" ? calendar::Language::english : calendar::Language::vietnamese;
  const party::Officer& officer = who.account->officer;
  const bool whole = TRY(casework::may_print_whole(api.workplace, officer, open));
  auto printed = TRY(casework::print_document(
      api.workplace, open, payment ? Document::payment : known->second,
      payment ? name.substr(std::string{"payment-"}.size()) : std::string{}, language,
      whole ? casework::PrintedSight::whole : casework::PrintedSight::covered));
  TRY(casework::record_reading(api.workplace, officer, open,
                               (whole ? "form:" : "form-covered:") + name));
  return bytes(std::move(printed.bytes), "application/pdf", printed.file_name, Disposition::show);
}

}  // namespace

void add_desk_routes(Router& router, Api& api) {
  add(router, Method::get, "/api/v1/inbox", "inbox",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        casework::InboxRequest asked;
        if (const std::string state = query(request, "state"); !state.empty()) {
          constexpr std::array kStates{"all",          "new",         "mine",   "unassigned",
                                       "overdue",      "soon",        "paused", "to_return",
                                       "to_hand_over", "to_take_over"};
          if (std::ranges::find(kStates, state) == kStates.end()) {
            return unknown_filter("state",
                                  "all, new, mine, unassigned, overdue, soon, paused, to_return, "
                                  "to_hand_over, to_take_over");
          }
          asked.state = state;
        }
        asked.procedure = query(request, "procedure");
        asked.cursor = query(request, "cursor");
        asked.limit = int_query(request, "limit", 25);
        return json(200, TRY(casework::inbox_json(api.workplace, who.account->officer, asked)));
      });
  add(router, Method::get, "/api/v1/dossiers", "search_dossiers",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        const auto search = TRY(search_of(request));
        TRY(casework::record_listing(api.workplace, who.account->officer, "search",
                                     asked_text(request)));
        return json(200, TRY(casework::search_json(api.workplace, who.account->officer, search)));
      });
  add(router, Method::get, "/api/v1/dossiers/export.xlsx", "export_dossiers_xlsx",
      [&api](const Request& request) { return export_as(api, request, true); });
  add(router, Method::get, "/api/v1/dossiers/export.csv", "export_dossiers_csv",
      [&api](const Request& request) { return export_as(api, request, false); });
  add(router, Method::get, "/api/v1/dossiers/duplicates", "find_duplicates",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        TRY(casework::record_listing(api.workplace, who.account->officer, "duplicates",
                                     asked_text(request)));
        return json(200, TRY(casework::twins_json(
                             api.workplace, who.account->officer, query(request, "procedure"),
                             query(request, "personal_id"), query(request, "name"))));
      });
  add(router, Method::get, "/api/v1/dossiers/{id}", "get_dossier",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        const auto open = TRY(seen_by(api, who, request.path_parameter("id")));
        TRY(casework::record_reading(api.workplace, who.account->officer, open, "dossier"));
        const bool needed =
            casework::needs_personal_data(api.workplace, who.account->officer, open);
        return shown(api, who.account->officer, open, needed ? Sight::whole : Sight::masked);
      });
  add(router, Method::post, "/api/v1/dossiers/{id}/reveal", "reveal_dossier",
      [&api](const Request& request) { return reveal(api, request); });
  add(router, Method::get, "/api/v1/dossiers/{id}/accesses", "list_accesses",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        const auto open = TRY(seen_by(api, who, request.path_parameter("id")));
        return json(200, TRY(casework::accesses_json(api.workplace, open)));
      });
  add(router, Method::get, "/api/v1/dossiers/{id}/proof", "get_dossier_proof",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        const auto open = TRY(seen_by(api, who, request.path_parameter("id")));
        const auto sequence = TRY(sequence_of(request));
        TRY(casework::record_reading(api.workplace, who.account->officer, open,
                                     "proof:" + std::to_string(sequence)));
        return proof_response(
            api, open, sequence,
            /*opened=*/casework::needs_personal_data(api.workplace, who.account->officer, open));
      });
  add(router, Method::get, "/api/v1/dossiers/{id}/files/{file}", "get_dossier_file",
      [&api](const Request& request) { return dossier_file(api, request); });
  add(router, Method::get, "/api/v1/dossiers/{id}/documents/{document}", "print_document",
      [&api](const Request& request) { return print(api, request); });
  add(router, Method::post, "/api/v1/intake/id-card", "read_id_card",
      [&api](const Request& request) { return read_id_card(api, request); });
  add(router, Method::get, "/api/v1/reports/on-time", "report_on_time",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        const calendar::Date today = calendar::local_date(api.workplace.clock.now());
        const std::chrono::year_month_day day{today};
        const calendar::Date first{day.year() / day.month() / std::chrono::day{1}};
        const auto from = TRY(date_of(request, "from"));
        const auto to = TRY(date_of(request, "to"));
        return json(200, TRY(casework::on_time_json(api.workplace, who.account->officer,
                                                    from.value_or(first), to.value_or(today))));
      });
  add(router, Method::get, "/api/v1/cashier/day", "cashier_day",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        const calendar::Date today = calendar::local_date(api.workplace.clock.now());
        const auto date = TRY(date_of(request, "date"));
        TRY(casework::record_listing(api.workplace, who.account->officer, "cashier",
                                     asked_text(request)));
        return json(200, TRY(casework::cashier_json(api.workplace, who.account->officer,
                                                    date.value_or(today))));
      });
}

}  // namespace http::routes
