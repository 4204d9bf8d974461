#include "casework/file_seal.h"

#include <memory>
#include <span>

#include <openssl/evp.h>

namespace casework {

namespace {

constexpr std::string_view kHead = "motcua-sealed-1\n";
constexpr std::size_t kNonce = 12, kTag = 16;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

}  // namespace

bool is_sealed(std::string_view bytes) {
  return bytes.starts_with(kHead) && bytes.size() >= kHead.size() + kNonce + kTag;
}

base::Outcome<std::string> seal_bytes(const SecretKey& key, base::RandomSource& random,
                                      std::string_view plain) {
  const std::string secret = key.of_sealed_files();
  std::string nonce(kNonce, '\0');
  random.fill(std::as_writable_bytes(std::span{nonce}));
  std::string tag(kTag, '\0');
  std::string sealed(plain.size(), '\0');
  const Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  int written = 0;
  int unused = 0;
  int rest = 0;
  const bool done = cipher != nullptr &&
                    EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr,
                                       bytes_of(std::string_view{secret}),
                                       bytes_of(std::string_view{nonce})) == 1 &&
                    EVP_EncryptUpdate(cipher.get(), nullptr, &unused, bytes_of(kHead),
                                      static_cast<int>(kHead.size())) == 1 &&
                    EVP_EncryptUpdate(cipher.get(), bytes_of(sealed), &written, bytes_of(plain),
                                      static_cast<int>(plain.size())) == 1 &&
                    EVP_EncryptFinal_ex(cipher.get(), bytes_of(sealed) + written, &rest) == 1 &&
                    EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTag, tag.data()) == 1;
  if (!done) return base::fault(base::FaultCode::internal, "a file could not be sealed");
  std::string all{kHead};
  all.reserve(kHead.size() + kNonce + kTag + sealed.size());
  all += nonce;
  all += tag;
  all += sealed;
  return all;
}

base::Outcome<std::string> unseal_bytes(const SecretKey& key, std::string_view sealed) {
  const auto broken = [] {
    return base::fault(base::FaultCode::corrupt,
                       "not a sealed file of this installation, or changed since");
  };
  if (!is_sealed(sealed)) return broken();
  const std::string secret = key.of_sealed_files();
  const std::string_view nonce = sealed.substr(kHead.size(), kNonce);
  std::string tag{sealed.substr(kHead.size() + kNonce, kTag)};
  const std::string_view hidden = sealed.substr(kHead.size() + kNonce + kTag);
  std::string plain(hidden.size(), '\0');
  const Cipher cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  int written = 0;
  int unused = 0;
  int rest = 0;
  const bool done =
      cipher != nullptr &&
      EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr,
                         bytes_of(std::string_view{secret}), bytes_of(nonce)) == 1 &&
      EVP_DecryptUpdate(cipher.get(), nullptr, &unused, bytes_of(kHead),
                        static_cast<int>(kHead.size())) == 1 &&
      EVP_DecryptUpdate(cipher.get(), bytes_of(plain), &written, bytes_of(hidden),
                        static_cast<int>(hidden.size())) == 1 &&
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTag, tag.data()) == 1 &&
      EVP_DecryptFinal_ex(cipher.get(), bytes_of(plain) + written, &rest) == 1;
  if (!done) return broken();
  return plain;
}

}  // namespace casework
