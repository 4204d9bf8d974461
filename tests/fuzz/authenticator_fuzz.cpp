// authenticator_fuzz.cpp - any bytes as what an authenticator or a browser sends: CBOR, keys, data,
// registrations and assertions are refused, or mean exactly what is written again.
#include <cstdint>
#include <string>
#include <string_view>

#include "identity/authenticator_data.h"
#include "identity/cbor.h"
#include "identity/cose_key.h"
#include "identity/webauthn.h"
#include "unit_clock.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::UnitClock clock;
  const std::string_view bytes{reinterpret_cast<const char*>(data), size};
  if (const auto read = identity::read_cbor(bytes)) {
    fuzz::must(read->length <= size, "an item lies within its bytes");
    fuzz::must(identity::write_cbor(read->item) == bytes.substr(0, read->length),
               "CBOR has one spelling");
  }
  if (const auto key = identity::CoseKey::parse(bytes)) {
    fuzz::must(!key->verifies("message", bytes), "nobody signed this");
  }
  if (const auto said = identity::read_authenticator_data(bytes)) {
    fuzz::must(said->rp_id_hash.size() == 32, "a hash has 32 bytes");
    fuzz::must(!said->credential || !said->credential->id.empty(), "a credential has an id");
  }
  // What comes first is the browser's word, the rest the authenticator's.
  const std::size_t cut = size == 0 ? 0 : data[0] % size;
  const identity::RelyingParty us{.id = "localhost", .origin = "http://localhost:8080"};
  const std::string challenge(32, 'c');
  const identity::Registration registration{.client_data = std::string{bytes.substr(0, cut)},
                                            .attestation_object = std::string{bytes.substr(cut)}};
  static_cast<void>(identity::check_registration(registration, challenge, us));
  // And both right, but for the authenticator's part.
  const std::string honest =
      R"({"type":"webauthn.create","challenge":"Y2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2M",)"
      R"("origin":"http://localhost:8080"})";
  static_cast<void>(identity::check_registration(
      {.client_data = honest, .attestation_object = std::string{bytes}}, challenge, us));
  return 0;
}
