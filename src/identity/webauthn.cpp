#include "identity/webauthn.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/json.h"
#include "base/sha256.h"
#include "oidc/base64url.h"

namespace identity {
namespace {

using base::Failure;

constexpr std::size_t kClientDataBytesMax = 4096;
constexpr std::size_t kObjectBytesMax = 16 * 1024;

std::string sha256_bytes(std::string_view text) {
  const base::Digest digest = base::sha256(text);
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

// Steps 7 to 9 of 7.1, 11 to 13 of 7.2: what the browser says it was asked, where and by whom.
base::Result<base::Done, WebauthnRefusal> check_client_data(std::string_view text,
                                                            std::string_view ceremony,
                                                            std::string_view challenge,
                                                            const RelyingParty& us) {
  if (text.size() > kClientDataBytesMax) return Failure{WebauthnRefusal::malformed};
  const auto json = base::parse_json(text);
  if (!json || !json->is_object()) return Failure{WebauthnRefusal::malformed};
  if (base::string_or(*json, "type") != ceremony) return Failure{WebauthnRefusal::wrong_ceremony};
  const auto sent = oidc::from_base64url(base::string_or(*json, "challenge"));
  if (challenge.empty() || !sent.has_value() || !base::equal_in_constant_time(*sent, challenge)) {
    return Failure{WebauthnRefusal::wrong_challenge};
  }
  if (base::string_or(*json, "origin") != us.origin) return Failure{WebauthnRefusal::wrong_origin};
  // In a frame of another site somebody may be made to touch what he does not see.
  if (base::bool_or(*json, "crossOrigin")) return Failure{WebauthnRefusal::wrong_origin};
  return base::Done{};
}

// Steps 13 to 15 of 7.1, 15 to 17 of 7.2.
base::Result<base::Done, WebauthnRefusal> check_flags(const AuthenticatorData& data,
                                                      const RelyingParty& us) {
  if (!base::equal_in_constant_time(data.rp_id_hash, sha256_bytes(us.id))) {
    return Failure{WebauthnRefusal::wrong_rp};
  }
  if (!data.user_present) return Failure{WebauthnRefusal::not_present};
  if (!data.user_verified) return Failure{WebauthnRefusal::not_verified};
  // Backed up without being able to: no authenticator of today says so.
  if (data.backed_up && !data.backup_eligible) return Failure{WebauthnRefusal::malformed};
  return base::Done{};
}

// Step 19 of 7.1.  We ask for "none"; a browser leaves a passkey's own signature in place where it
// says nothing about the device (8.2, self attestation).
base::Result<base::Done, WebauthnRefusal> check_statement(const CborItem& object,
                                                          const CoseKey& key,
                                                          std::string_view signed_bytes) {
  const CborItem* format = object.find("fmt");
  const CborItem* statement = object.find("attStmt");
  if (format == nullptr || format->kind != CborKind::text || statement == nullptr ||
      statement->kind != CborKind::map) {
    return Failure{WebauthnRefusal::malformed};
  }
  if (format->bytes == "none") {
    if (!statement->members.empty()) return Failure{WebauthnRefusal::attestation};
    return base::Done{};
  }
  const CborItem* algorithm = statement->find("alg");
  const CborItem* signature = statement->find("sig");
  const bool of_itself = format->bytes == "packed" && statement->members.size() == 2 &&
                         algorithm != nullptr && algorithm->kind == CborKind::integer &&
                         algorithm->integer == static_cast<int>(key.algorithm()) &&
                         signature != nullptr && signature->kind == CborKind::bytes &&
                         key.verifies(signed_bytes, signature->bytes);
  if (!of_itself) return Failure{WebauthnRefusal::attestation};
  return base::Done{};
}

}  // namespace

RelyingParty relying_party_of(std::string_view origin) {
  const std::size_t scheme = origin.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string_view host = origin.substr(scheme + 3);
  host = host.substr(0, host.find('/'));
  RelyingParty us{.id = {},
                  .origin = std::string{origin.substr(0, scheme + 3)} + std::string{host}};
  const bool bracketed = host.starts_with('[');
  us.id = bracketed ? host.substr(0, host.find(']') + 1) : host.substr(0, host.find(':'));
  return us;
}

base::Result<RegisteredPasskey, WebauthnRefusal> check_registration(const Registration& sent,
                                                                    std::string_view challenge,
                                                                    const RelyingParty& us) {
  TRY(check_client_data(sent.client_data, "webauthn.create", challenge, us));
  if (sent.attestation_object.size() > kObjectBytesMax) return Failure{WebauthnRefusal::malformed};
  const auto object = read_cbor(sent.attestation_object);
  if (!object || object->length != sent.attestation_object.size() ||
      object->item.kind != CborKind::map) {
    return Failure{WebauthnRefusal::malformed};
  }
  const CborItem* bytes = object->item.find("authData");
  if (bytes == nullptr || bytes->kind != CborKind::bytes)
    return Failure{WebauthnRefusal::malformed};
  const auto data = read_authenticator_data(bytes->bytes);
  if (!data || !data->credential.has_value()) return Failure{WebauthnRefusal::malformed};
  TRY(check_flags(*data, us));
  const auto key = CoseKey::parse(data->credential->key);
  if (!key) return Failure{WebauthnRefusal::unknown_key};
  TRY(check_statement(object->item, *key, bytes->bytes + sha256_bytes(sent.client_data)));
  return RegisteredPasskey{.id = data->credential->id,
                           .key = data->credential->key,
                           .counter = data->counter,
                           .backed_up = data->backed_up};
}

base::Result<std::uint32_t, WebauthnRefusal> check_assertion(const Assertion& sent,
                                                             std::string_view challenge,
                                                             const RelyingParty& us,
                                                             std::string_view key,
                                                             std::uint32_t counter) {
  TRY(check_client_data(sent.client_data, "webauthn.get", challenge, us));
  if (sent.authenticator_data.size() > kObjectBytesMax) return Failure{WebauthnRefusal::malformed};
  const auto data = read_authenticator_data(sent.authenticator_data);
  if (!data || data->credential.has_value()) return Failure{WebauthnRefusal::malformed};
  TRY(check_flags(*data, us));
  const auto known = CoseKey::parse(key);
  if (!known) return Failure{WebauthnRefusal::unknown_key};
  // Steps 19 and 20.
  const std::string message = sent.authenticator_data + sha256_bytes(sent.client_data);
  if (!known->verifies(message, sent.signature)) return Failure{WebauthnRefusal::wrong_signature};
  // Step 21.  Zero twice: this authenticator does not count.
  if ((data->counter != 0 || counter != 0) && data->counter <= counter) {
    return Failure{WebauthnRefusal::counter_went_back};
  }
  return data->counter;
}

}  // namespace identity
