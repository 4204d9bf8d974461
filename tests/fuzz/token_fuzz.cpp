// token_fuzz.cpp - any bytes as a token, a key set, metadata, an answer or an attempt's cookie:
// they are refused, and what is believed is what was signed.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "oidc/attempt.h"
#include "oidc/authorization.h"
#include "oidc/base64url.h"
#include "oidc/dialect.h"
#include "oidc/exchange.h"
#include "oidc/id_token.h"
#include "oidc/jws.h"
#include "oidc/signature.h"
#include "oidc/strict_json.h"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

const std::vector<oidc::Algorithm> kAll{oidc::Algorithm::rs256, oidc::Algorithm::ps256,
                                        oidc::Algorithm::es256, oidc::Algorithm::eddsa};

// RFC 8037 appendix A.4: nobody who fuzzes can sign with it.
const oidc::JwkSet& keys() {
  static const oidc::JwkSet kept = *oidc::JwkSet::parse(
      R"({"keys":[{"kty":"OKP","kid":"a","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},
                  {"kty":"EC","kid":"b","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})");
  return kept;
}

oidc::Provider provider(oidc::Dialect dialect) {
  oidc::Provider one;
  one.id = "a";
  one.dialect = dialect;
  one.issuer = "https://a.example";
  one.client_id = "a";
  return one;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  if (const auto bytes = oidc::from_base64url(text)) must(oidc::to_base64url(*bytes) == text);
  if (const auto token = oidc::Jws::read(text, kAll)) must(!token->verify(keys()));
  if (const auto set = oidc::JwkSet::parse(text)) {
    for (const oidc::Jwk& key : set->keys()) {
      static_cast<void>(
          oidc::verify_signature(key.kind == oidc::KeyKind::rsa       ? oidc::Algorithm::rs256
                                 : key.kind == oidc::KeyKind::ec_p256 ? oidc::Algorithm::es256
                                                                      : oidc::Algorithm::eddsa,
                                 key, "text", std::string(64, 'a')));
    }
  }
  if (auto claims = oidc::read_object(text)) {
    for (const oidc::Dialect dialect :
         {oidc::Dialect::standard, oidc::Dialect::vnconnect, oidc::Dialect::vneid}) {
      const auto person = oidc::read_person(provider(dialect), *claims, "a");
      if (person) must(!person->key().empty());
    }
    static_cast<void>(oidc::read_providers(*claims));
    oidc::TokenDemands demands;
    demands.issuer = "https://a.example";
    demands.client_id = "a";
    demands.nonce = "a";
    demands.now = oidc::Moment{std::chrono::seconds{1'790'000'000}};
    static_cast<void>(oidc::check_claims(std::move(*claims), oidc::Algorithm::eddsa, demands));
  }
  static_cast<void>(oidc::read_metadata(text, provider(oidc::Dialect::standard)));
  static_cast<void>(
      oidc::read_authorization_response(text, provider(oidc::Dialect::vneid), {}, "s"));
  const oidc::WebReply reply{.status = 200, .media_type = {}, .body = {}};
  static_cast<void>(oidc::read_token_reply(reply, text, oidc::Dialect::standard));
  must(!oidc::AttemptKey{std::string(32, 'k')}.open(text, oidc::Moment{}));
  return 0;
}
