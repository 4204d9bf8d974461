// Whom the claims of each dialect tell of, and the configuration that says which dialect it is.
#include "oidc/dialect.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace oidc {
namespace {

Provider of(Dialect dialect) {
  Provider provider;
  provider.dialect = dialect;
  provider.issuer = "https://sso.example.vn";
  return provider;
}

Checked<SignedInPerson> read(const Provider& provider, const char* claims) {
  return read_person(provider, boost::json::parse(claims).get_object(), "s");
}

TEST(Vnconnect, TellsOfAPersonByTheIdentityNumber) {
  const auto person = read(of(Dialect::vnconnect), R"({"sub":"s","TechID":"T1","LoaiTaiKhoan":1,
    "HoVaTen":"  NGUYỄN   VĂN AN ","SoDinhDanh":"040090000011","NgayThangNamSinh":"19900501",
    "SoDienThoai":"84912345678","ThuDienTu":"an@example.vn","loAs":"LoA2"})");
  ASSERT_TRUE(person.has_value());
  EXPECT_EQ(person->key(), "040090000011");
  EXPECT_EQ(person->field("full_name"), "NGUYỄN VĂN AN");
  EXPECT_EQ(person->field("birth_date"), "1990-05-01");
  EXPECT_EQ(person->field("phone"), "0912345678");
  EXPECT_EQ(person->claims.at("phone"), "SoDienThoai");
  EXPECT_EQ(person->level, 2);
}

TEST(Vnconnect, TellsOfAnEnterpriseByItsTaxCodeNotByWhoeverSignsIn) {
  const auto firm = read(of(Dialect::vnconnect), R"({"TechID":"T2","LoaiTaiKhoan":"2",
    "HoVaTen":"Nguyễn Văn An","SoDinhDanh":"040090000011","TenDoanhNghiep":"Công ty A",
    "MaSoThue":"0100109106"})");
  ASSERT_TRUE(firm.has_value());
  EXPECT_EQ(firm->kind, PersonKind::enterprise);
  EXPECT_EQ(firm->key(), "0100109106");
  EXPECT_EQ(firm->applicant_number(), "0100109106");
  EXPECT_EQ(firm->field("full_name"), "Công ty A");
}

TEST(Vnconnect, TellsOfAnOrganisationByItsTechnicalNumber) {
  const auto body =
      read(of(Dialect::vnconnect), R"({"TechID":"T3","LoaiTaiKhoan":3,"TenDoanhNghiep":"Hội B"})");
  ASSERT_TRUE(body.has_value());
  EXPECT_EQ(body->key(), "T3");
  EXPECT_EQ(body->applicant_number(), "");
}

TEST(Vnconnect, TellsOfNobodyWithoutANumberOrAKnownKindOfAccount) {
  for (const char* claims :
       {R"({"LoaiTaiKhoan":1,"HoVaTen":"An"})", R"({"LoaiTaiKhoan":1,"SoDinhDanh":"12345"})",
        R"({"LoaiTaiKhoan":1,"SoDinhDanh":"040090000011x"})",
        R"({"LoaiTaiKhoan":1,"SoDinhDanh":["040090000011"]})",
        R"({"LoaiTaiKhoan":9,"SoDinhDanh":"040090000011"})", R"({"SoDinhDanh":"040090000011"})",
        R"({"LoaiTaiKhoan":2,"SoDinhDanh":"040090000011"})", "{}"}) {
    const auto person = read(of(Dialect::vnconnect), claims);
    ASSERT_FALSE(person.has_value()) << claims;
    EXPECT_EQ(person.error(), Rejection::no_identity) << claims;
  }
}

TEST(Vnconnect, HoldsVneidToTheLowerOfItsTwoLevels) {
  Provider provider = of(Dialect::vnconnect);
  provider.level = 2;
  const char* low =
      R"({"LoaiTaiKhoan":1,"SoDinhDanh":"040090000011","loginIdp":"BCA","loAs":["LoA2"],
                        "IAL":1})";
  const auto person = read(provider, low);
  ASSERT_FALSE(person.has_value());
  EXPECT_EQ(person.error(), Rejection::level_too_low);
  EXPECT_TRUE(
      read(provider, R"({"LoaiTaiKhoan":1,"SoDinhDanh":"040090000011","loAs":["LoA1","LoA2"],
                        "IAL":2})"));
  EXPECT_FALSE(read(provider, R"({"LoaiTaiKhoan":1,"SoDinhDanh":"040090000011"})"));
}

TEST(Vnconnect, SignsOutAtHostsOfItsOwnOnly) {
  Provider provider = of(Dialect::vnconnect);
  const char* claims = R"({"LoaiTaiKhoan":1,"SoDinhDanh":"040090000011",
                           "logoutUri":"https://sso.dancuquocgia.gov.vn/logout?token_id=1"})";
  EXPECT_EQ(read(provider, claims)->sign_out, "");
  provider.hosts = {"sso.dancuquocgia.gov.vn"};
  EXPECT_EQ(read(provider, claims)->sign_out, "https://sso.dancuquocgia.gov.vn/logout?token_id=1");
}

TEST(Vneid, TellsOfAPerson) {
  const auto person = read(of(Dialect::vneid), R"({"citizenPid":"040090000011",
    "fullName":"Nguyễn Văn An","birthDate":"01/05/1990","accountType":"1","accountLevel":2})");
  ASSERT_TRUE(person.has_value());
  EXPECT_EQ(person->key(), "040090000011");
  EXPECT_EQ(person->field("birth_date"), "1990-05-01");
  EXPECT_EQ(person->level, 2);
}

TEST(StandardDialect, TakesWhatTheConfigurationNames) {
  Provider provider = of(Dialect::standard);
  provider.claims = {{"personal_id", "national_id"}};
  const auto person = read(provider, R"({"name":"An","national_id":"040090000011",
    "personal_id":"040090000099","email":"an@example.vn","email_verified":false,
    "address":{"formatted":"Vinh"}})");
  ASSERT_TRUE(person.has_value());
  EXPECT_EQ(person->key(), "040090000011");
  EXPECT_EQ(person->field("email"), "");
  EXPECT_FALSE(person->claims.contains("email"));
  EXPECT_EQ(person->field("address"), "Vinh");
}

constexpr const char* kConfiguration = R"({"format":"motcua-identity-providers/1","providers":[
  {"id":"sso","name":{"vi":"SSO tỉnh"},"issuer":"https://sso.example.vn","client_id":"motcua",
   "secret_env":"SSO_SECRET","algorithms":["RS256","ES256"],"for":["citizens","officers"],
   "officers":{"040090000011":"an.nv"}}]})";

TEST(Configuration, IsReadWithItsDefaults) {
  const auto providers = read_providers(boost::json::parse(kConfiguration));
  ASSERT_TRUE(providers.has_value()) << providers.error().message;
  const Provider& one = providers->at(0);
  EXPECT_EQ(one.metadata, "https://sso.example.vn/.well-known/openid-configuration");
  EXPECT_EQ(one.name.en, "SSO tỉnh");
  EXPECT_TRUE(one.pkce);
  EXPECT_EQ(one.scopes, std::vector<std::string>{"openid"});
  EXPECT_EQ(one.officers.at("040090000011"), "an.nv");
}

TEST(Configuration, SaysWhichMemberIsWrong) {
  const auto refused = [](const std::string& from, const std::string& to) {
    std::string json = kConfiguration;
    const std::size_t at = json.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    json.replace(at, from.size(), to);
    const auto providers = read_providers(boost::json::parse(json));
    return providers ? std::string{"accepted"} : providers.error().message;
  };
  EXPECT_EQ(refused("\"RS256\"", "\"HS256\""),
            "provider sso: algorithms are RS256, PS256, ES256 and EdDSA; not HS256");
  EXPECT_EQ(refused("\"RS256\"", "\"none\""),
            "provider sso: algorithms are RS256, PS256, ES256 and EdDSA; not none");
  EXPECT_EQ(refused("https://sso", "http://sso"),
            "provider sso: issuer has to be an https address");
  EXPECT_EQ(refused("\"secret_env\"", "\"secret\""),
            "provider sso: secret_file or secret_env is missing");
  EXPECT_EQ(refused("\"officers\":{", "\"officers\":{\"12\":\"a\","),
            "provider sso: officers map identity numbers to user names");
  EXPECT_EQ(refused("\"for\":[\"citizens\",\"officers\"],", ""), "provider sso: for is missing");
  EXPECT_EQ(refused("\"id\":\"sso\"", "\"id\":\"../a\""),
            "provider ../a: id has to be of a-z, 0-9 and -");
  EXPECT_EQ(refused("\"for\"", "\"pkce\":false,\"for\""),
            "provider sso: pkce may be off for the dialect vneid only");
}

}  // namespace
}  // namespace oidc
