#include "oidc/metadata.h"

#include <algorithm>

#include <boost/json.hpp>

#include "oidc/strict_json.h"
#include "oidc/url.h"

namespace oidc {

bool is_own_address(std::string_view address, const Provider& provider) {
  const auto url = parse_url(address);
  const auto issuer = parse_url(provider.issuer);
  if (!url || !issuer || !is_provider_url(address) || (issuer->tls && !url->tls)) return false;
  if (url->host == issuer->host) return true;
  return std::ranges::find(provider.hosts, url->host) != provider.hosts.end();
}

Checked<Metadata> read_metadata(std::string_view json, const Provider& provider) {
  const base::Failure<Rejection> invalid{Rejection::metadata_invalid};
  const auto read = read_object(json, {.bytes = 64 * 1024, .depth = 8, .values = 2000});
  if (!read || base::string_or(*read, "issuer") != provider.issuer) return invalid;
  Metadata metadata{.endpoints = {.authorization = base::string_or(*read, "authorization_endpoint"),
                                  .token = base::string_or(*read, "token_endpoint"),
                                  .userinfo = base::string_or(*read, "userinfo_endpoint"),
                                  .keys = base::string_or(*read, "jwks_uri"),
                                  .end_session = base::string_or(*read, "end_session_endpoint")},
                    .names_itself = base::bool_or(
                        *read, "authorization_response_iss_parameter_supported", false)};
  const Endpoints& all = metadata.endpoints;
  for (const std::string* one : {&all.authorization, &all.token, &all.keys}) {
    if (!is_own_address(*one, provider)) return invalid;
  }
  for (const std::string* one : {&all.userinfo, &all.end_session}) {
    if (!one->empty() && !is_own_address(*one, provider)) return invalid;
  }
  return metadata;
}

}  // namespace oidc
