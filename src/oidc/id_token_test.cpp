// What a token says against what the sign-in asked: one line for each way to be wrong.
#include "oidc/id_token.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "oidc/signature.h"

namespace oidc {
namespace {

constexpr std::int64_t kNow = 1'790'000'000;

TokenDemands demands() {
  TokenDemands wanted;
  wanted.issuer = "https://login.example.vn";
  wanted.client_id = "motcua";
  wanted.nonce = "n-1";
  wanted.access_token = "at-1";
  wanted.now = Moment{std::chrono::seconds{kNow}};
  return wanted;
}

base::json::object claims() {
  return {{"iss", "https://login.example.vn"},
          {"aud", "motcua"},
          {"sub", "s-1"},
          {"exp", kNow + 300},
          {"iat", kNow - 5},
          {"nonce", "n-1"}};
}

// With one member replaced by the JSON text, or taken out.
base::json::object with(const char* name, const char* json) {
  base::json::object changed = claims();
  if (json == nullptr) {
    changed.erase(name);
  } else {
    changed[name] = boost::json::parse(json);
  }
  return changed;
}

TEST(IdToken, OfThisProviderForUsNowIsBelieved) {
  const auto token = check_claims(claims(), Algorithm::rs256, demands());
  ASSERT_TRUE(token.has_value());
  EXPECT_EQ(token->subject, "s-1");
}

TEST(IdToken, IsRefusedForEachThingItSaysWrongly) {
  struct Case {
    const char* name;
    const char* json;
    Rejection why;
  };
  const Case cases[] = {
      {"iss", nullptr, Rejection::claim_missing},
      {"iss", R"("https://login.example.vn/")", Rejection::issuer_wrong},
      {"iss", R"("https://LOGIN.example.vn")", Rejection::issuer_wrong},
      {"iss", R"("https://login.example.vn\u0000")", Rejection::issuer_wrong},
      {"iss", R"("https://log\u0131n.example.vn")", Rejection::issuer_wrong},
      {"iss", R"(["https://login.example.vn"])", Rejection::issuer_wrong},
      {"aud", nullptr, Rejection::claim_missing},
      {"aud", R"("other")", Rejection::audience_wrong},
      {"aud", R"("Motcua")", Rejection::audience_wrong},
      {"aud", "[]", Rejection::audience_wrong},
      {"aud", "7", Rejection::audience_wrong},
      {"aud", R"(["motcua",7])", Rejection::audience_wrong},
      {"aud", R"(["motcua","other"])", Rejection::audience_wrong},
      {"azp", R"("other")", Rejection::authorized_party_wrong},
      {"azp", R"(["motcua"])", Rejection::authorized_party_wrong},
      {"exp", nullptr, Rejection::claim_missing},
      {"exp", "1789999900", Rejection::expired},
      {"exp", R"("1790000300")", Rejection::token_malformed},
      {"exp", "-1", Rejection::token_malformed},
      {"exp", "1e300", Rejection::token_malformed},
      {"iat", nullptr, Rejection::claim_missing},
      {"iat", "1790000100", Rejection::issued_in_future},
      {"iat", "1789990000", Rejection::issued_long_ago},
      {"nbf", "1790000100", Rejection::not_yet_valid},
      {"nbf", "true", Rejection::token_malformed},
      {"nonce", nullptr, Rejection::nonce_wrong},
      {"nonce", R"("n-2")", Rejection::nonce_wrong},
      {"nonce", R"(["n-1"])", Rejection::nonce_wrong},
      {"at_hash", R"("AAAA")", Rejection::access_token_hash_wrong},
      {"at_hash", "7", Rejection::access_token_hash_wrong},
      {"sub", nullptr, Rejection::claim_missing},
      {"sub", R"("")", Rejection::token_malformed},
      {"sub", R"("a\u0000b")", Rejection::token_malformed},
      {"sub", "7", Rejection::token_malformed},
  };
  for (const Case& one : cases) {
    const auto token = check_claims(with(one.name, one.json), Algorithm::rs256, demands());
    const std::string shown = std::string{one.name} + " " + (one.json ? one.json : "(absent)");
    ASSERT_FALSE(token.has_value()) << shown;
    EXPECT_EQ(token.error(), one.why) << shown << ": " << to_text(token.error());
  }
}

TEST(IdToken, ForSeveralNeedsThatWeTrustThemAndThatItSaysWhoUsesIt) {
  TokenDemands wanted = demands();
  wanted.other_audiences = {"portal"};
  base::json::object both = with("aud", R"(["motcua","portal"])");
  const auto without = check_claims(both, Algorithm::rs256, wanted);
  ASSERT_FALSE(without.has_value());
  EXPECT_EQ(without.error(), Rejection::authorized_party_wrong);
  both["azp"] = "motcua";
  EXPECT_TRUE(check_claims(both, Algorithm::rs256, wanted).has_value());
}

TEST(IdToken, MayBeALittleOffOurClock) {
  for (const auto& [name, json] : {std::pair{"exp", "1789999950"}, std::pair{"iat", "1790000050"},
                                   std::pair{"nbf", "1790000050"}}) {
    EXPECT_TRUE(check_claims(with(name, json), Algorithm::rs256, demands()).has_value()) << name;
  }
}

TEST(IdToken, HoldsTheHashOfItsAccessToken) {
  base::json::object bound = claims();
  bound["at_hash"] = half_hash(Algorithm::eddsa, "at-1");
  EXPECT_TRUE(check_claims(bound, Algorithm::eddsa, demands()).has_value());
  EXPECT_FALSE(check_claims(bound, Algorithm::rs256, demands()).has_value());
}

TEST(IdToken, IsAsSureAndAsFreshAsAsked) {
  TokenDemands wanted = demands();
  wanted.contexts = {"LoA2", "LoA3"};
  const auto level = check_claims(with("acr", R"("LoA1")"), Algorithm::rs256, wanted);
  ASSERT_FALSE(level.has_value());
  EXPECT_EQ(level.error(), Rejection::level_too_low);
  EXPECT_TRUE(check_claims(with("acr", R"("LoA3")"), Algorithm::rs256, wanted).has_value());
  wanted = demands();
  wanted.authenticated_within = std::chrono::seconds{60};
  EXPECT_FALSE(check_claims(claims(), Algorithm::rs256, wanted).has_value());
  EXPECT_FALSE(check_claims(with("auth_time", "1789990000"), Algorithm::rs256, wanted).has_value());
  EXPECT_TRUE(check_claims(with("auth_time", "1789999990"), Algorithm::rs256, wanted).has_value());
}

}  // namespace
}  // namespace oidc
