#pragma once
// query_values.h - numbers and dates of a query string.
#include <optional>
#include <string_view>

#include "calendar/instant.h"
#include "http/routes/api.h"

namespace http::routes {

// `otherwise` where there is none, or nothing that is a number.
[[nodiscard]] int int_query(const Request& request, std::string_view name, int otherwise);

// A date that was given and cannot be read is refused: another period would be shown instead.
[[nodiscard]] Answer<std::optional<calendar::Date>> date_of(const Request& request,
                                                            std::string_view name);

// What was asked for, for the journal: the query as it came, at most 1,000 bytes.
[[nodiscard]] std::string asked_text(const Request& request);

}  // namespace http::routes
