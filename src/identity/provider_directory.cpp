#include "identity/provider_directory.h"

namespace identity {

namespace {

using calendar::Instant;
using oidc::Checked;
using oidc::Rejection;

constexpr std::chrono::minutes kMetadataFresh{60};
constexpr std::chrono::hours kMetadataKept{24};
constexpr std::chrono::minutes kKeysFresh{10};
constexpr std::chrono::minutes kKeysKept{60};
constexpr std::chrono::seconds kPauseAfterFailure{5};
constexpr std::chrono::minutes kRefetchWindow{1};
constexpr std::size_t kRefetchesMax = 6;

// What is kept, or what `fetch` brings; the old where that fails and the old is not too old.
template <class Kept, class Fetch>
auto kept_or_fetched(Kept& kept, Instant now, std::chrono::milliseconds fresh,
                     std::chrono::milliseconds usable, const Fetch& fetch) -> decltype(fetch()) {
  const bool there = kept.value.has_value();
  if (there && now - kept.fetched_at < fresh) return *kept.value;
  const bool resting = now - kept.failed_at < kPauseAfterFailure;
  if (!resting) {
    auto fetched = fetch();
    if (fetched) {
      kept.value = *fetched;
      kept.fetched_at = now;
      kept.failed_at = {};
      return fetched;
    }
    kept.failed_at = now;
    kept.why = fetched.error();
  }
  if (there && now - kept.fetched_at < usable) return *kept.value;
  return base::Failure{kept.why};
}

}  // namespace

ProviderDirectory::Known& ProviderDirectory::known(const std::string& id) {
  const std::scoped_lock lock(mutex_);
  std::unique_ptr<Known>& slot = providers_[id];
  if (slot == nullptr) slot = std::make_unique<Known>();
  return *slot;
}

Checked<std::string> ProviderDirectory::fetch(const std::string& address) {
  auto reply = web_.send({.address = address, .headers = {{"Accept", "application/json"}}});
  if (!reply || reply->status != 200) return base::Failure{Rejection::unreachable};
  return std::move(reply->body);
}

Checked<oidc::Metadata> ProviderDirectory::metadata(const oidc::Provider& provider) {
  if (provider.endpoints.has_value()) {
    return oidc::Metadata{.endpoints = *provider.endpoints, .names_itself = provider.names_itself};
  }
  Known& one = known(provider.id);
  const std::scoped_lock lock(one.mutex);
  return kept_or_fetched(one.metadata, clock_.now(), kMetadataFresh, kMetadataKept,
                         [&]() -> Checked<oidc::Metadata> {
                           const std::string json = TRY(fetch(provider.metadata));
                           return oidc::read_metadata(json, provider);
                         });
}

Checked<oidc::JwkSet> ProviderDirectory::keys(const oidc::Provider& provider,
                                              const oidc::Metadata& metadata) {
  Known& one = known(provider.id);
  const std::scoped_lock lock(one.mutex);
  return kept_or_fetched(one.keys, clock_.now(), kKeysFresh, kKeysKept,
                         [&]() -> Checked<oidc::JwkSet> {
                           const std::string json = TRY(fetch(metadata.endpoints.keys));
                           return oidc::JwkSet::parse(json);
                         });
}

Checked<oidc::JwkSet> ProviderDirectory::newer_keys(const oidc::Provider& provider,
                                                    const oidc::Metadata& metadata) {
  Known& one = known(provider.id);
  const std::scoped_lock lock(one.mutex);
  const Instant now = clock_.now();
  while (!one.refetched.empty() && now - one.refetched.front() >= kRefetchWindow) {
    one.refetched.pop_front();
  }
  if (one.refetched.size() >= kRefetchesMax) return base::Failure{Rejection::key_unknown};
  one.refetched.push_back(now);
  const std::string json = TRY(fetch(metadata.endpoints.keys));
  oidc::JwkSet fetched = TRY(oidc::JwkSet::parse(json));
  one.keys.value = fetched;
  one.keys.fetched_at = now;
  one.keys.failed_at = {};
  return fetched;
}

}  // namespace identity
