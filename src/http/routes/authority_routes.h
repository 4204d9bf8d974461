#pragma once
// authority_routes.h - grants, delegations, absences; why somebody may do something; signatures.
#include "http/routes/api.h"

namespace http::routes {

void add_authority_routes(Router& router, Api& api);

}  // namespace http::routes
