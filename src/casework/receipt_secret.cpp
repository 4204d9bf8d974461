#include "casework/receipt_secret.h"

#include <cctype>

#include "base/random.h"
#include "base/sha256.h"

namespace casework {

namespace {

std::string derive(const std::string& key, std::string_view purpose, std::string_view id,
                   std::size_t length) {
  const std::string message = std::string{purpose} + ":" + std::string{id};
  return base::readable_code(base::hmac_sha256(key, message), length);
}

std::string as_typed(std::string_view secret) {
  std::string plain;
  for (const char c : secret) {
    if (c == '-' || c == ' ') continue;
    plain += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return plain;
}

}  // namespace

std::string SecretKey::of_dossier(std::string_view id) const {
  return derive(key_, "dossier", id, 10);
}
std::string SecretKey::of_draft(std::string_view id) const {
  return derive(key_, "draft", id, 20);
}

std::string SecretKey::of_sealed_files() const {
  const base::Digest digest = base::hmac_sha256(key_, "sealed files");
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

bool SecretKey::opens_dossier(std::string_view id, std::string_view secret) const {
  return base::equal_in_constant_time(of_dossier(id), as_typed(secret));
}
bool SecretKey::opens_draft(std::string_view id, std::string_view secret) const {
  return base::equal_in_constant_time(of_draft(id), as_typed(secret));
}

}  // namespace casework
