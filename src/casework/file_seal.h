#pragma once
// file_seal.h - bytes that must be kept but that nobody comes upon: originals with the place where
// they were photographed, and what a scanner found.
//
//   sealed := "motcua-sealed-1\n" nonce(12) tag(16) ciphertext      AES-256-GCM, key of the
//                                                                   installation (secret.key)
//
// A sealed file is of no use without the key, and no program takes it for what it was.
#include <string>
#include <string_view>

#include "base/fault.h"
#include "base/random.h"
#include "casework/receipt_secret.h"

namespace casework {

[[nodiscard]] base::Outcome<std::string> seal_bytes(const SecretKey& key,
                                                    base::RandomSource& random,
                                                    std::string_view plain);
// Fault `corrupt`: not sealed, changed since, or sealed by another installation.
[[nodiscard]] base::Outcome<std::string> unseal_bytes(const SecretKey& key,
                                                      std::string_view sealed);
[[nodiscard]] bool is_sealed(std::string_view bytes);

}  // namespace casework
