#include "base/sha256.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/ensure.h"

namespace base {

namespace {
unsigned char* as_uchar(std::byte* bytes) {
  return static_cast<unsigned char*>(static_cast<void*>(bytes));
}
const unsigned char* as_uchar(const char* bytes) {
  return static_cast<const unsigned char*>(static_cast<const void*>(bytes));
}
}  // namespace

struct Sha256Stream::Context {
  EVP_MD_CTX* md = EVP_MD_CTX_new();
  Context() { ENSURE(EVP_DigestInit_ex(md, EVP_sha256(), nullptr) == 1, "SHA-256 exists"); }
  ~Context() { EVP_MD_CTX_free(md); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;
};

Sha256Stream::Sha256Stream() : context_(std::make_unique<Context>()) {}
Sha256Stream::~Sha256Stream() = default;

void Sha256Stream::update(std::string_view bytes) {
  ENSURE(EVP_DigestUpdate(context_->md, bytes.data(), bytes.size()) == 1, "hashing cannot fail");
}

Digest Sha256Stream::finish() {
  Digest digest{};
  ENSURE(EVP_DigestFinal_ex(context_->md, as_uchar(digest.data()), nullptr) == 1,
         "hashing cannot fail");
  return digest;
}

// A fetched algorithm and a context kept per thread: looking either up anew costs more than hashing
// a short text.
Digest sha256(std::string_view bytes) {
  struct Kept {
    EVP_MD* algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    EVP_MD_CTX* md = EVP_MD_CTX_new();
    ~Kept() {
      EVP_MD_CTX_free(md);
      EVP_MD_free(algorithm);
    }
  };
  thread_local Kept kept;
  Digest digest{};
  ENSURE(EVP_DigestInit_ex2(kept.md, kept.algorithm, nullptr) == 1 &&
             EVP_DigestUpdate(kept.md, bytes.data(), bytes.size()) == 1 &&
             EVP_DigestFinal_ex(kept.md, as_uchar(digest.data()), nullptr) == 1,
         "hashing cannot fail");
  return digest;
}

Digest hmac_sha256(std::string_view key, std::string_view bytes) {
  Digest digest{};
  unsigned int length = 0;
  const auto* done = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
                          as_uchar(bytes.data()), bytes.size(), as_uchar(digest.data()), &length);
  ENSURE(done != nullptr && length == digest.size(), "HMAC cannot fail");
  return digest;
}

std::string to_hex(std::span<const std::byte> bytes) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const std::byte b : bytes) {
    text += kHex[std::to_integer<unsigned>(b) >> 4U];
    text += kHex[std::to_integer<unsigned>(b) & 0xFU];
  }
  return text;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace base
