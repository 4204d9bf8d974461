#pragma once
// delivery_routes.h - what goes out, seen and ordered by the administrator.
#include "http/routes/api.h"

namespace http::routes {

void add_delivery_routes(Router& router, Api& api);

}  // namespace http::routes
