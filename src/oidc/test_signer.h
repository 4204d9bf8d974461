#pragma once
// test_signer.h - a provider's private keys for tests: made anew, they sign what the test says.
#include <memory>
#include <string>
#include <string_view>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include "base/ensure.h"
#include "oidc/base64url.h"
#include "oidc/jwk.h"

namespace oidc {

class TestSigner {
 public:
  explicit TestSigner(KeyKind kind, std::string kid) : kind_(kind), kid_(std::move(kid)) {
    key_.reset(kind == KeyKind::rsa       ? EVP_RSA_gen(2048)
               : kind == KeyKind::ec_p256 ? EVP_EC_gen("P-256")
                                          : EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    ENSURE(key_ != nullptr, "OpenSSL makes keys");
  }

  [[nodiscard]] std::string jwk_json() const {
    const std::string head = R"({"use":"sig","kid":")" + kid_ + R"(",)";
    switch (kind_) {
      case KeyKind::rsa:
        return head + R"("kty":"RSA","n":")" + to_base64url(number("n")) + R"(","e":")" +
               to_base64url(number("e")) + R"("})";
      case KeyKind::ec_p256:
        return head + R"("kty":"EC","crv":"P-256","x":")" + to_base64url(padded(number("qx"))) +
               R"(","y":")" + to_base64url(padded(number("qy"))) + R"("})";
      case KeyKind::ed25519: {
        std::string raw(32, '\0');
        std::size_t length = raw.size();
        EVP_PKEY_get_raw_public_key(key_.get(), as_uchar(raw), &length);
        return head + R"("kty":"OKP","crv":"Ed25519","x":")" + to_base64url(raw) + R"("})";
      }
    }
    return {};
  }
  [[nodiscard]] std::string set_json() const { return R"({"keys":[)" + jwk_json() + "]}"; }

  [[nodiscard]] std::string signature(Algorithm algorithm, std::string_view text) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          &EVP_MD_CTX_free);
    EVP_PKEY_CTX* options = nullptr;
    EVP_DigestSignInit(context.get(), &options,
                       algorithm == Algorithm::eddsa ? nullptr : EVP_sha256(), nullptr, key_.get());
    if (algorithm == Algorithm::ps256) {
      EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING);
      EVP_PKEY_CTX_set_rsa_pss_saltlen(options, 32);
    }
    std::string bytes(1024, '\0');
    std::size_t length = bytes.size();
    const std::string copy{text};
    ENSURE(
        EVP_DigestSign(context.get(), as_uchar(bytes), &length, as_uchar(copy), copy.size()) == 1,
        "OpenSSL signs");
    bytes.resize(length);
    return algorithm == Algorithm::es256 ? raw_of(bytes) : bytes;
  }

  // The whole token over these texts.
  [[nodiscard]] std::string token(Algorithm algorithm, std::string_view header,
                                  std::string_view payload) const {
    const std::string text = to_base64url(header) + "." + to_base64url(payload);
    return text + "." + to_base64url(signature(algorithm, text));
  }
  [[nodiscard]] std::string token(Algorithm algorithm, std::string_view payload) const {
    return token(algorithm,
                 R"({"alg":")" + std::string{to_text(algorithm)} + R"(","kid":")" + kid_ + R"("})",
                 payload);
  }
  [[nodiscard]] EVP_PKEY* key() const { return key_.get(); }

  static const unsigned char* as_uchar(const std::string& bytes) {
    return static_cast<const unsigned char*>(static_cast<const void*>(bytes.data()));
  }
  static unsigned char* as_uchar(std::string& bytes) {
    return static_cast<unsigned char*>(static_cast<void*>(bytes.data()));
  }

 private:
  [[nodiscard]] std::string number(const char* name) const {
    BIGNUM* value = nullptr;
    ENSURE(EVP_PKEY_get_bn_param(key_.get(), name, &value) == 1, "the key has that number");
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(value)), '\0');
    BN_bn2bin(value, as_uchar(bytes));
    BN_free(value);
    return bytes;
  }
  static std::string padded(const std::string& number) {
    return std::string(32 - number.size(), '\0') + number;
  }
  static std::string raw_of(const std::string& der) {
    const unsigned char* at = as_uchar(der);
    ECDSA_SIG* pair = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size()));
    std::string raw(64, '\0');
    BN_bn2binpad(ECDSA_SIG_get0_r(pair), as_uchar(raw), 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(pair), as_uchar(raw) + 32, 32);
    ECDSA_SIG_free(pair);
    return raw;
  }

  struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  };
  KeyKind kind_;
  std::string kid_;
  std::unique_ptr<EVP_PKEY, FreeKey> key_;
};

}  // namespace oidc
