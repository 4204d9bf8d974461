#include "cli/identity_providers.h"

#include <cstdlib>

#include <boost/json.hpp>

#include "cli/data_folder.h"
#include "documents/yaml_json.h"

namespace cli {

namespace {

constexpr std::size_t kSecretBytesMax = 16 * 1024;

base::Outcome<std::string> read_secret(const oidc::SecretPlace& place,
                                       const std::filesystem::path& folder,
                                       const std::string& whose) {
  if (!place.named()) return std::string{};
  std::string text;
  if (!place.variable.empty()) {
    const char* value = std::getenv(place.variable.c_str());
    if (value != nullptr) text = value;
  } else {
    text = TRY(read_text(folder / place.file));
  }
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  if (text.empty() || text.size() > kSecretBytesMax) {
    return base::fault(base::FaultCode::invalid,
                       "provider " + whose + ": " +
                           (place.variable.empty() ? place.file : "$" + place.variable) +
                           " holds no secret");
  }
  return text;
}

}  // namespace

base::Outcome<std::vector<identity::ConfiguredProvider>> load_identity_providers(
    const std::filesystem::path& file) {
  const auto in_file = [&](const base::Fault& fault) {
    return base::fault(fault.code, file.string() + ": " + fault.message);
  };
  const std::string yaml = TRY(read_text(file));
  const auto document = documents::internal::parse_yaml(yaml);
  if (!document) return in_file(document.error());
  auto providers = oidc::read_providers(*document);
  if (!providers) return in_file(providers.error());
  std::vector<identity::ConfiguredProvider> configured;
  for (oidc::Provider& one : *providers) {
    const auto secret = read_secret(one.secret, file.parent_path(), one.id);
    if (!secret) return in_file(secret.error());
    const auto key = read_secret(one.private_key, file.parent_path(), one.id);
    if (!key) return in_file(key.error());
    configured.push_back({.provider = std::move(one), .secret = *secret, .private_key = *key});
  }
  return configured;
}

}  // namespace cli
