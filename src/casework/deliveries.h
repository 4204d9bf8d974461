#pragma once
// deliveries.h - what is on its way out and what was set aside, for the administrator of the whole
// installation: looking, trying again, giving up.  Personal data are masked.
#include <string>
#include <vector>

#include "casework/failure.h"
#include "casework/workplace.h"

namespace casework {

// "a***@example.vn"; of what is no address nothing is left.
[[nodiscard]] std::string masked_address(const std::string& address);

struct DeliveriesAsked {
  OutboxState state = OutboxState::set_aside;
  std::string cursor;
  int limit = 50;
};
// The body of GET /api/v1/deliveries.
[[nodiscard]] Answer<base::json::object> deliveries_json(Workplace& workplace,
                                                         const party::Officer& officer,
                                                         const DeliveriesAsked& asked);

struct DeliveryOrder {
  bool gives_up = false;
  std::vector<std::int64_t> rows;  // empty: all that are set aside; never when giving up
  std::string reason;              // must say something when giving up
};
// How many rows it concerned: none, where somebody is delivering them or they are done.  Journalled
// with the officer's name.
[[nodiscard]] Answer<std::int64_t> order_deliveries(Workplace& workplace,
                                                    const party::Officer& officer,
                                                    const DeliveryOrder& order,
                                                    const RequestKey& request);

}  // namespace casework
