#include "identity/webauthn.h"

#include <gtest/gtest.h>

#include "identity/test_authenticator.h"

namespace identity {
namespace {

using test::Authenticator;

const std::string kChallenge = "0123456789abcdef0123456789abcdef";
const RelyingParty kUs{.id = "motcua.example.vn", .origin = "https://motcua.example.vn"};

class Webauthn : public testing::TestWithParam<CoseAlgorithm> {
 protected:
  Authenticator device{GetParam()};

  RegisteredPasskey enrolled() {
    const auto registered = check_registration(device.enroll(kChallenge), kChallenge, kUs);
    EXPECT_TRUE(registered);
    return registered ? *registered : RegisteredPasskey{};
  }
  WebauthnRefusal refusal_of(const Registration& sent) {
    const auto checked = check_registration(sent, kChallenge, kUs);
    EXPECT_FALSE(checked);
    return checked ? WebauthnRefusal{} : checked.error();
  }
  WebauthnRefusal refusal_of(const Assertion& sent, std::uint32_t counter = 0) {
    const auto checked = check_assertion(sent, kChallenge, kUs, device.cose(), counter);
    EXPECT_FALSE(checked);
    return checked ? WebauthnRefusal{} : checked.error();
  }
};

INSTANTIATE_TEST_SUITE_P(Algorithms, Webauthn,
                         testing::Values(CoseAlgorithm::es256, CoseAlgorithm::eddsa),
                         [](const auto& one) {
                           return one.param == CoseAlgorithm::es256 ? "ES256" : "EdDSA";
                         });

TEST_P(Webauthn, RegistersAPasskeyAndKnowsItAgain) {
  const RegisteredPasskey passkey = enrolled();
  EXPECT_EQ(passkey.id, device.id);
  EXPECT_EQ(passkey.counter, 1U);
  device.counter = 2;
  const auto counter =
      check_assertion(device.assert_presence(kChallenge), kChallenge, kUs, passkey.key, 1);
  ASSERT_TRUE(counter);
  EXPECT_EQ(*counter, 2U);
}

TEST_P(Webauthn, RefusesAnotherChallengeOriginCeremonyOrSite) {
  EXPECT_EQ(refusal_of(device.enroll("another challenge of 32 bytes...")),
            WebauthnRefusal::wrong_challenge);
  EXPECT_EQ(refusal_of(device.assert_presence("another challenge of 32 bytes...")),
            WebauthnRefusal::wrong_challenge);
  Registration swapped = device.enroll(kChallenge);
  swapped.client_data = device.client_data("webauthn.get", kChallenge);
  EXPECT_EQ(refusal_of(swapped), WebauthnRefusal::wrong_ceremony);
  for (const char* origin : {"http://motcua.example.vn", "https://motcua.example.vn:8443",
                             "https://evil.example.vn", "https://motcua.example.vn.evil.vn", ""}) {
    device.origin = origin;
    EXPECT_EQ(refusal_of(device.enroll(kChallenge)), WebauthnRefusal::wrong_origin) << origin;
    EXPECT_EQ(refusal_of(device.assert_presence(kChallenge)), WebauthnRefusal::wrong_origin);
  }
  device.origin = kUs.origin;
  device.cross_origin = true;
  EXPECT_EQ(refusal_of(device.assert_presence(kChallenge)), WebauthnRefusal::wrong_origin);
  device.cross_origin = false;
  device.rp_id = "example.vn";
  EXPECT_EQ(refusal_of(device.enroll(kChallenge)), WebauthnRefusal::wrong_rp);
  EXPECT_EQ(refusal_of(device.assert_presence(kChallenge)), WebauthnRefusal::wrong_rp);
}

TEST_P(Webauthn, RefusesAnEmptyChallengeEvenIfTheyAgree) {
  const auto checked = check_assertion(device.assert_presence(""), "", kUs, device.cose(), 0);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error(), WebauthnRefusal::wrong_challenge);
}

TEST_P(Webauthn, WantsPresenceAndVerification) {
  device.flags = 0x04;
  EXPECT_EQ(refusal_of(device.enroll(kChallenge)), WebauthnRefusal::not_present);
  EXPECT_EQ(refusal_of(device.assert_presence(kChallenge)), WebauthnRefusal::not_present);
  device.flags = 0x01;
  EXPECT_EQ(refusal_of(device.enroll(kChallenge)), WebauthnRefusal::not_verified);
  EXPECT_EQ(refusal_of(device.assert_presence(kChallenge)), WebauthnRefusal::not_verified);
  device.flags = 0x15;  // backed up, and not able to
  EXPECT_EQ(refusal_of(device.assert_presence(kChallenge)), WebauthnRefusal::malformed);
  device.flags = 0x1d;
  EXPECT_TRUE(enrolled().backed_up);
}

TEST_P(Webauthn, RefusesACounterThatDoesNotGrow) {
  device.counter = 5;
  EXPECT_TRUE(
      check_assertion(device.assert_presence(kChallenge), kChallenge, kUs, device.cose(), 4));
  for (const std::uint32_t counter : {5U, 6U, 0xffff'ffffU}) {
    EXPECT_EQ(refusal_of(device.assert_presence(kChallenge), counter),
              WebauthnRefusal::counter_went_back);
  }
  device.counter = 0;
  EXPECT_EQ(refusal_of(device.assert_presence(kChallenge), 1), WebauthnRefusal::counter_went_back);
  EXPECT_TRUE(
      check_assertion(device.assert_presence(kChallenge), kChallenge, kUs, device.cose(), 0));
}

TEST_P(Webauthn, RefusesEveryChangedByte) {
  const Assertion honest = device.assert_presence(kChallenge);
  for (std::size_t i = 0; i < honest.authenticator_data.size(); ++i) {
    Assertion changed = honest;
    changed.authenticator_data[i] = static_cast<char>(changed.authenticator_data[i] ^ 0x20);
    EXPECT_FALSE(check_assertion(changed, kChallenge, kUs, device.cose(), 0)) << i;
  }
  for (std::size_t i = 0; i < honest.signature.size(); ++i) {
    Assertion changed = honest;
    changed.signature[i] = static_cast<char>(changed.signature[i] ^ 0x01);
    EXPECT_FALSE(check_assertion(changed, kChallenge, kUs, device.cose(), 0)) << i;
  }
  Assertion padded = honest;
  padded.client_data += " ";
  EXPECT_EQ(refusal_of(padded), WebauthnRefusal::wrong_signature);
  padded = honest;
  padded.signature.append(1000, 'x');
  EXPECT_EQ(refusal_of(padded), WebauthnRefusal::wrong_signature);
}

TEST_P(Webauthn, RefusesAnotherPasskeysSignature) {
  const Authenticator other{GetParam()};
  const auto checked =
      check_assertion(device.assert_presence(kChallenge), kChallenge, kUs, other.cose(), 0);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error(), WebauthnRefusal::wrong_signature);
}

TEST_P(Webauthn, TakesNoAttestationButAPasskeysOwn) {
  const auto with_statement = [&](const char* format, CborItem statement) {
    Registration sent = device.enroll(kChallenge);
    sent.attestation_object =
        write_cbor(test::map({{test::text("fmt"), test::text(format)},
                              {test::text("attStmt"), std::move(statement)},
                              {test::text("authData"), test::bytes(device.data(true))}}));
    return sent;
  };
  const std::string client_data = device.client_data("webauthn.create", kChallenge);
  const std::string own = device.signature(device.data(true) + test::hashed(client_data));
  const CborItem algorithm = test::integer(static_cast<int>(GetParam()));
  const CborItem signature = test::bytes(own);
  EXPECT_TRUE(check_registration(
      with_statement("packed",
                     test::map({{test::text("alg"), algorithm}, {test::text("sig"), signature}})),
      kChallenge, kUs));
  EXPECT_EQ(refusal_of(with_statement("packed", test::map({{test::text("alg"), algorithm}}))),
            WebauthnRefusal::attestation);
  EXPECT_EQ(
      refusal_of(with_statement("packed", test::map({{test::text("alg"), algorithm},
                                                     {test::text("sig"), test::bytes("wrong")}}))),
      WebauthnRefusal::attestation);
  EXPECT_EQ(refusal_of(with_statement("none", test::map({{test::text("alg"), algorithm}}))),
            WebauthnRefusal::attestation);
  EXPECT_EQ(refusal_of(with_statement("android-safetynet", test::map({}))),
            WebauthnRefusal::attestation);
}

TEST_P(Webauthn, RefusesWhatIsNotOfTheForm) {
  const Registration honest = device.enroll(kChallenge);
  for (std::size_t length = 0; length < honest.attestation_object.size(); ++length) {
    Registration cut = honest;
    cut.attestation_object.resize(length);
    EXPECT_EQ(refusal_of(cut), WebauthnRefusal::malformed) << length;
  }
  Registration longer = honest;
  longer.attestation_object += '\0';
  EXPECT_EQ(refusal_of(longer), WebauthnRefusal::malformed);
  for (const char* wrong : {"", "{}", "[]", "null", "{\"type\":7}"}) {
    Registration sent = honest;
    sent.client_data = wrong;
    EXPECT_FALSE(check_registration(sent, kChallenge, kUs)) << wrong;
  }
  Registration huge = honest;
  huge.client_data = std::string(1'000'000, ' ');
  EXPECT_EQ(refusal_of(huge), WebauthnRefusal::malformed);
}

TEST(RelyingParty, IsTheHostOfAnOrigin) {
  EXPECT_EQ(relying_party_of("https://motcua.example.vn").id, "motcua.example.vn");
  EXPECT_EQ(relying_party_of("https://motcua.example.vn:8443/desk").id, "motcua.example.vn");
  EXPECT_EQ(relying_party_of("https://motcua.example.vn:8443/desk").origin,
            "https://motcua.example.vn:8443");
  EXPECT_EQ(relying_party_of("http://localhost:8080").id, "localhost");
  EXPECT_EQ(relying_party_of("http://[::1]:8080").id, "[::1]");
  EXPECT_EQ(relying_party_of("nowhere").id, "");
}

TEST(CoseKey, RefusesPointsThatAreNotOnTheCurveAndOtherAlgorithms) {
  const Authenticator device{CoseAlgorithm::es256};
  auto read = read_cbor(device.cose());
  ASSERT_TRUE(read);
  const auto refusal = [](const CborItem& map) {
    const auto key = CoseKey::of(map);
    return key ? std::optional<CoseRefusal>{} : std::optional{key.error()};
  };
  const auto with = [&](std::int64_t member, CborItem value) {
    CborItem changed = read->item;
    for (auto& [key, old] : changed.members) {
      if (key.integer == member) old = value;
    }
    return changed;
  };
  EXPECT_FALSE(refusal(read->item).has_value());
  EXPECT_EQ(refusal(with(-3, test::bytes(std::string(32, '\x01')))), CoseRefusal::not_on_curve);
  EXPECT_EQ(refusal(with(-2, test::bytes(std::string(31, '\x01')))), CoseRefusal::not_a_key);
  EXPECT_EQ(refusal(with(-2, test::integer(1))), CoseRefusal::not_a_key);
  EXPECT_EQ(refusal(with(3, test::integer(-257))), CoseRefusal::unknown_algorithm);  // RS256
  EXPECT_EQ(refusal(with(3, test::integer(-8))), CoseRefusal::unknown_algorithm);
  EXPECT_EQ(refusal(with(-1, test::integer(2))), CoseRefusal::unknown_algorithm);
  EXPECT_EQ(refusal(test::text("key")), CoseRefusal::not_a_key);
  EXPECT_FALSE(CoseKey::parse(device.cose() + "x"));
}

}  // namespace
}  // namespace identity
