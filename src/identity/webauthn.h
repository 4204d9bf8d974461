#pragma once
// webauthn.h - passkeys as second factor: is what the browser sent what we asked for?
//
// Pure.  The caller makes the challenge, keeps it with its time and gives it here once; a challenge
// that was shown is gone, whatever came of it.  Asked for: ES256 or EdDSA, attestation "none", user
// presence and verification.  A counter that goes back is refused: the passkey may have been
// copied.
//
// Source: Web Authentication Level 2, sections 7.1 (registering) and 7.2 (verifying), the steps
// named in webauthn.cpp.
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "identity/authenticator_data.h"
#include "identity/cose_key.h"

namespace identity {

// Who asks: "https://motcua.example.vn" is the origin, "motcua.example.vn" the RP id.
struct RelyingParty {
  std::string id;
  std::string origin;
};
// The host of an origin; empty where there is none.
[[nodiscard]] RelyingParty relying_party_of(std::string_view origin);

enum class WebauthnRefusal {
  malformed,         // a message that is not of the form the standard gives it
  wrong_ceremony,    // signing in where registering was asked, or the other way round
  wrong_challenge,   // not the challenge of this request
  wrong_origin,      // the page is of another site, or inside a frame of one
  wrong_rp,          // made for another site
  not_present,       // nobody touched the authenticator
  not_verified,      // the authenticator did not ask for finger, face or code
  unknown_key,       // a key of an algorithm that was not asked for
  attestation,       // says something about the device that was not asked for, or says it wrongly
  wrong_signature,   // not signed by the passkey
  counter_went_back  // signed fewer times than before: perhaps a copy
};

struct RegisteredPasskey {
  std::string id;
  std::string key;  // COSE
  std::uint32_t counter = 0;
  bool backed_up = false;
};

struct Registration {
  std::string client_data;         // JSON as the browser wrote it
  std::string attestation_object;  // CBOR
};
[[nodiscard]] base::Result<RegisteredPasskey, WebauthnRefusal> check_registration(
    const Registration& sent, std::string_view challenge, const RelyingParty& us);

struct Assertion {
  std::string client_data;
  std::string authenticator_data;
  std::string signature;
};
// The counter to keep.
[[nodiscard]] base::Result<std::uint32_t, WebauthnRefusal> check_assertion(
    const Assertion& sent, std::string_view challenge, const RelyingParty& us, std::string_view key,
    std::uint32_t counter);

}  // namespace identity
