#pragma once
// authenticator_data.h - what an authenticator says about itself and signs.
//
// data := rp_id_hash[32] flags[1] counter[4] credential? extensions?
// credential := aaguid[16] length[2] id[length] key (cose_key.h)
//
// Source: Web Authentication Level 2, section 6.1.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "identity/cbor.h"

namespace identity {

inline constexpr std::size_t kCredentialIdBytesMax = 1023;

enum class AuthenticatorRefusal {
  cut_short,       // ends within a part that its flags announce
  not_cbor,        // the key or the extensions
  trailing_bytes,  // more than its flags announce
  id_too_long,     // a credential's id has at most 1023 bytes
};

struct AttestedCredential {
  std::string aaguid;  // which model; zero for passkeys without attestation
  std::string id;
  std::string key;  // bytes, for CoseKey::parse
};

struct AuthenticatorData {
  std::string rp_id_hash;
  bool user_present = false;
  bool user_verified = false;
  bool backup_eligible = false;
  bool backed_up = false;
  std::uint32_t counter = 0;
  std::optional<AttestedCredential> credential;
  std::optional<CborItem> extensions;
};

[[nodiscard]] base::Result<AuthenticatorData, AuthenticatorRefusal> read_authenticator_data(
    std::string_view bytes);

}  // namespace identity
