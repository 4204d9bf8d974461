// Leaving for the provider and coming back: whose attempt it is, and what the answer may say.
#include "oidc/attempt.h"

#include <gtest/gtest.h>

#include "base/sha256.h"
#include "oidc/authorization.h"
#include "oidc/base64url.h"
#include "oidc/exchange.h"

namespace oidc {
namespace {

const Moment kNow{std::chrono::seconds{1'790'000'000}};

Provider provider() {
  Provider one;
  one.id = "vneid";
  one.issuer = "https://login.example.vn";
  one.client_id = "motcua";
  one.scopes = {"openid", "profile"};
  return one;
}

Metadata metadata(bool names_itself = true) {
  return {.endpoints = {.authorization = "https://login.example.vn/auth",
                        .token = "https://login.example.vn/token",
                        .userinfo = "https://login.example.vn/me",
                        .keys = "https://login.example.vn/jwks",
                        .end_session = "https://login.example.vn/end"},
          .names_itself = names_itself};
}

class Attempts : public testing::Test {
 protected:
  base::SeededRandom random_{7};
  AttemptKey key_{std::string(32, 'k')};
  Attempt attempt_ = begin_attempt("vneid", Audience::citizens, "/theo-doi", kNow, random_);
};

TEST_F(Attempts, ComeBackAsTheyLeft) {
  const auto opened = key_.open(key_.cookie(attempt_), kNow + std::chrono::minutes{9});
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ(opened->provider, "vneid");
  EXPECT_EQ(opened->return_to, "/theo-doi");
  EXPECT_EQ(key_.state(*opened), key_.state(attempt_));
  EXPECT_EQ(key_.state(attempt_).size(), 43U);
}

TEST_F(Attempts, EndAfterTenMinutes) {
  const auto opened = key_.open(key_.cookie(attempt_), kNow + kAttemptLives);
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error(), Rejection::attempt_expired);
}

TEST_F(Attempts, OfAnotherMakingAreNone) {
  const std::string cookie = key_.cookie(attempt_);
  for (std::size_t i = 0; i < cookie.size(); ++i) {
    std::string changed = cookie;
    changed[i] = changed[i] == 'a' ? 'b' : 'a';
    EXPECT_FALSE(key_.open(changed, kNow).has_value()) << i;
  }
  EXPECT_FALSE(AttemptKey{std::string(32, 'x')}.open(cookie, kNow).has_value());
  EXPECT_FALSE(key_.open("", kNow).has_value());
  EXPECT_FALSE(key_.open(".", kNow).has_value());
  EXPECT_FALSE(key_.open(std::string(5000, '.'), kNow).has_value());
}

TEST_F(Attempts, ShareNothingWithEachOther) {
  const Attempt other = begin_attempt("vneid", Audience::citizens, "/theo-doi", kNow, random_);
  EXPECT_NE(key_.state(attempt_), key_.state(other));
  EXPECT_NE(key_.state(attempt_), key_.nonce(attempt_));
  EXPECT_NE(key_.nonce(attempt_), key_.verifier(attempt_));
}

TEST_F(Attempts, ReturnToAPathOfThisServerOnly) {
  for (const char* place : {"https://evil.example", "//evil.example", "/\\evil.example", "", "a",
                            "/a\r\nSet-Cookie: b", "/a b", "javascript:alert(1)", "/a#b"}) {
    EXPECT_EQ(begin_attempt("a", Audience::citizens, place, kNow, random_).return_to, "/") << place;
  }
  EXPECT_EQ(begin_attempt("a", Audience::citizens, "/nop/1?x=2", kNow, random_).return_to,
            "/nop/1?x=2");
}

TEST_F(Attempts, AskWithEverythingThatBindsTheAnswer) {
  const std::string address = authorization_address(provider(), metadata(), attempt_, key_,
                                                    "https://motcua.example.vn/back");
  const auto asked = parse_query(address.substr(address.find('?') + 1), PlusSign::blank);
  ASSERT_TRUE(asked.has_value());
  EXPECT_EQ(only_one(*asked, "response_type"), "code");
  EXPECT_EQ(only_one(*asked, "scope"), "openid profile");
  EXPECT_EQ(only_one(*asked, "state"), key_.state(attempt_));
  EXPECT_EQ(only_one(*asked, "nonce"), key_.nonce(attempt_));
  EXPECT_EQ(only_one(*asked, "code_challenge_method"), "S256");
  std::string hashed;
  for (const std::byte one : base::sha256(key_.verifier(attempt_))) {
    hashed.push_back(static_cast<char>(one));
  }
  EXPECT_EQ(only_one(*asked, "code_challenge"), to_base64url(hashed));
}

TEST(AuthorizationResponse, IsRefusedBeforeItsErrorIsRead) {
  struct Case {
    const char* query;
    Rejection why;
  };
  const Case cases[] = {
      {"", Rejection::state_mismatch},
      {"code=c&iss=https://login.example.vn", Rejection::state_mismatch},
      {"code=c&state=t&iss=https://login.example.vn", Rejection::state_mismatch},
      {"state=t&error=access_denied", Rejection::state_mismatch},
      {"code=c&state=s", Rejection::issuer_missing},
      {"code=c&state=s&iss=https://other.example.vn", Rejection::issuer_mismatch},
      {"code=c&state=s&iss=https://login.example.vn/", Rejection::issuer_mismatch},
      {"error=access_denied&state=s&iss=https://login.example.vn", Rejection::provider_error},
      {"error=x&code=c&state=s&iss=https://login.example.vn", Rejection::provider_error},
      {"state=s&iss=https://login.example.vn", Rejection::response_malformed},
      {"code=c&code=d&state=s&iss=https://login.example.vn", Rejection::response_malformed},
      {"code=c&state=s&state=s&iss=https://login.example.vn", Rejection::response_malformed},
      {"code=%zz&state=s", Rejection::response_malformed},
  };
  for (const Case& one : cases) {
    const auto answer = read_authorization_response(one.query, provider(), metadata(), "s");
    ASSERT_FALSE(answer.has_value()) << one.query;
    EXPECT_EQ(answer.error(), one.why) << one.query << ": " << to_text(answer.error());
  }
  const auto good = read_authorization_response("code=a%2Bb+c&state=s&iss=https://login.example.vn",
                                                provider(), metadata(), "s");
  ASSERT_TRUE(good.has_value());
  EXPECT_EQ(good->code, "a+b c");
}

TEST(AuthorizationResponse, OfVneidKeepsThePlusSignsOfItsCode) {
  Provider direct = provider();
  direct.dialect = Dialect::vneid;
  const auto answer = read_authorization_response("code=ab+/c==&encrypt_key=x+y&state=s", direct,
                                                  metadata(false), "s");
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->code, "ab+/c==");
  const WebRequest request =
      token_request(direct, metadata(false), *answer, "", "https://motcua.example.vn/back", "z");
  EXPECT_NE(request.form.find("code=ab%2B%2Fc%3D%3D&"), std::string::npos);
  EXPECT_NE(request.form.find("encrypt_key=x%2By"), std::string::npos);
}

TEST(TokenReply, IsATokenOfTheRightTypeOrNothing) {
  const auto read = [](int status, const char* body) {
    return read_token_reply({.status = status, .media_type = "application/json", .body = body},
                            body, Dialect::standard);
  };
  EXPECT_TRUE(read(200, R"({"access_token":"a","token_type":"Bearer","id_token":"i"})"));
  for (const char* body :
       {"", "[]", R"({"access_token":"a","token_type":"Bearer"})",
        R"({"access_token":"a","token_type":"mac","id_token":"i"})",
        R"({"access_token":"a b","token_type":"Bearer","id_token":"i"})",
        R"({"access_token":"a","access_token":"b","token_type":"Bearer","id_token":"i"})"}) {
    EXPECT_FALSE(read(200, body)) << body;
  }
  EXPECT_FALSE(read(302, R"({"access_token":"a","token_type":"Bearer","id_token":"i"})"));
  EXPECT_EQ(read(400, R"({"error":"invalid_grant"})").error(), Rejection::token_refused);
}

TEST(Userinfo, IsOfThePersonOfTheToken) {
  const auto read = [](const char* body) {
    return read_userinfo({.status = 200, .media_type = "application/json", .body = body}, body,
                         "s-1");
  };
  EXPECT_TRUE(read(R"({"sub":"s-1","name":"A"})"));
  EXPECT_EQ(read(R"({"sub":"s-2"})").error(), Rejection::subject_mismatch);
  EXPECT_EQ(read(R"({"name":"A"})").error(), Rejection::subject_mismatch);
  EXPECT_EQ(read(R"({"sub":"s-1","sub":"s-2"})").error(), Rejection::userinfo_invalid);
}

TEST(Metadata, NamesThisIssuerAndItsOwnHosts) {
  const auto read = [](std::string json) {
    const auto put = [&](const char* what, const char* with) {
      json.replace(json.find(what), std::string_view{what}.size(), with);
    };
    if (json.find("@") != std::string::npos) put("@", "https://login.example.vn");
    return read_metadata(json, provider());
  };
  const std::string good =
      R"({"issuer":"@","authorization_endpoint":"https://login.example.vn/a",
          "token_endpoint":"https://login.example.vn/t","jwks_uri":"https://login.example.vn/k",
          "authorization_response_iss_parameter_supported":true})";
  const auto all = read(good);
  ASSERT_TRUE(all.has_value());
  EXPECT_TRUE(all->names_itself);
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string json = good;
    json.replace(json.find(from), from.size(), to);
    return read(json).has_value();
  };
  EXPECT_FALSE(changed("\"@\"", "\"https://login.example.vn/\""));
  EXPECT_FALSE(changed("https://login.example.vn/t", "https://evil.example/t"));
  EXPECT_FALSE(changed("https://login.example.vn/t", "http://login.example.vn/t"));
  EXPECT_FALSE(changed("https://login.example.vn/t", "https://login.example.vn@evil.example/t"));
  EXPECT_FALSE(changed("https://login.example.vn/k", "https://login.example.vn.evil.example/k"));
  EXPECT_FALSE(changed("\"token_endpoint\"", "\"x\""));
}

}  // namespace
}  // namespace oidc
