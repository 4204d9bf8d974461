#include "identity/secret_box.h"

#include <array>

#include <sodium.h>

#include "base/ensure.h"
#include "base/sha256.h"
#include "oidc/base64url.h"

namespace identity {
namespace {

constexpr std::string_view kMark = "x1:";
constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

std::string derived(std::string_view installation, std::string_view use) {
  const base::Digest digest = base::hmac_sha256(installation, use);
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace

SecretBox::SecretBox(std::string_view installation)
    : key_(derived(installation, "identity: sealed secrets, 1")),
      hash_key_(derived(installation, "identity: hashed secrets, 1")) {
  ENSURE(sodium_init() >= 0, "libsodium starts on every machine we support");
}

std::string SecretBox::seal(std::string_view plain, std::string_view purpose,
                            base::RandomSource& random) const {
  std::string out(kNonce + plain.size() + kTag, '\0');
  random.fill(std::as_writable_bytes(std::span{out.data(), kNonce}));
  unsigned long long length = 0;
  const int failed = crypto_aead_xchacha20poly1305_ietf_encrypt(
      bytes_of(out) + kNonce, &length, bytes_of(plain), plain.size(), bytes_of(purpose),
      purpose.size(), nullptr, bytes_of(out), bytes_of(key_));
  ENSURE(failed == 0 && length == plain.size() + kTag, "sealing does not fail");
  return std::string{kMark} + oidc::to_base64url(out);
}

std::optional<std::string> SecretBox::open(std::string_view sealed,
                                           std::string_view purpose) const {
  if (!sealed.starts_with(kMark)) return std::nullopt;
  const auto bytes = oidc::from_base64url(sealed.substr(kMark.size()));
  if (!bytes.has_value() || bytes->size() < kNonce + kTag) return std::nullopt;
  std::string plain(bytes->size() - kNonce - kTag, '\0');
  unsigned long long length = 0;
  const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      bytes_of(plain), &length, nullptr, bytes_of(std::string_view{*bytes}) + kNonce,
      bytes->size() - kNonce, bytes_of(purpose), purpose.size(), bytes_of(std::string_view{*bytes}),
      bytes_of(std::string_view{key_}));
  if (failed != 0) return std::nullopt;
  return plain;
}

}  // namespace identity
