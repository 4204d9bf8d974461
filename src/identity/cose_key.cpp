#include "identity/cose_key.h"

#include <array>

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

namespace identity {
namespace {

using base::Failure;
using KeyPtr = std::shared_ptr<EVP_PKEY>;

constexpr std::int64_t kKeyType = 1;
constexpr std::int64_t kAlgorithm = 3;
constexpr std::int64_t kCurve = -1;
constexpr std::int64_t kX = -2;
constexpr std::int64_t kY = -3;
constexpr std::size_t kCoordinateBytes = 32;
constexpr std::size_t kSignatureBytesMax = 80;  // DER of two 32-byte numbers has at most 72

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

KeyPtr owned(EVP_PKEY* key) {
  return {key, EVP_PKEY_free};
}

std::int64_t integer_at(const CborItem& map, std::int64_t key) {
  const CborItem* found = map.find(key);
  return found != nullptr && found->kind == CborKind::integer ? found->integer : 0;
}

std::string_view coordinate_at(const CborItem& map, std::int64_t key) {
  const CborItem* found = map.find(key);
  return found != nullptr && found->kind == CborKind::bytes &&
                 found->bytes.size() == kCoordinateBytes
             ? std::string_view{found->bytes}
             : std::string_view{};
}

KeyPtr p256_key(std::string_view x, std::string_view y) {
  std::string point = "\x04";
  point.append(x).append(y);
  const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
      EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr), EVP_PKEY_CTX_free);
  std::string group = "prime256v1";
  std::array<OSSL_PARAM, 3> parameters{
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size()),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
      OSSL_PARAM_construct_end()};
  EVP_PKEY* key = nullptr;
  if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.data()) != 1) {
    return nullptr;
  }
  return owned(key);
}

bool is_sound(EVP_PKEY* key) {
  const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
      EVP_PKEY_CTX_new(key, nullptr), EVP_PKEY_CTX_free);
  return context && EVP_PKEY_public_check(context.get()) == 1;
}

}  // namespace

base::Result<CoseKey, CoseRefusal> CoseKey::of(const CborItem& map) {
  if (map.kind != CborKind::map) return Failure{CoseRefusal::not_a_key};
  const std::string_view x = coordinate_at(map, kX);
  const std::int64_t algorithm = integer_at(map, kAlgorithm);
  const std::int64_t type = integer_at(map, kKeyType);
  const std::int64_t curve = integer_at(map, kCurve);
  KeyPtr key;
  if (algorithm == static_cast<int>(CoseAlgorithm::es256)) {
    if (type != 2 || curve != 1) return Failure{CoseRefusal::unknown_algorithm};
    const std::string_view y = coordinate_at(map, kY);
    if (x.empty() || y.empty()) return Failure{CoseRefusal::not_a_key};
    key = p256_key(x, y);
  } else if (algorithm == static_cast<int>(CoseAlgorithm::eddsa)) {
    if (type != 1 || curve != 6) return Failure{CoseRefusal::unknown_algorithm};
    if (x.empty()) return Failure{CoseRefusal::not_a_key};
    key = owned(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes_of(x), x.size()));
  } else {
    return Failure{CoseRefusal::unknown_algorithm};
  }
  const bool sound = key != nullptr && is_sound(key.get());
  ERR_clear_error();
  if (!sound) return Failure{CoseRefusal::not_on_curve};
  return CoseKey{static_cast<CoseAlgorithm>(algorithm), std::move(key)};
}

base::Result<CoseKey, CoseRefusal> CoseKey::parse(std::string_view bytes) {
  const auto read = read_cbor(bytes);
  if (!read || read->length != bytes.size()) return Failure{CoseRefusal::not_a_key};
  return of(read->item);
}

bool CoseKey::verifies(std::string_view message, std::string_view signature) const {
  if (signature.size() > kSignatureBytesMax) return false;
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  const EVP_MD* digest = algorithm_ == CoseAlgorithm::es256 ? EVP_sha256() : nullptr;
  const bool good =
      context && EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key_.get()) == 1 &&
      EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(message),
                       message.size()) == 1;
  // What went wrong stays on the thread's list otherwise, and is taken for another call's.
  ERR_clear_error();
  return good;
}

}  // namespace identity
