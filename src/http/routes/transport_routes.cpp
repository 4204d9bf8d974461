// transport_routes.cpp - papers and results between one-stop centres: lists of either side, handing
// over and taking over many at once, slips.
#include <array>

#include <boost/json.hpp>

#include "base/text.h"
#include "casework/hand_over_slips.h"
#include "casework/transports.h"
#include "http/routes/command_route.h"
#include "http/routes/query_values.h"

namespace http::routes {

namespace {

using base::json::object;
using casework::fail;
using casework::FailureKind;

std::uint32_t transport_of(const base::json::value& item) {
  const std::int64_t number = base::int_or(item, "transport");
  return number > 0 && number < 1'000'000 ? static_cast<std::uint32_t>(number) : 0;
}

// `pieces`: the member that lists components, "pieces" or "missing".
Answer<std::vector<casework::TransportChoice>> choices_of(const object& body, const char* pieces) {
  std::vector<casework::TransportChoice> all;
  const auto* items = body.if_contains("items");
  if (items == nullptr || !items->is_array()) return all;
  if (items->get_array().size() > casework::kBatchMax) {
    return fail(FailureKind::unprocessable, "batch-size",
                {"Hãy chọn từ 1 đến 100 lượt bàn giao.", "Choose 1 to 100 transports."});
  }
  for (const base::json::value& item : items->get_array()) {
    if (!item.is_object()) {
      return fail(FailureKind::invalid, "member-wrong-type",
                  {"Mỗi mục của items là một đối tượng.", "Every entry of items is an object."});
    }
    all.push_back({.dossier = base::string_or(item, "dossier"),
                   .transport = transport_of(item),
                   .pieces = text_list(item.get_object(), pieces),
                   .note = base::to_plain_text(base::string_or(item, "note"))});
  }
  return all;
}

Answer<Response> list(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  const std::string side = query(request, "side");
  if (side != "out" && side != "in") {
    return fail(FailureKind::invalid, "unknown-filter",
                {"Tham số side là out (chờ bàn giao) hoặc in (đang chuyển đến).",
                 "The parameter side is out (to hand over) or in (to take over)."});
  }
  TRY(casework::record_listing(api.workplace, who.account->officer, "transports",
                               asked_text(request)));
  return json(200, TRY(casework::transport_list_json(
                       api.workplace, who.account->officer,
                       side == "out" ? casework::TransportSide::to_hand_over
                                     : casework::TransportSide::to_take_over,
                       query(request, "cursor"), int_query(request, "limit", 50))));
}

Answer<Response> hand_over(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  const object body = TRY(body_object(request));
  const party::Officer& officer = who.account->officer;
  const auto key = TRY(request_key(request, officer.id.text, request.body));
  const casework::HandOverBatch batch{
      .items = TRY(choices_of(body, "pieces")),
      .carrier = base::to_plain_text(base::string_or(body, "carrier")),
      .note = base::to_plain_text(base::string_or(body, "note"))};
  return json(200, TRY(casework::hand_over_all(api.workplace, officer, batch, key)));
}

Answer<Response> take_over(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  const object body = TRY(body_object(request));
  const party::Officer& officer = who.account->officer;
  const auto key = TRY(request_key(request, officer.id.text, request.body));
  const auto items = TRY(choices_of(body, "missing"));
  return json(200, TRY(casework::take_over_all(api.workplace, officer, items, key)));
}

Answer<Response> print_slip(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  const std::string slip{request.path_parameter("slip")};
  auto printed = TRY(casework::print_slip(api.workplace, who.account->officer, slip));
  TRY(casework::record_listing(api.workplace, who.account->officer, "hand-over-slip", slip));
  return bytes(std::move(printed.bytes), "application/pdf", printed.file_name, Disposition::show);
}

}  // namespace

void add_transport_routes(Router& router, Api& api) {
  add(router, Method::get, "/api/v1/transports", "list_transports",
      [&api](const Request& request) { return list(api, request); });
  add(router, Method::post, "/api/v1/transports/hand-over", "hand_over",
      [&api](const Request& request) { return hand_over(api, request); });
  add(router, Method::post, "/api/v1/transports/take-over", "take_over",
      [&api](const Request& request) { return take_over(api, request); });
  add(router, Method::get, "/api/v1/hand-over-slips", "list_hand_over_slips",
      [&api](const Request& request) -> Answer<Response> {
        const auto who = TRY(officer_of(api, request));
        return json(200, TRY(casework::slips_json(api.workplace, who.account->officer)));
      });
  add(router, Method::get, "/api/v1/hand-over-slips/{slip}/pdf", "print_hand_over_slip",
      [&api](const Request& request) { return print_slip(api, request); });
  casework::Workplace& office = api.workplace;
  add_command(router, api, "close-transport", "close_transport", [&office](const Asked& asked) {
    return casework::close_transport(
        office, asked.request,
        {.transport = transport_of(asked.body), .reason = asked.text("reason")});
  });
  add_command(router, api, "change-return", "change_return", [&office](const Asked& asked) {
    return casework::change_return(office, asked.request,
                                   {.agency = asked.text("agency"),
                                    .method = asked.text("method"),
                                    .reason = asked.text("reason")});
  });
}

}  // namespace http::routes
