#pragma once
// provider_web.h - asks identity providers over HTTPS: the outside of oidc::Web.
#include "oidc/web.h"

namespace connectors {

// Stateless; any thread.
class ProviderWeb final : public oidc::Web {
 public:
  [[nodiscard]] base::Outcome<oidc::WebReply> send(const oidc::WebRequest& request) override;
};

}  // namespace connectors
