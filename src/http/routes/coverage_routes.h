#pragma once
// coverage_routes.h - is there somebody for every step: the matrix, gaps, what a change would do,
// alarms, duty holders; and the figures for operators.
#include <string>

#include "http/routes/api.h"
#include "insight/coverage_watch.h"

namespace http::routes {

// Beside add_routes(): a server that counts coverage has them.
void add_coverage_routes(Router& router, Api& api, insight::CoverageWatch& watch);

// Prometheus text for GET /metrics, which is served on an address of its own.
[[nodiscard]] std::string metrics_text(casework::Workplace& workplace,
                                       insight::CoverageWatch& watch);

}  // namespace http::routes
