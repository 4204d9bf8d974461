#pragma once
// metadata.h - what a provider publishes about itself (OpenID Connect Discovery 1.0, RFC 9207).
#include <string_view>

#include "oidc/provider.h"
#include "oidc/rejection.h"

namespace oidc {

struct Metadata {
  Endpoints endpoints;
  bool names_itself = false;  // authorization_response_iss_parameter_supported
};

// `metadata_invalid`: not of exactly this issuer, an endpoint missing, not https, or on a host that
// the configuration does not name: a provider's host that was taken over for a moment must not send
// us, with our secret, elsewhere.
[[nodiscard]] Checked<Metadata> read_metadata(std::string_view json, const Provider& provider);

// Whether an address is on the issuer's host or one that the configuration names.
[[nodiscard]] bool is_own_address(std::string_view address, const Provider& provider);

}  // namespace oidc
