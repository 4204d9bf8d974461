#pragma once
// organisation_routes.h - the tree of agencies by date, its history, and changing it.
#include "http/routes/api.h"

namespace http::routes {

void add_organisation_routes(Router& router, Api& api);

}  // namespace http::routes
