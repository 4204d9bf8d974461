// Tokens and keys: the published vectors, and everything that is not quite a token.
#include "oidc/jws.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "oidc/base64url.h"
#include "oidc/signature.h"
#include "oidc/strict_json.h"
#include "oidc/test_signer.h"

namespace oidc {
namespace {

const std::vector<Algorithm> kAll{Algorithm::rs256, Algorithm::ps256, Algorithm::es256,
                                  Algorithm::eddsa};

// RFC 7515 appendix A.2 and A.3, RFC 8037 appendix A.4.
constexpr const char* kJoe =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlf"
    "Q";
constexpr const char* kRsaSet =
    R"({"keys":[{"kty":"RSA","kid":"a2","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}]})";
constexpr const char* kRsaSignature =
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_"
    "O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjt"
    "QBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-"
    "eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igc"
    "N_IoypGlUPQGe77Rw";
constexpr const char* kEcSet =
    R"({"keys":[{"kty":"EC","kid":"a3","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})";
constexpr const char* kEcSignature =
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
constexpr const char* kEdSet =
    R"({"keys":[{"kty":"OKP","kid":"a4","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})";
constexpr const char* kEdSignature =
    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

// Made once: such a key takes a while.
const TestSigner& rsa_signer() {
  static const TestSigner kept(KeyKind::rsa, "k1");
  return kept;
}

JwkSet keys_of(std::string_view json) {
  auto set = JwkSet::parse(json);
  EXPECT_TRUE(set.has_value()) << json;
  return set ? *set : JwkSet{};
}

bool holds(Algorithm algorithm, const char* set, const std::string& text, const char* signature) {
  const JwkSet keys = keys_of(set);
  return verify_signature(algorithm, keys.keys().at(0), text, from_base64url(signature).value())
      .has_value();
}

Rejection refusal_of(const std::string& token, const std::vector<Algorithm>& allowed = kAll) {
  const auto read = Jws::read(token, allowed);
  EXPECT_FALSE(read.has_value());
  return read ? Rejection::not_enrolled : read.error();
}

TEST(Signatures, OfThePublishedExamplesHold) {
  EXPECT_TRUE(
      holds(Algorithm::rs256, kRsaSet, std::string{"eyJhbGciOiJSUzI1NiJ9."} + kJoe, kRsaSignature));
  EXPECT_TRUE(
      holds(Algorithm::es256, kEcSet, std::string{"eyJhbGciOiJFUzI1NiJ9."} + kJoe, kEcSignature));
  EXPECT_TRUE(holds(Algorithm::eddsa, kEdSet,
                    "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc", kEdSignature));
  EXPECT_FALSE(
      holds(Algorithm::ps256, kRsaSet, std::string{"eyJhbGciOiJSUzI1NiJ9."} + kJoe, kRsaSignature));
  EXPECT_FALSE(holds(Algorithm::rs256, kRsaSet, std::string{"eyJhbGciOiJSUzI1NiJ9."} + kJoe + "a",
                     kRsaSignature));
}

TEST(Signatures, OfEachAlgorithmHoldUnderTheirOwnKeyOnly) {
  for (const auto& [algorithm, kind] :
       {std::pair{Algorithm::rs256, KeyKind::rsa}, std::pair{Algorithm::ps256, KeyKind::rsa},
        std::pair{Algorithm::es256, KeyKind::ec_p256},
        std::pair{Algorithm::eddsa, KeyKind::ed25519}}) {
    const TestSigner signer(kind, "k1");
    const TestSigner other(kind, "k1");
    const auto jws = Jws::read(signer.token(algorithm, R"({"sub":"a"})"), kAll);
    ASSERT_TRUE(jws.has_value()) << to_text(algorithm);
    const auto claims = jws->verify(keys_of(signer.set_json()));
    ASSERT_TRUE(claims.has_value()) << to_text(algorithm);
    EXPECT_EQ(base::string_or(*claims, "sub"), "a");
    const auto wrong = jws->verify(keys_of(other.set_json()));
    ASSERT_FALSE(wrong.has_value());
    EXPECT_EQ(wrong.error(), Rejection::signature_wrong);
  }
}

TEST(Signatures, OfTheWrongLengthOrOfNothingAreWrong) {
  const TestSigner signer(KeyKind::ec_p256, "k1");
  const JwkSet keys = keys_of(signer.set_json());
  const std::string good = signer.signature(Algorithm::es256, "text");
  const Jwk& key = keys.keys().at(0);
  EXPECT_TRUE(verify_signature(Algorithm::es256, key, "text", good).has_value());
  for (const std::string& bad : {std::string(64, '\0'), std::string(32, '\0') + good.substr(32),
                                 good.substr(0, 32) + std::string(32, '\0'), good.substr(0, 63),
                                 good + '\0', std::string{}, std::string(64, '\xff')}) {
    EXPECT_FALSE(verify_signature(Algorithm::es256, key, "text", bad).has_value());
  }
}

TEST(Keys, OffTheirCurveVerifyNothing) {
  const JwkSet keys = keys_of(
      R"({"keys":[{"kty":"EC","kid":"a3","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"}]})");
  const auto verified =
      verify_signature(Algorithm::es256, keys.keys().at(0), "a", std::string(64, '\x01'));
  ASSERT_FALSE(verified.has_value());
  EXPECT_EQ(verified.error(), Rejection::key_unfit);
}

TEST(Keys, ThatCannotVerifyAreSkipped) {
  for (
      const char* key :
      {R"({"kty":"oct","kid":"a","k":"AAAA"})", R"({"kty":"RSA","kid":"a","n":"AQAB","e":"AQAB"})",
       R"({"kty":"EC","kid":"a","crv":"P-384","x":"AAAA","y":"AAAA"})",
       R"({"kty":"OKP","kid":"a","crv":"X25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})",
       R"({"kty":"OKP","kid":"a","crv":"Ed25519","use":"enc","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})",
       R"({"kty":"OKP","kid":"a","crv":"Ed25519","key_ops":["sign"],"x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})",
       R"({"kty":"OKP","kid":"a","crv":"Ed25519","alg":"HS256","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})",
       R"({"kty":"OKP","kid":"a","crv":"Ed25519","alg":"RS256","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})",
       R"({"kty":"OKP","kid":"a","crv":"Ed25519","d":"AAAA","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})",
       R"({"kid":"a"})"}) {
    EXPECT_THAT(keys_of(std::string{R"({"keys":[)"} + key + "]}").keys(), testing::IsEmpty())
        << key;
  }
}

TEST(Keys, AreNoSetWhereTwoShareANameOrSomethingIsNoKey) {
  const TestSigner one(KeyKind::ec_p256, "k1");
  const TestSigner two(KeyKind::ed25519, "k1");
  for (const std::string& set :
       {R"({"keys":[)" + one.jwk_json() + "," + two.jwk_json() + "]}", std::string{"{}"},
        std::string{R"({"keys":{}})"}, std::string{R"({"keys":["a"]})"}, std::string{"[]"},
        std::string{R"({"keys":[],"keys":[]})"}, std::string(300'000, ' ')}) {
    EXPECT_FALSE(JwkSet::parse(set).has_value()) << set.substr(0, 80);
  }
  std::string many = one.jwk_json();
  for (int i = 0; i < 64; ++i) many += R"(,{"kty":"oct"})";
  EXPECT_FALSE(JwkSet::parse(R"({"keys":[)" + many + "]}").has_value());
}

TEST(Tokens, NameAnAlgorithmThatIsAllowedInItsOwnSpelling) {
  const TestSigner& signer = rsa_signer();
  for (const char* name : {"none", "None", "NONE", "nOnE", "", "HS256", "HS512", "rs256", "RS256 ",
                           "RS384", "RS512", "ES384", "Ed25519", "ES256K"}) {
    const std::string header = std::string{R"({"kid":"k1","alg":")"} + name + R"("})";
    EXPECT_EQ(refusal_of(signer.token(Algorithm::rs256, header, "{}")),
              Rejection::algorithm_not_allowed)
        << name;
  }
  EXPECT_EQ(refusal_of(signer.token(Algorithm::rs256, R"({"kid":"k1","alg":["RS256"]})", "{}")),
            Rejection::algorithm_not_allowed);
  EXPECT_EQ(refusal_of(signer.token(Algorithm::rs256, "{}"), {Algorithm::ps256}),
            Rejection::algorithm_not_allowed);
}

TEST(Tokens, BringNoKeyAndNoMeaningOfTheirOwn) {
  const TestSigner& signer = rsa_signer();
  for (const char* member : {R"("jku":"https://evil.example")", R"("jwk":{})", R"("x5u":"a")",
                             R"("x5c":["a"])", R"("zip":"DEF")", R"("cty":"JWT")", R"("b64":false)",
                             R"("typ":"at+jwt")", R"("typ":["JWT"])"}) {
    const std::string header = std::string{R"({"alg":"RS256","kid":"k1",)"} + member + "}";
    EXPECT_EQ(refusal_of(signer.token(Algorithm::rs256, header, "{}")), Rejection::header_forbidden)
        << member;
  }
  for (const char* crit : {R"(["exp"])", "[]", R"("b64")"}) {
    const std::string header = std::string{R"({"alg":"RS256","kid":"k1","crit":)"} + crit + "}";
    EXPECT_EQ(refusal_of(signer.token(Algorithm::rs256, header, "{}")),
              Rejection::critical_unknown);
  }
}

TEST(Tokens, NameTheirKeyExactly) {
  const TestSigner& signer = rsa_signer();
  const JwkSet keys = keys_of(signer.set_json());
  for (const char* kid : {R"("../k1")", R"("K1")", R"("k1 ")", R"("")", "1", R"(["k1"])", "null"}) {
    const std::string header = std::string{R"({"alg":"RS256","kid":)"} + kid + "}";
    const auto jws = Jws::read(signer.token(Algorithm::rs256, header, "{}"), kAll);
    const auto claims =
        jws ? jws->verify(keys) : Checked<base::json::object>{base::Failure{jws.error()}};
    ASSERT_FALSE(claims.has_value()) << kid;
    EXPECT_EQ(claims.error(), Rejection::key_unknown) << kid;
  }
  EXPECT_EQ(refusal_of(signer.token(Algorithm::rs256, R"({"alg":"RS256"})", "{}")),
            Rejection::key_unknown);
}

TEST(Tokens, HaveThreePartsInOneSpelling) {
  const TestSigner& signer = rsa_signer();
  const std::string good = signer.token(Algorithm::rs256, R"({"sub":"a"})");
  const std::size_t dot = good.rfind('.');
  for (const std::string& bad :
       {std::string{}, std::string{"a.b"}, std::string{".."}, good + ".", good + ".a", good + "=",
        " " + good, good + "\n",
        good.substr(0, dot) + "." + good.substr(dot + 1, 5) + "+" + good.substr(dot + 7),
        good.substr(0, dot), std::string(20'000, 'a')}) {
    EXPECT_EQ(refusal_of(bad), Rejection::token_malformed) << bad.substr(0, 30);
  }
  EXPECT_EQ(refusal_of(good.substr(0, dot + 1)), Rejection::signature_wrong);
  for (const char* header :
       {R"({"alg":"none","alg":"RS256","kid":"k1"})",
        R"({"alg":"RS256","kid":"k1"} )"
        "x",
        "[]", "\"RS256\"", R"({"alg":"RS256","kid":"k1","a":{"b":{"c":{"d":{"e":1}}}}})",
        "{\"alg\":\"RS256\",\"\xff\":1}"}) {
    EXPECT_EQ(refusal_of(signer.token(Algorithm::rs256, header, "{}")), Rejection::token_malformed)
        << header;
  }
}

TEST(Tokens, SayNothingTwice) {
  const TestSigner signer(KeyKind::ed25519, "k1");
  const JwkSet keys = keys_of(signer.set_json());
  for (const char* payload :
       {R"({"sub":"a","sub":"b"})", R"({"sub":"a","\u0073ub":"b"})", R"({"a":{"b":1,"b":2}})", "[]",
        "", R"({"a":[[[[[[[[[[]]]]]]]]]]})"}) {
    const auto jws = Jws::read(signer.token(Algorithm::eddsa, payload), kAll);
    ASSERT_TRUE(jws.has_value());
    EXPECT_FALSE(jws->verify(keys).has_value()) << payload;
  }
}

TEST(Base64url, HasOneSpellingForEachText) {
  for (int length = 0; length < 40; ++length) {
    std::string bytes;
    for (int i = 0; i < length; ++i) bytes.push_back(static_cast<char>(i * 37 + length));
    EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes);
  }
  for (const char* bad : {"a", "ab==", "a b", "ab+", "ab/", "AB", "AAB", "AA=", "\xc3\xa1"}) {
    EXPECT_EQ(from_base64url(bad), std::nullopt) << bad;
  }
  EXPECT_EQ(from_base64("aGk=\n"), "hi");
  EXPECT_EQ(from_base64("aGk"), std::nullopt);
}

TEST(HalfHash, IsThatOfThePublishedExample) {
  // OpenID Connect Core 1.0, appendix A.3.
  EXPECT_EQ(half_hash(Algorithm::rs256, "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"),
            "77QmUPtjPfzWtF2AnpK9RQ");
}

TEST(WholeNumbers, AreNoHalvesAndNoGiants) {
  const auto number = [](const char* text) { return whole_number(boost::json::parse(text)); };
  EXPECT_EQ(number("17"), 17);
  EXPECT_EQ(number("17.0"), 17);
  EXPECT_EQ(number("1.7e9"), 1'700'000'000);
  for (const char* bad : {"17.5", "1e300", "-1e300", "18446744073709551615", "\"17\"", "true"}) {
    EXPECT_EQ(number(bad), std::nullopt) << bad;
  }
}

}  // namespace
}  // namespace oidc
