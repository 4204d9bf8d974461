#pragma once
// secret_box.h - secrets that have to be read again (seeds of authenticators) at rest.
//
// sealed := "x1:" base64url(nonce[24] ciphertext)      XChaCha20-Poly1305; the purpose is bound in
//
// The key is derived from the installation's secret, which lies beside the store and not in it: a
// stolen store, or a dump of the database, holds nothing that opens.
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"

namespace identity {

class SecretBox {
 public:
  // `installation` is the text of DIR/secret.key.
  explicit SecretBox(std::string_view installation);

  // `purpose` says what it is and whose, "totp:an": sealed for one it does not open for another.
  [[nodiscard]] std::string seal(std::string_view plain, std::string_view purpose,
                                 base::RandomSource& random) const;
  [[nodiscard]] std::optional<std::string> open(std::string_view sealed,
                                                std::string_view purpose) const;
  // For HMACs of what need not be read again.
  [[nodiscard]] const std::string& hash_key() const { return hash_key_; }

 private:
  std::string key_;
  std::string hash_key_;
};

}  // namespace identity
