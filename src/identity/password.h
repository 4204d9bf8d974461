#pragma once
// password.h - Argon2id hashes and the rules a new password must meet.
//
// Hashing costs about 50 ms of one core and 19 MiB: call it only through PasswordPool.
#include <string>
#include <string_view>

#include "base/result.h"

namespace identity {

inline constexpr std::size_t kPasswordLengthMin = 12;  // in characters
inline constexpr std::size_t kPasswordLengthMax = 128;

enum class PasswordRefusal {
  too_short,  // fewer than kPasswordLengthMin characters: use a sentence
  too_long,   // more than kPasswordLengthMax characters
  not_text,   // not UTF-8, or holds control characters
  common,     // on the list of common passwords, or one made of a repeated or running pattern
  contains_username  // is or contains the user name
};

// The rules, without composition or expiry rules (they make people choose worse passwords).
// Source: NIST SP 800-63B-4, 3.1.1.2 (length, block list, no composition rules).
[[nodiscard]] base::Result<base::Done, PasswordRefusal> check_new_password(
    std::string_view password, std::string_view username);

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
