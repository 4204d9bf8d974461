#pragma once
// session_json.h - a session as the page is told of it, and what the page says about passkeys.
#include <optional>
#include <string>

#include "http/routes/api.h"

namespace http::routes {

// Who is signed in; or what is still to come before he is: the second factor, unlocking.
[[nodiscard]] Answer<base::json::object> session_json(Api& api,
                                                      const std::optional<identity::SignedIn>& who);
// The same with its cookie.
[[nodiscard]] Answer<Response> session_response(Api& api, const identity::NewSignIn& fresh,
                                                int status = 200);
void set_session_cookie(Api& api, Response& response, const std::string& token);

// {"totp"} | {"recovery_code"} | {"password"} | {"passkey": {"id", "client_data",
// "authenticator_data", "signature"}}, bytes in base64url.
[[nodiscard]] Answer<identity::Proof> read_proof(const base::json::object& body);
// {"client_data", "attestation_object"}
[[nodiscard]] Answer<identity::Registration> read_registration(const base::json::object& body);

// PublicKeyCredentialRequestOptions and …CreationOptions, bytes in base64url.
// Source: Web Authentication Level 2, sections 5.4, 5.5.
[[nodiscard]] base::json::object passkey_request_json(const identity::PasskeyRequest& asked);
[[nodiscard]] base::json::object passkey_creation_json(const identity::PasskeyRequest& asked,
                                                       const identity::SignedIn& who);

}  // namespace http::routes
