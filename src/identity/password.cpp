#include "identity/password.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <iterator>

#include <sodium.h>

#include "base/ensure.h"
#include "base/text.h"

namespace identity {
namespace {

// Source: OWASP Password Storage Cheat Sheet (Argon2id, 19 MiB, 2 passes, 1 lane).
constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemoryBytes = 19U * 1024 * 1024;

// Longer input is refused before it is hashed, so that nobody makes us hash megabytes.
constexpr std::size_t kPasswordBytesMax = kPasswordLengthMax * 4;

// Folded (no case, no diacritics, no spaces or signs); of at least seven characters, since a
// profile may take eight, one of them a sign.
constexpr std::array<std::string_view, 88> kCommon = {
    "12345678",         "123456789",      "1234567890",     "1qaz2wsx",        "a1234567",
    "a12345678",        "abc1234",        "abc12345",       "abcd1234",        "abc123456",
    "admin123",         "admin1234",      "admin12345",     "administrator1",  "anhyeuem",
    "anhyeuem1",        "asdf1234",       "canbo123",       "changeme1",       "cong123456",
    "dichvucong1",      "emyeuanh1",      "hanoi123",       "iloveyou",        "iloveyou1",
    "letmein1",         "matkhau1",       "matkhau12",      "matkhau123",      "matkhau1234",
    "motcua123",        "motcua1234",     "nghean123",      "nghean1234",      "nghean2026",
    "p4ssw0rd",         "passw0rd",       "passw0rd1",      "password",        "password1",
    "password12",       "password123",    "pssw0rd",        "pssw0rd1",        "quantri123",
    "qwerty12",         "qwerty123",      "vietnam1",       "123456789012",    "1234567890123",
    "12345678901234",   "123456789abc",   "1q2w3e4r5t6y",   "1qaz2wsx3edc",    "abcdefghijkl",
    "abcd12345678",     "administrator",  "administrator1", "adminadminadmin", "admin12345678",
    "admin123456789",   "anhyeuem1234",   "anhyeuemnhieu",  "changemeplease",  "chungtalamotnha",
    "emyeuanh1234",     "iloveyou1234",   "iloveyoumore",   "letmein123456",   "matkhau12345",
    "matkhau123456",    "matkhaumatkhau", "matkhaumoi123",  "motcuamotcua",    "motcua123456",
    "motcua12345678",   "passw0rd1234",   "password1234",   "password12345",   "password123456",
    "passwordpassword", "qwertyuiop12",   "qwertyuiop123",  "qwertyuiopasdf",  "vietnam12345",
    "vietnam123456",    "vietnamvodich",  "welcome123456",
};

void ensure_library() {
  static const bool ready = sodium_init() >= 0;
  ENSURE(ready, "libsodium starts on every machine we support");
}

// Without the spaces that fold_for_search puts between words.
std::string folded(std::string_view text) {
  std::string result = base::fold_for_search(text);
  std::erase(result, ' ');
  return result;
}

bool has_control_character(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

// "aaaaaaaaaaaa", "abcabcabcabc", "123456789012".
bool is_pattern(std::string_view text) {
  for (std::size_t period = 1; period <= 4; ++period) {
    bool repeats = text.size() > period;
    for (std::size_t i = period; i < text.size() && repeats; ++i) {
      repeats = text[i] == text[i - period];
    }
    if (repeats) return true;
  }
  std::size_t steps = 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const int difference = text[i] - text[i - 1];
    if (difference == 1 || difference == -1 || difference == 9 || difference == -9) ++steps;
  }
  return text.size() > 1 && steps == text.size() - 1;
}

// Letters by the Vietnamese alphabet; whatever is neither letter nor digit is a sign.
bool has_four_kinds(const std::string& normal) {
  bool digit = false;
  bool sign = false;
  for (const char c : normal) {
    const auto byte = static_cast<unsigned char>(c);
    digit = digit || (byte >= '0' && byte <= '9');
    sign = sign || (byte < 0x80 && std::isalnum(byte) == 0);
  }
  return digit && sign && base::to_lower(normal) != normal && base::to_upper(normal) != normal;
}

}  // namespace

base::Result<base::Done, PasswordRefusal> check_new_password(std::string_view password,
                                                             std::string_view username,
                                                             const PasswordRules& rules) {
  if (password.size() > kPasswordBytesMax) return base::Failure{PasswordRefusal::too_long};
  if (!base::is_utf8(password) || has_control_character(password)) {
    return base::Failure{PasswordRefusal::not_text};
  }
  const std::string normal = base::to_nfc(password);
  const std::size_t length = base::length_in_characters(normal);
  if (length < rules.length_min) return base::Failure{PasswordRefusal::too_short};
  if (length > kPasswordLengthMax) return base::Failure{PasswordRefusal::too_long};
  if (rules.four_kinds && !has_four_kinds(normal)) {
    return base::Failure{PasswordRefusal::lacks_kinds};
  }

  const std::string plain = folded(normal);
  if (is_pattern(normal) || is_pattern(plain) || plain.empty() ||
      std::ranges::find(kCommon, plain) != kCommon.end()) {
    return base::Failure{PasswordRefusal::common};
  }
  // A short user name may well be part of a long sentence: then only a password that adds little to
  // it is refused.
  const std::string name = folded(username);
  if (!name.empty()) {
    const bool inside = plain.find(name) != std::string::npos;
    const bool adds_little = plain.size() < name.size() + rules.length_min / 2;
    if (inside && (name.size() >= 6 || adds_little)) {
      return base::Failure{PasswordRefusal::contains_username};
    }
  }
  return base::Done{};
}

std::string hash_password(std::string_view password) {
  ensure_library();
  const std::string normal = base::to_nfc(password);
  std::array<char, crypto_pwhash_STRBYTES> out{};
  const int failed = crypto_pwhash_str_alg(out.data(), normal.data(), normal.size(), kPasses,
                                           kMemoryBytes, crypto_pwhash_ALG_ARGON2ID13);
  ENSURE(failed == 0, "there is memory for a password hash");
  return std::string{out.data()};
}

bool verify_password(std::string_view password, std::string_view hash) {
  ensure_library();
  if (hash.size() >= crypto_pwhash_STRBYTES || hash.find('\0') != std::string_view::npos ||
      password.size() > kPasswordBytesMax) {
    return false;
  }
  const std::string normal = base::to_nfc(password);
  const std::string terminated{hash};
  return crypto_pwhash_str_verify(terminated.c_str(), normal.data(), normal.size()) == 0;
}

const std::string& dummy_password_hash() {
  static const std::string hash = hash_password("no account has this password");
  return hash;
}

bool needs_rehash(std::string_view hash) {
  ensure_library();
  if (hash.size() >= crypto_pwhash_STRBYTES) return true;
  const std::string terminated{hash};
  return crypto_pwhash_str_needs_rehash(terminated.c_str(), kPasses, kMemoryBytes) != 0;
}

}  // namespace identity
