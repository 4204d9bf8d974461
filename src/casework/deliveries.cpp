#include "casework/deliveries.h"

#include "base/json.h"
#include "casework/execute.h"
#include "casework/view.h"
#include "casework/whole_installation.h"

namespace casework {

namespace {

using base::json::array;
using base::json::object;

constexpr std::size_t kRowsMax = 200;
constexpr std::size_t kReasonBytesMax = 1000;

// Rows of all agencies are shown: only to who administers all of them.
Answer<base::Done> may_manage(const Workplace& workplace, const party::Officer& officer) {
  return may_manage_all(workplace, officer,
                        {"Chỉ quản trị viên của toàn hệ thống xem được việc gửi đi.",
                         "Only an administrator of the whole installation sees the deliveries."});
}

const char* name_of(OutboxState state) {
  switch (state) {
    case OutboxState::waiting:
      return "waiting";
    case OutboxState::retrying:
      return "retrying";
    case OutboxState::set_aside:
      return "set_aside";
  }
  return "";
}

object entry_json(const OutboxEntry& entry, OutboxState state) {
  object json{{"id", entry.row.id},
              {"code", entry.code},
              {"kind", entry.row.kind},
              {"what", ""},
              {"to", ""},
              {"state", name_of(state)},
              {"attempts", entry.row.attempts},
              {"in_doubt", entry.row.in_doubt},
              {"written_at", calendar::to_iso(entry.written_at)},
              {"next_at", nullptr},
              {"error", entry.error}};
  if (state != OutboxState::set_aside) json["next_at"] = calendar::to_iso(entry.due_at);
  // The bodies of messages from outside are theirs: only ours are looked into.
  const auto payload = base::parse_json(entry.row.payload);
  if (entry.row.kind == "mail" && payload) {
    json["what"] = base::string_or(*payload, "template");
    json["to"] = masked_address(base::string_or(*payload, "to"));
  }
  return json;
}

Answer<base::Done> check(const DeliveryOrder& order) {
  if (order.rows.size() > kRowsMax || (order.gives_up && order.rows.empty())) {
    return fail(FailureKind::unprocessable, "deliveries-not-named",
                {"Hãy chọn từ 1 đến 200 việc gửi đi.", "Choose between 1 and 200 deliveries."});
  }
  const bool says_something = order.reason.find_first_not_of(" \t\r\n") != std::string::npos;
  if (order.gives_up && (!says_something || order.reason.size() > kReasonBytesMax)) {
    return fail(FailureKind::unprocessable, "reason-missing",
                {"Hãy ghi lý do bỏ việc gửi đi này (tối đa 300 chữ).",
                 "Say why this delivery is given up (300 letters at most)."});
  }
  return base::Done{};
}

std::string what_was_ordered(const DeliveryOrder& order) {
  std::string text = order.gives_up ? "give up" : "try again";
  if (order.rows.empty()) return text + ": all that are set aside";
  text += ":";
  for (const std::int64_t row : order.rows) text += " " + std::to_string(row);
  return order.gives_up ? text + "; " + order.reason : text;
}

}  // namespace

std::string masked_address(const std::string& address) {
  const std::size_t at = address.rfind('@');
  if (at == std::string::npos || at == 0) return {};
  // The first letter, whole in UTF-8.
  std::size_t first = 1;
  while (first < at && (static_cast<unsigned char>(address[first]) & 0xC0U) == 0x80U) ++first;
  return address.substr(0, first) + "***" + address.substr(at);
}

Answer<object> deliveries_json(Workplace& workplace, const party::Officer& officer,
                               const DeliveriesAsked& asked) {
  TRY(may_manage(workplace, officer));
  const Instant now = workplace.clock.now();
  const OutboxCounts counts = TRY_AS_FAILURE(workplace.store.outbox_counts(now));
  const auto page = workplace.store.outbox_page(
      {.state = asked.state, .now = now, .cursor = asked.cursor, .limit = asked.limit});
  if (!page && page.error().code == base::FaultCode::invalid) {
    return fail(FailureKind::invalid, "cursor-not-valid",
                {"Trang này không còn; hãy tải lại danh sách.",
                 "There is no such page; load the list again."});
  }
  if (!page) return base::Failure{failure_from(page.error())};
  array items;
  for (const OutboxEntry& entry : page->entries) items.push_back(entry_json(entry, asked.state));
  object json{{"counts",
               {{"waiting", counts.waiting},
                {"retrying", counts.retrying},
                {"set_aside", counts.set_aside},
                {"at_most", kOutboxCounted},
                {"oldest_at", instant_json(counts.oldest_at)}}},
              {"items", std::move(items)},
              {"next_cursor", nullptr}};
  if (!page->next_cursor.empty()) json["next_cursor"] = page->next_cursor;
  return json;
}

Answer<std::int64_t> order_deliveries(Workplace& workplace, const party::Officer& officer,
                                      const DeliveryOrder& order, const RequestKey& request) {
  TRY(may_manage(workplace, officer));
  TRY(check(order));
  const InFlight under_way(workplace.in_flight, request);
  if (!under_way.mine()) return in_flight_failure();
  const auto known = TRY_AS_FAILURE(workplace.store.find_request(request));
  if (known.has_value()) {
    if (known->hash != request.hash) return key_reused_failure();
    return known->version;
  }
  const Instant now = workplace.clock.now();
  OutboxOrder told{.gives_up = order.gives_up,
                   .rows = order.rows,
                   .at = now,
                   .reason = order.reason,
                   .record = {.at = now,
                              .actor = actor_of(officer),
                              .dossier = {},
                              .what = "deliveries",
                              .why = what_was_ordered(order)}};
  return TRY_AS_FAILURE(workplace.store.outbox_order(told, request));
}

}  // namespace casework
