#pragma once
// test_authenticator.h - an authenticator in memory, honest unless told otherwise.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <openssl/ec.h>
#include <openssl/evp.h>

#include "base/sha256.h"
#include "identity/webauthn.h"
#include "oidc/base64url.h"

namespace identity::test {

inline CborItem integer(std::int64_t value) {
  CborItem item;
  item.kind = CborKind::integer;
  item.integer = value;
  return item;
}
inline CborItem bytes(std::string value) {
  CborItem item;
  item.kind = CborKind::bytes;
  item.bytes = std::move(value);
  return item;
}
inline CborItem text(std::string value) {
  CborItem item = bytes(std::move(value));
  item.kind = CborKind::text;
  return item;
}
inline CborItem map(std::vector<std::pair<CborItem, CborItem>> members) {
  CborItem item;
  item.kind = CborKind::map;
  item.members = std::move(members);
  return item;
}

inline std::string hashed(std::string_view what) {
  const base::Digest digest = base::sha256(what);
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

class Authenticator {
 public:
  explicit Authenticator(CoseAlgorithm algorithm) : algorithm_(algorithm) {
    EVP_PKEY* made = algorithm == CoseAlgorithm::es256
                         ? EVP_EC_gen("P-256")
                         : EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    key_ = {made, EVP_PKEY_free};
  }

  std::string id = "credential-0123456789";
  unsigned flags = 0x05;  // present, verified
  std::uint32_t counter = 1;
  std::string rp_id = "motcua.example.vn";
  std::string origin = "https://motcua.example.vn";
  bool cross_origin = false;

  [[nodiscard]] std::string cose() const {
    std::string raw(133, '\0');
    std::size_t length = raw.size();
    if (algorithm_ == CoseAlgorithm::eddsa) {
      EVP_PKEY_get_raw_public_key(key_.get(), reinterpret_cast<unsigned char*>(raw.data()),
                                  &length);
      raw.resize(length);
      return write_cbor(map({{integer(1), integer(1)},
                             {integer(3), integer(-8)},
                             {integer(-1), integer(6)},
                             {integer(-2), bytes(raw)}}));
    }
    EVP_PKEY_get_octet_string_param(key_.get(), "pub", reinterpret_cast<unsigned char*>(raw.data()),
                                    raw.size(), &length);
    raw.resize(length);
    return write_cbor(map({{integer(1), integer(2)},
                           {integer(3), integer(-7)},
                           {integer(-1), integer(1)},
                           {integer(-2), bytes(raw.substr(1, 32))},
                           {integer(-3), bytes(raw.substr(33, 32))}}));
  }

  [[nodiscard]] std::string signature(const std::string& message) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          EVP_MD_CTX_free);
    EVP_DigestSignInit(context.get(), nullptr,
                       algorithm_ == CoseAlgorithm::es256 ? EVP_sha256() : nullptr, nullptr,
                       key_.get());
    std::string out(128, '\0');
    std::size_t length = out.size();
    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &length,
                   reinterpret_cast<const unsigned char*>(message.data()), message.size());
    out.resize(length);
    return out;
  }

  [[nodiscard]] std::string client_data(std::string_view type, std::string_view challenge) const {
    return R"({"type":")" + std::string{type} + R"(","challenge":")" +
           oidc::to_base64url(challenge) + R"(","origin":")" + origin + R"(","crossOrigin":)" +
           (cross_origin ? "true" : "false") + "}";
  }

  [[nodiscard]] std::string data(bool with_credential) const {
    std::string out = hashed(rp_id);
    out += static_cast<char>(flags | (with_credential ? 0x40U : 0U));
    for (int shift = 24; shift >= 0; shift -= 8)
      out += static_cast<char>((counter >> shift) & 0xffU);
    if (!with_credential) return out;
    out.append(16, '\0');
    out += static_cast<char>(id.size() >> 8U);
    out += static_cast<char>(id.size() & 0xffU);
    return out + id + cose();
  }

  [[nodiscard]] Registration enroll(std::string_view challenge) const {
    return {.client_data = client_data("webauthn.create", challenge),
            .attestation_object = write_cbor(map({{text("fmt"), text("none")},
                                                  {text("attStmt"), map({})},
                                                  {text("authData"), bytes(data(true))}}))};
  }
  [[nodiscard]] Assertion assert_presence(std::string_view challenge) const {
    Assertion sent{.client_data = client_data("webauthn.get", challenge),
                   .authenticator_data = data(false),
                   .signature = {}};
    sent.signature = signature(sent.authenticator_data + hashed(sent.client_data));
    return sent;
  }

 private:
  CoseAlgorithm algorithm_;
  std::shared_ptr<EVP_PKEY> key_;
};

}  // namespace identity::test
