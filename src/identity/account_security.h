#pragma once
// account_security.h - what an account signs in with beside its password, and when it last did.
//
// A value; kept as a register entry (kind "account-security", key: the user name) and replaced as a
// whole with a version check, so that a code, a step of the authenticator or a challenge counts
// once, whichever of two requests was first.  docs/formats/account-security.md is its text.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "identity/recovery_code.h"
#include "identity/session.h"

namespace identity {

inline constexpr const char* kAccountSecurity = "account-security";
inline constexpr std::size_t kPasskeysMax = 10;
inline constexpr std::size_t kKnownPlacesMax = 8;
inline constexpr std::size_t kChallengesMax = 5;

struct TotpFactor {
  std::string sealed;  // SecretBox, purpose "totp:USERNAME"
  Moment since{};
  std::optional<std::int64_t> last_step{};
};

struct Passkey {
  std::string id;   // bytes
  std::string key;  // COSE
  std::uint32_t counter = 0;
  std::string name;  // that its owner gave it
  Moment since{};
  std::optional<Moment> used_at{};
  // It signed fewer times than before: perhaps there are two.  It does not open until it is
  // removed.
  std::optional<Moment> doubted_at{};
};

// What a page was asked to sign.  Gone when it was shown once, or too old.
struct PasskeyChallenge {
  std::string challenge;  // bytes
  std::string session;    // token hash of the session that asked
  bool registers = false;
  Moment expires_at{};
};

struct AccountSecurity {
  std::int64_t version = 0;  // of the entry; 0: there is none yet

  Moment known_since{};  // when the account was first seen
  std::optional<Moment> last_used_at{};
  std::optional<Moment> disabled_at{};  // by the sweep, for being unused
  std::optional<Moment> password_changed_at{};
  std::vector<std::string>
      password_history{};                   // hashes, newest first; the present one is not in it
  std::vector<std::string> known_places{};  // HMACs of addresses, newest first

  std::optional<TotpFactor> totp{};
  std::optional<TotpFactor> new_totp{};  // shown, not confirmed yet
  std::vector<Passkey> passkeys{};
  std::vector<RecoveryCode> recovery{};
  std::vector<PasskeyChallenge> challenges{};

  [[nodiscard]] bool has_second_factor() const { return totp.has_value() || !passkeys.empty(); }
  [[nodiscard]] bool has_doubted_passkey() const;
  [[nodiscard]] Passkey* find_passkey(std::string_view id);
  void forget_factors();
  void note_place(const std::string& hash);
};

[[nodiscard]] base::json::object account_security_json(const AccountSecurity& account);
// Fault `corrupt` where it is not what account_security_json writes.
[[nodiscard]] base::Outcome<AccountSecurity> read_account_security(std::string_view text,
                                                                   std::int64_t version);

}  // namespace identity
