#pragma once
// sign_in_routes.h - who is signed in at the portal, for the routes that serve him.
#include <optional>

#include "http/routes/api.h"
#include "identity/portal_session.h"

namespace http::routes {

// The citizen of the portal's session cookie; changes also need the session's X-CSRF-Token.
[[nodiscard]] Answer<identity::PortalSession> citizen_of(Api& api, const Request& request);

// Whether this dossier is of the citizen who is signed in: filed in the name of his number.  Then
// it opens without the secret of its receipt.  A failure is the missing X-CSRF-Token of a change.
[[nodiscard]] Answer<bool> opens_for_citizen(Api& api, const Request& request,
                                             const casework::OpenDossier& open);

// What GET /api/v1/session tells of sign-in by providers, and of the citizen signed in.
void add_sign_in_offers(Api& api, const Request& request, base::json::object& session);

}  // namespace http::routes
