#include "http/routes/delivery_routes.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/text.h"
#include "casework/deliveries.h"
#include "http/routes/query_values.h"

namespace http::routes {

namespace {

using base::json::object;
using casework::fail;
using casework::FailureKind;
using casework::OutboxState;

constexpr int kPageMax = 200;

Answer<OutboxState> state_of(const Request& request) {
  const std::string text = query(request, "state");
  if (text.empty() || text == "set_aside") return OutboxState::set_aside;
  if (text == "retrying") return OutboxState::retrying;
  if (text == "waiting") return OutboxState::waiting;
  return fail(FailureKind::invalid, "unknown-filter",
              {"Tham số state phải là waiting, retrying hoặc set_aside.",
               "The parameter state has to be waiting, retrying or set_aside."});
}

Answer<Response> list(Api& api, const Request& request) {
  const auto who = TRY(officer_of(api, request));
  const casework::DeliveriesAsked asked{
      .state = TRY(state_of(request)),
      .cursor = query(request, "cursor"),
      .limit = std::clamp(int_query(request, "limit", 50), 1, kPageMax)};
  return json(200, TRY(casework::deliveries_json(api.workplace, who.account->officer, asked)));
}

Answer<std::vector<std::int64_t>> rows_of(const object& body) {
  std::vector<std::int64_t> rows;
  const auto* items = body.if_contains("items");
  if (items == nullptr || !items->is_array()) return rows;
  for (const base::json::value& item : items->get_array()) {
    if (!item.is_int64()) {
      return fail(FailureKind::unprocessable, "deliveries-not-named",
                  {"Mục items phải là danh sách số của các việc gửi đi.",
                   "The member items has to be a list of the deliveries' numbers."});
    }
    rows.push_back(item.get_int64());
  }
  // An empty list is not "all".
  if (rows.empty()) {
    return fail(FailureKind::unprocessable, "deliveries-not-named",
                {"Hãy chọn từ 1 đến 200 việc gửi đi.", "Choose between 1 and 200 deliveries."});
  }
  return rows;
}

Answer<Response> order(Api& api, const Request& request, bool gives_up) {
  const auto who = TRY(officer_of(api, request));
  const object body = TRY(body_object(request));
  const auto key = TRY(request_key(request, who.account->officer.id.text, request.body));
  const casework::DeliveryOrder asked{
      .gives_up = gives_up,
      .rows = TRY(rows_of(body)),
      .reason = gives_up ? base::to_plain_text(base::string_or(body, "reason")) : std::string{}};
  const std::int64_t changed =
      TRY(casework::order_deliveries(api.workplace, who.account->officer, asked, key));
  return json(200, object{{"changed", changed}});
}

}  // namespace

void add_delivery_routes(Router& router, Api& api) {
  add(router, Method::get, "/api/v1/deliveries", "list_deliveries",
      [&api](const Request& request) { return list(api, request); });
  add(router, Method::post, "/api/v1/deliveries/try-again", "try_deliveries_again",
      [&api](const Request& request) { return order(api, request, false); });
  add(router, Method::post, "/api/v1/deliveries/give-up", "give_up_deliveries",
      [&api](const Request& request) { return order(api, request, true); });
}

}  // namespace http::routes
