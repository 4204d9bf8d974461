#include "oidc/envelope.h"

#include <array>
#include <memory>

#include <boost/json.hpp>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "base/freed_by.h"
#include "oidc/base64url.h"
#include "oidc/strict_json.h"

namespace oidc {

namespace {

using Key = std::unique_ptr<EVP_PKEY, base::FreedBy<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, base::FreedBy<EVP_PKEY_CTX_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, base::FreedBy<EVP_CIPHER_CTX_free>>;
using Bio = std::unique_ptr<BIO, base::FreedBy<BIO_free_all>>;

constexpr std::size_t kBodyBytesMax = 256 * 1024;

const unsigned char* as_uchar(std::string_view bytes) {
  return static_cast<const unsigned char*>(static_cast<const void*>(bytes.data()));
}
unsigned char* as_uchar(std::string& bytes) {
  return static_cast<unsigned char*>(static_cast<void*>(bytes.data()));
}

std::string decrypt_key(std::string_view encrypted, std::string_view pem) {
  const Bio bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
  const Key key{PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr)};
  if (key == nullptr || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA) return {};
  const KeyContext context{EVP_PKEY_CTX_new(key.get(), nullptr)};
  if (EVP_PKEY_decrypt_init(context.get()) != 1 ||
      EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1) {
    return {};
  }
  std::string plain(static_cast<std::size_t>(EVP_PKEY_get_size(key.get())), '\0');
  std::size_t length = plain.size();
  if (EVP_PKEY_decrypt(context.get(), as_uchar(plain), &length, as_uchar(encrypted),
                       encrypted.size()) != 1) {
    return {};
  }
  plain.resize(length);
  // Some write the key itself, some its base64.
  if (length == 16 || length == 32) return plain;
  return from_base64(plain).value_or("");
}

std::string decrypt_data(std::string_view encrypted, const std::string& key) {
  const EVP_CIPHER* cipher = key.size() == 16   ? EVP_aes_128_ecb()
                             : key.size() == 32 ? EVP_aes_256_ecb()
                                                : nullptr;
  const CipherContext context{EVP_CIPHER_CTX_new()};
  if (cipher == nullptr ||
      EVP_DecryptInit_ex(context.get(), cipher, nullptr, as_uchar(key), nullptr) != 1) {
    return {};
  }
  std::string plain(encrypted.size() + 32, '\0');
  int length = 0;
  int last = 0;
  if (EVP_DecryptUpdate(context.get(), as_uchar(plain), &length, as_uchar(encrypted),
                        static_cast<int>(encrypted.size())) != 1 ||
      EVP_DecryptFinal_ex(context.get(), as_uchar(plain) + length, &last) != 1) {
    return {};
  }
  plain.resize(static_cast<std::size_t>(length) + static_cast<std::size_t>(last));
  return plain;
}

}  // namespace

Checked<std::string> open_envelope(std::string_view body, std::string_view private_key) {
  const base::Failure<Rejection> unopened{Rejection::envelope_unopened};
  const auto read = read_object(body, {.bytes = kBodyBytesMax, .depth = 10, .values = 4000});
  if (!read) return unopened;
  const auto data = base::find_string(*read, "data");
  const auto key = base::find_string(*read, "key");
  if (!data.has_value() && !key.has_value()) return std::string{body};
  const auto encrypted = from_base64(data.value_or(""));
  const auto wrapped = from_base64(key.value_or(""));
  if (!encrypted || !wrapped || encrypted->empty() || private_key.empty()) return unopened;
  const std::string secret = decrypt_key(*wrapped, private_key);
  const std::string plain = decrypt_data(*encrypted, secret);
  ERR_clear_error();
  if (plain.empty()) return unopened;
  return plain;
}

}  // namespace oidc
