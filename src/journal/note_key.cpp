#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "base/ensure.h"
#include "base/sha256.h"
#include "journal/hash.h"
#include "journal/line_reader.h"
#include "journal/note.h"

namespace journal {

namespace {

constexpr std::string_view kPrivate = "PRIVATE+KEY+";
constexpr char kEd25519 = 1;
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kSignatureBytes = 64;
constexpr std::size_t kKeysMax = 64;

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

const unsigned char* as_uchar(const void* bytes) {
  return static_cast<const unsigned char*>(bytes);
}

Key key_of_seed(const unsigned char* seed) {
  Key key{EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed, kKeyBytes)};
  ENSURE(key != nullptr, "32 bytes are a private key of Ed25519");
  return key;
}

// "name+hash+base64" in its three parts.
struct KeyText {
  std::string_view name;
  std::uint32_t hash = 0;
  std::string key;  // 32 bytes
};

std::optional<KeyText> split_key(std::string_view text) {
  if (text.size() > kKeyNameBytesMax + 128) return std::nullopt;
  const std::size_t first = text.find('+');
  if (first == std::string_view::npos) return std::nullopt;
  const std::string_view rest = text.substr(first + 1);
  if (rest.size() < 9 || rest[8] != '+' || !is_key_name(text.substr(0, first))) return std::nullopt;
  const auto hash = from_hex(rest.substr(0, 8));
  auto key = from_base64(rest.substr(9));
  if (!hash || !key || key->size() != 1 + kKeyBytes || key->front() != kEd25519) {
    return std::nullopt;
  }
  KeyText parts{.name = text.substr(0, first), .hash = 0, .key = key->substr(1)};
  for (const char c : *hash) parts.hash = (parts.hash << 8U) | static_cast<unsigned char>(c);
  OPENSSL_cleanse(key->data(), key->size());
  return parts;
}

std::string hash_in_hex(std::uint32_t hash) {
  std::string text;
  for (unsigned shift = 32; shift > 0; shift -= 4) {
    text += "0123456789abcdef"[(hash >> (shift - 4)) & 0xFU];
  }
  return text;
}

}  // namespace

bool is_key_name(std::string_view name) {
  const auto fits = [](char c) { return c > ' ' && c < '\x7F' && c != '+'; };
  return !name.empty() && name.size() <= kKeyNameBytesMax && std::ranges::all_of(name, fits);
}

std::uint32_t VerifierKey::hash() const {
  std::string bytes = name + "\n" + kEd25519;
  bytes += bytes_of(public_key);
  const base::Digest digest = base::sha256(bytes);
  std::uint32_t hash = 0;
  for (std::size_t i = 0; i < 4; ++i)
    hash = (hash << 8U) | std::to_integer<std::uint32_t>(digest[i]);
  return hash;
}

std::string VerifierKey::text() const {
  std::string bytes{kEd25519};
  bytes += bytes_of(public_key);
  return name + "+" + hash_in_hex(hash()) + "+" + to_base64(bytes);
}

base::Outcome<VerifierKey> VerifierKey::parse(std::string_view text) {
  const auto parts = split_key(text);
  if (!parts) return base::fault(base::FaultCode::invalid, "not a verifier key");
  VerifierKey key{.name = std::string{parts->name}, .public_key = *hash_from(parts->key)};
  if (key.hash() != parts->hash) {
    return base::fault(base::FaultCode::invalid, "verifier key: its hash is of another key");
  }
  return key;
}

bool VerifierKey::verifies(std::string_view message, std::string_view signature) const {
  if (signature.size() != kSignatureBytes) return false;
  const Key key{EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, as_uchar(public_key.data()),
                                            public_key.size())};
  const Context context{EVP_MD_CTX_new()};
  return key != nullptr && context != nullptr &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), as_uchar(signature.data()), signature.size(),
                          as_uchar(message.data()), message.size()) == 1;
}

base::Outcome<std::vector<VerifierKey>> parse_keys(std::string_view text) {
  std::vector<VerifierKey> keys;
  std::string lines{text};
  if (!lines.ends_with('\n')) lines += '\n';
  LineReader reader{lines};
  while (!reader.at_end()) {
    std::string_view line = reader.next().value_or("");
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.starts_with('#')) continue;
    if (keys.size() == kKeysMax) return base::fault(base::FaultCode::invalid, "too many keys");
    keys.push_back(TRY(VerifierKey::parse(line)));
  }
  return keys;
}

SigningKey::SigningKey(std::string_view name, const Seed& seed) : seed_(seed) {
  verifier_.name = std::string{name};
  const Key key = key_of_seed(seed_.data());
  Seed raw{};
  std::size_t length = raw.size();
  ENSURE(EVP_PKEY_get_raw_public_key(key.get(), raw.data(), &length) == 1 && length == raw.size(),
         "a private key of Ed25519 has its public half");
  std::memcpy(verifier_.public_key.data(), raw.data(), raw.size());
}

SigningKey::SigningKey(SigningKey&& other) noexcept
    : seed_(other.seed_), verifier_(std::move(other.verifier_)) {
  OPENSSL_cleanse(other.seed_.data(), other.seed_.size());
}

SigningKey& SigningKey::operator=(SigningKey&& other) noexcept {
  if (this == &other) return *this;
  seed_ = other.seed_;
  verifier_ = std::move(other.verifier_);
  OPENSSL_cleanse(other.seed_.data(), other.seed_.size());
  return *this;
}

SigningKey::~SigningKey() {
  OPENSSL_cleanse(seed_.data(), seed_.size());
}

SigningKey SigningKey::generate(std::string_view name, base::RandomSource& random) {
  ENSURE(is_key_name(name), "a key has a name that fits into a note");
  std::array<std::byte, kKeyBytes> bytes{};
  random.fill(bytes);
  Seed seed{};
  std::memcpy(seed.data(), bytes.data(), bytes.size());
  SigningKey key{name, seed};
  OPENSSL_cleanse(bytes.data(), bytes.size());
  OPENSSL_cleanse(seed.data(), seed.size());
  return key;
}

base::Outcome<SigningKey> SigningKey::parse(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  auto parts = text.starts_with(kPrivate) ? split_key(text.substr(kPrivate.size())) : std::nullopt;
  if (!parts) return base::fault(base::FaultCode::invalid, "not a signing key");
  Seed seed{};
  std::memcpy(seed.data(), parts->key.data(), seed.size());
  OPENSSL_cleanse(parts->key.data(), parts->key.size());
  SigningKey key{parts->name, seed};
  OPENSSL_cleanse(seed.data(), seed.size());
  if (key.verifier().hash() != parts->hash) {
    return base::fault(base::FaultCode::invalid, "signing key: its hash is of another key");
  }
  return key;
}

std::string SigningKey::text() const {
  std::string bytes{kEd25519};
  for (const unsigned char c : seed_) bytes += static_cast<char>(c);
  return std::string{kPrivate} + verifier_.name + "+" + hash_in_hex(verifier_.hash()) + "+" +
         to_base64(bytes);
}

std::string SigningKey::sign(std::string_view message) const {
  const Key key = key_of_seed(seed_.data());
  const Context context{EVP_MD_CTX_new()};
  std::array<unsigned char, kSignatureBytes> signature{};
  std::size_t length = signature.size();
  ENSURE(context != nullptr &&
             EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
             EVP_DigestSign(context.get(), signature.data(), &length, as_uchar(message.data()),
                            message.size()) == 1 &&
             length == signature.size(),
         "signing with Ed25519 cannot fail");
  return {reinterpret_cast<const char*>(signature.data()), signature.size()};
}

}  // namespace journal
