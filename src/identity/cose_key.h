#pragma once
// cose_key.h - the public half of a passkey.
//
// key := {1: 2, 3: -7, -1: 1, -2: x[32], -3: y[32]}     ES256 on P-256
//      | {1: 1, 3: -8, -1: 6, -2: x[32]}                EdDSA on Ed25519
//
// Source: RFC 9052, section 7; RFC 9053, sections 2.1, 2.2, 7.1, 7.2.
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "identity/cbor.h"

struct evp_pkey_st;  // EVP_PKEY

namespace identity {

enum class CoseAlgorithm : int { es256 = -7, eddsa = -8 };

enum class CoseRefusal {
  not_a_key,          // not a COSE key map, or members missing or of the wrong length
  unknown_algorithm,  // neither ES256 nor EdDSA, or a curve that does not belong to it
  not_on_curve,       // no such point
};

class CoseKey {
 public:
  [[nodiscard]] static base::Result<CoseKey, CoseRefusal> of(const CborItem& map);
  // All of `bytes`.
  [[nodiscard]] static base::Result<CoseKey, CoseRefusal> parse(std::string_view bytes);

  [[nodiscard]] CoseAlgorithm algorithm() const { return algorithm_; }
  // ES256: `signature` is DER, as WebAuthn has it.
  [[nodiscard]] bool verifies(std::string_view message, std::string_view signature) const;

 private:
  CoseKey(CoseAlgorithm algorithm, std::shared_ptr<evp_pkey_st> key)
      : algorithm_(algorithm), key_(std::move(key)) {}
  CoseAlgorithm algorithm_;
  std::shared_ptr<evp_pkey_st> key_;
};

}  // namespace identity
