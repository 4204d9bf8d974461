#pragma once
// provider_directory.h - what providers publish, fetched when needed and kept for a while.
//
// Keys change without notice: a token of a key we do not know has the set fetched again, at most
// six times a minute for a provider, so that invented names cannot make us hammer it.  A provider
// that does not answer is not asked again for some seconds; what it said before counts meanwhile,
// metadata for a day, keys for an hour.
//
// Thread-safe; one request to a provider at a time.
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "calendar/clock.h"
#include "oidc/jwk.h"
#include "oidc/metadata.h"
#include "oidc/web.h"

namespace identity {

class ProviderDirectory {
 public:
  ProviderDirectory(oidc::Web& web, calendar::Clock& clock) : web_(web), clock_(clock) {}

  // `unreachable`, `metadata_invalid`.
  [[nodiscard]] oidc::Checked<oidc::Metadata> metadata(const oidc::Provider& provider);
  // `unreachable`, `keys_invalid`.
  [[nodiscard]] oidc::Checked<oidc::JwkSet> keys(const oidc::Provider& provider,
                                                 const oidc::Metadata& metadata);
  // Fetched anew, if that may be.
  [[nodiscard]] oidc::Checked<oidc::JwkSet> newer_keys(const oidc::Provider& provider,
                                                       const oidc::Metadata& metadata);

 private:
  template <class T>
  struct Kept {
    std::optional<T> value;
    calendar::Instant fetched_at{};
    calendar::Instant failed_at{};  // the epoch: it did not fail
    oidc::Rejection why = oidc::Rejection::unreachable;
  };
  struct Known {
    std::mutex mutex;
    Kept<oidc::Metadata> metadata;
    Kept<oidc::JwkSet> keys;
    std::deque<calendar::Instant> refetched;
  };
  [[nodiscard]] Known& known(const std::string& id);
  [[nodiscard]] oidc::Checked<std::string> fetch(const std::string& address);

  oidc::Web& web_;
  calendar::Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<Known>> providers_;
};

}  // namespace identity
