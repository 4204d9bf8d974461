#pragma once
// receipt_secret.h - the secrets that open a draft or a dossier's tracking without an account.
//
// Derived from the installation's key and the id, so that nothing secret is stored and a repeated
// request gets the same answer.
#include <string>
#include <string_view>

namespace casework {

class SecretKey {
 public:
  explicit SecretKey(std::string key) : key_(std::move(key)) {}

  // Ten characters without look-alikes, about 49 bits; guessing is throttled at the edge.
  [[nodiscard]] std::string of_dossier(std::string_view id) const;
  // Twenty characters.
  [[nodiscard]] std::string of_draft(std::string_view id) const;
  // 32 bytes: the key of sealed files (file_seal.h).
  [[nodiscard]] std::string of_sealed_files() const;
  // Case and dashes do not matter, for people type it.  Constant time.
  [[nodiscard]] bool opens_dossier(std::string_view id, std::string_view secret) const;
  [[nodiscard]] bool opens_draft(std::string_view id, std::string_view secret) const;

 private:
  std::string key_;
};

}  // namespace casework
