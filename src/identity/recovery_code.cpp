#include "identity/recovery_code.h"

#include <algorithm>
#include <cctype>

#include "base/sha256.h"

namespace identity {
namespace {

constexpr std::size_t kCharacters = 10;

std::string hash_of(std::string_view key, std::string_view account, std::string_view plain) {
  return base::to_hex(
      base::hmac_sha256(key, "recovery:" + std::string{account} + ":" + std::string{plain}));
}

std::optional<std::string> plain_of(std::string_view typed) {
  if (typed.size() > 40) return std::nullopt;
  std::string plain;
  for (const char c : typed) {
    if (c == '-' || c == ' ') continue;
    plain += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return plain.size() == kCharacters ? std::optional{plain} : std::nullopt;
}

}  // namespace

NewRecoveryCodes make_recovery_codes(std::string_view key, std::string_view account,
                                     base::RandomSource& random) {
  NewRecoveryCodes fresh;
  for (std::size_t i = 0; i < kRecoveryCodes; ++i) {
    const std::string plain = base::random_code(random, kCharacters);
    fresh.kept.push_back({.hash = hash_of(key, account, plain)});
    fresh.shown.push_back(plain.substr(0, 5) + "-" + plain.substr(5));
  }
  return fresh;
}

bool use_recovery_code(std::vector<RecoveryCode>& codes, std::string_view key,
                       std::string_view account, std::string_view typed, Moment now) {
  const auto plain = plain_of(typed);
  if (!plain.has_value()) return false;
  const std::string hash = hash_of(key, account, *plain);
  RecoveryCode* found = nullptr;
  for (RecoveryCode& one : codes) {
    if (base::equal_in_constant_time(one.hash, hash) && !one.used_at.has_value()) found = &one;
  }
  if (found == nullptr) return false;
  found->used_at = now;
  return true;
}

std::size_t codes_left(const std::vector<RecoveryCode>& codes) {
  return static_cast<std::size_t>(
      std::ranges::count_if(codes, [](const RecoveryCode& one) { return !one.used_at; }));
}

}  // namespace identity
