#include "identity/authenticator_data.h"

namespace identity {
namespace {

using base::Failure;

constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kFixedBytes = kHashBytes + 1 + 4;
constexpr std::size_t kAaguidBytes = 16;

enum Flag : unsigned {
  kUserPresent = 0x01,
  kUserVerified = 0x04,
  kBackupEligible = 0x08,
  kBackedUp = 0x10,
  kCredential = 0x40,
  kExtensions = 0x80,
};

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

}  // namespace

base::Result<AuthenticatorData, AuthenticatorRefusal> read_authenticator_data(
    std::string_view bytes) {
  if (bytes.size() < kFixedBytes) return Failure{AuthenticatorRefusal::cut_short};
  const unsigned flags = byte_at(bytes, kHashBytes);
  AuthenticatorData data;
  data.rp_id_hash = bytes.substr(0, kHashBytes);
  data.user_present = (flags & kUserPresent) != 0;
  data.user_verified = (flags & kUserVerified) != 0;
  data.backup_eligible = (flags & kBackupEligible) != 0;
  data.backed_up = (flags & kBackedUp) != 0;
  for (std::size_t i = 0; i < 4; ++i) {
    data.counter = (data.counter << 8U) | byte_at(bytes, kHashBytes + 1 + i);
  }
  std::string_view rest = bytes.substr(kFixedBytes);
  if ((flags & kCredential) != 0) {
    if (rest.size() < kAaguidBytes + 2) return Failure{AuthenticatorRefusal::cut_short};
    AttestedCredential credential;
    credential.aaguid = rest.substr(0, kAaguidBytes);
    const std::size_t length =
        (byte_at(rest, kAaguidBytes) << 8U) | byte_at(rest, kAaguidBytes + 1);
    rest.remove_prefix(kAaguidBytes + 2);
    if (length == 0 || length > kCredentialIdBytesMax) {
      return Failure{AuthenticatorRefusal::id_too_long};
    }
    if (rest.size() < length) return Failure{AuthenticatorRefusal::cut_short};
    credential.id = rest.substr(0, length);
    rest.remove_prefix(length);
    const auto key = read_cbor(rest);
    if (!key) return Failure{AuthenticatorRefusal::not_cbor};
    credential.key = rest.substr(0, key->length);
    rest.remove_prefix(key->length);
    data.credential = std::move(credential);
  }
  if ((flags & kExtensions) != 0) {
    auto extensions = read_cbor(rest);
    if (!extensions || extensions->item.kind != CborKind::map) {
      return Failure{AuthenticatorRefusal::not_cbor};
    }
    rest.remove_prefix(extensions->length);
    data.extensions = std::move(extensions).value().item;
  }
  if (!rest.empty()) return Failure{AuthenticatorRefusal::trailing_bytes};
  return data;
}

}  // namespace identity
