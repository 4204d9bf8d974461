#pragma once
// exchange.h - what is said to the provider behind the browser's back: the code is changed for
// tokens, and userinfo is asked.  Requests and answers as values; nothing is sent here.
#include <string>
#include <string_view>

#include "oidc/attempt.h"
#include "oidc/authorization.h"
#include "oidc/web.h"

namespace oidc {

// `verifier` is empty where the provider takes no PKCE.
[[nodiscard]] WebRequest token_request(const Provider& provider, const Metadata& metadata,
                                       const AuthorizationCode& code, const std::string& verifier,
                                       const std::string& redirect_uri, const std::string& secret);
[[nodiscard]] WebRequest userinfo_request(const Metadata& metadata,
                                          const std::string& access_token);

struct Tokens {
  std::string access_token;
  std::string id_token;  // empty in the dialect vneid only
};

// `token_refused`: the provider says no.  `token_response`: not what it must be, a token of another
// type, or a redirection.  `opened` is the body, out of its envelope where it came in one.
[[nodiscard]] Checked<Tokens> read_token_reply(const WebReply& reply, std::string_view opened,
                                               Dialect dialect);

// The claims, of exactly this subject (OpenID Connect Core 5.3.2); an empty subject: of any, for
// the dialect that has no other word on who signed in.
[[nodiscard]] Checked<base::json::object> read_userinfo(const WebReply& reply,
                                                        std::string_view opened,
                                                        std::string_view subject);

// Where the browser goes to sign out at the provider, too; empty: there is no such place.
[[nodiscard]] std::string sign_out_address(const Provider& provider, const Metadata& metadata,
                                           const std::string& id_token,
                                           const std::string& return_uri, const std::string& state);

}  // namespace oidc
