// The encrypted bodies of VNeID, made here the way they are described.
#include "oidc/envelope.h"

#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/pem.h>

#include "oidc/test_signer.h"

namespace oidc {
namespace {

std::string to_base64(const std::string& bytes) {
  std::string text = to_base64url(bytes);
  for (char& c : text) c = c == '-' ? '+' : c == '_' ? '/' : c;
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

class Envelopes : public testing::Test {
 protected:
  TestSigner ours_{KeyKind::rsa, "ours"};
  std::string aes_key_ = "0123456789abcdef0123456789ABCDEF";

  std::string pem() const {
    BIO* bio = BIO_new(BIO_s_mem());
    PEM_write_bio_PrivateKey(bio, ours_.key(), nullptr, nullptr, 0, nullptr, nullptr);
    std::string text(static_cast<std::size_t>(BIO_ctrl_pending(bio)), '\0');
    BIO_read(bio, text.data(), static_cast<int>(text.size()));
    BIO_free(bio);
    return text;
  }
  std::string wrapped(const std::string& key) const {
    EVP_PKEY_CTX* context = EVP_PKEY_CTX_new(ours_.key(), nullptr);
    EVP_PKEY_encrypt_init(context);
    EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING);
    std::string out(256, '\0');
    std::size_t length = out.size();
    EVP_PKEY_encrypt(context, TestSigner::as_uchar(out), &length, TestSigner::as_uchar(key),
                     key.size());
    EVP_PKEY_CTX_free(context);
    return out;
  }
  std::string sealed(const std::string& text) const {
    EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
    EVP_EncryptInit_ex(context, EVP_aes_256_ecb(), nullptr, TestSigner::as_uchar(aes_key_),
                       nullptr);
    std::string out(text.size() + 32, '\0');
    int length = 0;
    int last = 0;
    EVP_EncryptUpdate(context, TestSigner::as_uchar(out), &length, TestSigner::as_uchar(text),
                      static_cast<int>(text.size()));
    EVP_EncryptFinal_ex(context, TestSigner::as_uchar(out) + length, &last);
    EVP_CIPHER_CTX_free(context);
    out.resize(static_cast<std::size_t>(length + last));
    return out;
  }
  std::string body(const std::string& data, const std::string& key) const {
    return R"({"data":")" + to_base64(data) + R"(","key":")" + to_base64(key) + R"("})";
  }
};

TEST_F(Envelopes, OpenWithOurKey) {
  const std::string text = R"({"citizenPid":"040090000011","fullName":"Nguyễn Văn An"})";
  EXPECT_EQ(open_envelope(body(sealed(text), wrapped(aes_key_)), pem()).value(), text);
  EXPECT_EQ(open_envelope(body(sealed(text), wrapped(to_base64(aes_key_))), pem()).value(), text);
  EXPECT_EQ(open_envelope(text, pem()).value(), text) << "what is no envelope is the body itself";
}

TEST_F(Envelopes, ThatDoNotOpenAllFailAlike) {
  const std::string data = sealed("{}");
  const std::string key = wrapped(aes_key_);
  const TestSigner other(KeyKind::ec_p256, "other");
  for (const std::string& bad :
       {body(data, std::string(256, 'x')), body(data, ""), body("", key),
        body(data.substr(0, 7), key), body(data, wrapped("short")), body(data + data, key + "x"),
        std::string{R"({"data":"a"})"}, std::string{R"({"key":"a"})"}, std::string{"no JSON"},
        std::string{R"({"data":"AA==","data":"AA==","key":"AA=="})"}}) {
    const auto opened = open_envelope(bad, pem());
    ASSERT_FALSE(opened.has_value()) << bad;
    EXPECT_EQ(opened.error(), Rejection::envelope_unopened);
  }
  EXPECT_FALSE(open_envelope(body(data, key), "").has_value());
  EXPECT_FALSE(open_envelope(body(data, key), "no key").has_value());
}

}  // namespace
}  // namespace oidc
