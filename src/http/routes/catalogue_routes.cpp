// catalogue_routes.cpp - the national catalogue: faults and their mendings, one page as read, and
// how it differs from what is in force here (as a page, CSV, XLSX).
#include <algorithm>

#include <boost/json.hpp>

#include "casework/catalogue_review.h"
#include "documents/spreadsheet.h"
#include "http/routes/api.h"
#include "http/routes/query_values.h"

namespace http::routes {

namespace {

using base::json::array;
using base::json::object;

constexpr int kPageMax = 200;

std::size_t begin_of(const Request& request) {
  return static_cast<std::size_t>(std::clamp(int_query(request, "cursor", 0), 0, 10'000'000));
}

std::size_t limit_of(const Request& request) {
  return static_cast<std::size_t>(std::clamp(int_query(request, "limit", 50), 1, kPageMax));
}

Answer<Response> list_findings(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  const casework::FindingsAsked asked{.kind = query(request, "kind"),
                                      .state = query(request, "state"),
                                      .code = query(request, "code"),
                                      .begin = begin_of(request),
                                      .limit = limit_of(request)};
  return json(200, TRY(casework::findings_json(api.workplace, *api.catalogue, who.account->officer,
                                               asked)));
}

Answer<Response> decide(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  TRY(require_key(request));
  const object body = TRY(body_object(request));
  const std::string finding = TRY(text_member(body, "finding"));
  const bool accepts = base::bool_or(body, "accept");
  return json(200, TRY(casework::decide_finding(api.workplace, *api.catalogue, who.account->officer,
                                                who.account->username, finding, accepts)));
}

Answer<Response> show_entry(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  return json(200, TRY(casework::catalogue_entry_json(api.workplace, who.account->officer,
                                                      request.path_parameter("code"))));
}

documents::Sheet sheet() {
  return {"Doi soat",
          {{"Mã thủ tục", 14},
           {"Tên thủ tục", 60},
           {"Cơ quan", 16},
           {"Kết quả đối soát", 30},
           {"Nội dung khác", 24},
           {"Cơ sở dữ liệu quốc gia", 40},
           {"Tại đây", 40}}};
}

// A line for each difference; one for a procedure that has none.
std::vector<documents::Row> lines_of(const catalogue::ReconciliationRow& row) {
  const documents::Row head{row.code, row.name.vi, row.agency, catalogue::in_words(row.kind).vi};
  std::vector<documents::Row> lines;
  for (const catalogue::Difference& one : row.differences) {
    documents::Row line = head;
    line.insert(line.end(), {one.label.vi, one.published.vi, one.here.vi});
    lines.push_back(std::move(line));
  }
  if (lines.empty()) lines.push_back(head);
  return lines;
}

Answer<Response> reconcile(Api& api, const Request& request, std::string_view format) {
  const auto who = TRY(officer_of(api, request));
  const auto rows = TRY(casework::reconcile_for(api.workplace, *api.catalogue, who.account->officer,
                                                query(request, "agency")));
  const std::string kind = query(request, "kind");
  const auto wanted = [&](const catalogue::ReconciliationRow& row) {
    return kind.empty() || catalogue::to_text(row.kind) == kind;
  };
  if (format.empty()) {
    array items;
    object counts;
    std::size_t total = 0;
    const std::size_t begin = begin_of(request);
    for (const catalogue::ReconciliationRow& row : *rows) {
      const auto name = catalogue::to_text(row.kind);
      counts[name] = base::int_or(counts, name) + 1;
      if (!wanted(row)) continue;
      if (total >= begin && items.size() < limit_of(request)) {
        items.push_back(catalogue::to_json(row));
      }
      ++total;
    }
    const std::size_t end = begin + items.size();
    object answer{{"items", std::move(items)}, {"total", total}, {"counts", std::move(counts)}};
    if (end < total) answer["next_cursor"] = std::to_string(end);
    return json(200, std::move(answer));
  }
  std::vector<documents::Row> lines;
  for (const catalogue::ReconciliationRow& row : *rows) {
    if (!wanted(row)) continue;
    for (documents::Row& line : lines_of(row)) lines.push_back(std::move(line));
  }
  std::size_t next = 0;
  const auto next_row = [&](documents::Row& row) {
    if (next == lines.size()) return false;
    row = std::move(lines[next++]);
    return true;
  };
  const std::string name =
      "doi-soat-" + calendar::to_iso(calendar::local_date(api.workplace.clock.now()));
  if (format == "xlsx") {
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

}  // namespace

void add_catalogue_routes(Router& router, Api& api) {
  if (api.catalogue == nullptr) return;
  add(router, Method::get, "/api/v1/catalogue/findings", "list_catalogue_findings",
      [&api](const Request& request) { return list_findings(api, request); });
  add(router, Method::post, "/api/v1/catalogue/findings/decision", "decide_catalogue_finding",
      [&api](const Request& request) { return decide(api, request); });
  add(router, Method::get, "/api/v1/catalogue/entries/{code}", "get_catalogue_entry",
      [&api](const Request& request) { return show_entry(api, request); });
  add(router, Method::get, "/api/v1/catalogue/reconciliation", "reconcile_catalogue",
      [&api](const Request& request) { return reconcile(api, request, ""); });
  add(router, Method::get, "/api/v1/catalogue/reconciliation.csv", "export_reconciliation_csv",
      [&api](const Request& request) { return reconcile(api, request, "csv"); });
  add(router, Method::get, "/api/v1/catalogue/reconciliation.xlsx", "export_reconciliation_xlsx",
      [&api](const Request& request) { return reconcile(api, request, "xlsx"); });
}

}  // namespace http::routes
