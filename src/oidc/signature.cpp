#include "oidc/signature.h"

#include <algorithm>
#include <array>
#include <memory>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

#include "base/ensure.h"
#include "base/freed_by.h"
#include "oidc/base64url.h"

namespace oidc {

namespace {

using Key = std::unique_ptr<EVP_PKEY, base::FreedBy<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, base::FreedBy<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, base::FreedBy<EVP_MD_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, base::FreedBy<BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, base::FreedBy<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, base::FreedBy<OSSL_PARAM_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, base::FreedBy<ECDSA_SIG_free>>;

constexpr int kSaltBytes = 32;
constexpr std::size_t kEcSignatureBytes = 64;
constexpr std::size_t kEdSignatureBytes = 64;

const unsigned char* as_uchar(std::string_view bytes) {
  return static_cast<const unsigned char*>(static_cast<const void*>(bytes.data()));
}

Number number_of(std::string_view bytes) {
  return Number{BN_bin2bn(as_uchar(bytes), static_cast<int>(bytes.size()), nullptr)};
}

Key from_parameters(const char* kind, OSSL_PARAM_BLD* builder) {
  const Parameters parameters{OSSL_PARAM_BLD_to_param(builder)};
  const KeyContext context{EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr)};
  EVP_PKEY* made = nullptr;
  if (parameters == nullptr || context == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
    return nullptr;
  }
  return Key{made};
}

Key load(const Jwk& key) {
  const Builder builder{OSSL_PARAM_BLD_new()};
  switch (key.kind) {
    case KeyKind::rsa: {
      const Number n = number_of(key.first);
      const Number e = number_of(key.second);
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
      OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
      return from_parameters("RSA", builder.get());
    }
    case KeyKind::ec_p256: {
      const std::string point = '\x04' + key.first + key.second;
      OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                       point.size());
      Key made = from_parameters("EC", builder.get());
      if (made == nullptr) return nullptr;
      const KeyContext check{EVP_PKEY_CTX_new_from_pkey(nullptr, made.get(), nullptr)};
      return EVP_PKEY_public_check(check.get()) == 1 ? std::move(made) : nullptr;
    }
    case KeyKind::ed25519:
      return Key{EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, as_uchar(key.first),
                                             key.first.size())};
  }
  return nullptr;
}

// r and s of 32 bytes each (RFC 7518 section 3.4) as the sequence that OpenSSL wants; empty where
// one is zero.
std::string der_of(std::string_view signature) {
  Number r = number_of(signature.substr(0, kEcSignatureBytes / 2));
  Number s = number_of(signature.substr(kEcSignatureBytes / 2));
  if (BN_is_zero(r.get()) || BN_is_zero(s.get())) return {};
  const EcdsaSignature pair{ECDSA_SIG_new()};
  ENSURE(ECDSA_SIG_set0(pair.get(), r.release(), s.release()) == 1, "both numbers are there");
  std::array<unsigned char, 80> der{};
  unsigned char* end = der.data();
  const int length = i2d_ECDSA_SIG(pair.get(), &end);
  ENSURE(length > 0 && static_cast<std::size_t>(length) <= der.size(), "72 bytes at most");
  return {der.begin(), der.begin() + length};
}

const EVP_MD* digest_of(Algorithm algorithm) {
  return algorithm == Algorithm::eddsa ? nullptr : EVP_sha256();
}

}  // namespace

Checked<base::Done> verify_signature(Algorithm algorithm, const Jwk& key, std::string_view text,
                                     std::string_view signature) {
  const base::Failure<Rejection> wrong{Rejection::signature_wrong};
  if (!key.fits(algorithm)) return base::Failure{Rejection::key_unfit};
  const Key loaded = load(key);
  ERR_clear_error();
  if (loaded == nullptr) return base::Failure{Rejection::key_unfit};

  std::string bytes{signature};
  if (algorithm == Algorithm::es256) {
    if (signature.size() != kEcSignatureBytes) return wrong;
    bytes = der_of(signature);
    if (bytes.empty()) return wrong;
  } else if (algorithm == Algorithm::eddsa) {
    if (signature.size() != kEdSignatureBytes) return wrong;
  } else if (signature.size() != key.first.size()) {
    return wrong;
  }

  const DigestContext context{EVP_MD_CTX_new()};
  EVP_PKEY_CTX* options = nullptr;
  if (context == nullptr || EVP_DigestVerifyInit(context.get(), &options, digest_of(algorithm),
                                                 nullptr, loaded.get()) != 1) {
    ERR_clear_error();
    return base::Failure{Rejection::key_unfit};
  }
  if (algorithm == Algorithm::ps256 &&
      (EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) != 1 ||
       EVP_PKEY_CTX_set_rsa_pss_saltlen(options, kSaltBytes) != 1 ||
       EVP_PKEY_CTX_set_rsa_mgf1_md(options, EVP_sha256()) != 1)) {
    ERR_clear_error();
    return base::Failure{Rejection::key_unfit};
  }
  const int verified =
      EVP_DigestVerify(context.get(), as_uchar(bytes), bytes.size(), as_uchar(text), text.size());
  ERR_clear_error();
  if (verified != 1) return wrong;
  return base::Done{};
}

std::string half_hash(Algorithm algorithm, std::string_view text) {
  // Ed25519 hashes with SHA-512 itself.
  const EVP_MD* digest = algorithm == Algorithm::eddsa ? EVP_sha512() : EVP_sha256();
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned length = 0;
  ENSURE(EVP_Digest(text.data(), text.size(), hash.data(), &length, digest, nullptr) == 1,
         "hashing cannot fail");
  return to_base64url(std::string{hash.begin(), hash.begin() + length / 2});
}

}  // namespace oidc
