#pragma once
// password.h - Argon2id hashes and the rules a new password must meet.
//
// Hashing costs about 50 ms of one core and 19 MiB: call it only through PasswordPool.
#include <string>
#include <string_view>

#include "base/result.h"

namespace identity {

inline constexpr std::size_t kPasswordLengthMax = 128;  // in characters

// What a profile asks of a password (sign_in_policy.h); the block list holds for all.
struct PasswordRules {
  // Source: NIST SP 800-63B-4, 3.1.1.2: 15 where the password stands alone.
  std::size_t length_min = 15;
  bool four_kinds = false;  // lower and upper case, digit, sign
  int history = 0;          // so many of the last ones are not taken again
  int change_months = 0;    // how long one holds; 0: as long as nobody has reason to doubt it
  int change_months_administrator = 0;
};

enum class PasswordRefusal {
  too_short,    // fewer characters than the rules ask: use a sentence
  lacks_kinds,  // the rules ask for lower and upper case, a digit and a sign
  too_long,     // more than kPasswordLengthMax characters
  not_text,     // not UTF-8, or holds control characters
  common,       // on the list of common passwords, or one made of a repeated or running pattern
  contains_username  // is or contains the user name
};

// The default rules have no composition or expiry (they make people choose worse passwords).
// Source: NIST SP 800-63B-4, 3.1.1.2 (length, block list, no composition rules).
[[nodiscard]] base::Result<base::Done, PasswordRefusal> check_new_password(
    std::string_view password, std::string_view username, const PasswordRules& rules = {});

// Text that holds algorithm, cost, salt and hash, for the account's row.  The password is brought
// to NFC first, so that a phone and a desktop keyboard type the same one.  Aborts where there is no
// memory.  The salt comes from the operating system.
[[nodiscard]] std::string hash_password(std::string_view password);

// In the time of one hash whatever the outcome.  False for a malformed hash.
[[nodiscard]] bool verify_password(std::string_view password, std::string_view hash);

// What an unknown account's password is compared with, so that it takes the same time.
[[nodiscard]] const std::string& dummy_password_hash();

// The hash was made with a lower cost than today's; hash again at the next login.
[[nodiscard]] bool needs_rehash(std::string_view hash);

}  // namespace identity
