#pragma once
// second_factor.h - is this the second factor of that account?  Pure: the account is a value, and
// what was used is used up in it whatever the answer; the caller stores it with a version check.
#include <optional>
#include <string>
#include <string_view>

#include "identity/account_security.h"
#include "identity/secret_box.h"
#include "identity/webauthn.h"

namespace identity {

inline constexpr std::chrono::minutes kChallengeLasts{5};

struct PasskeyProof {
  std::string id;  // bytes
  Assertion assertion;
};
// One of them.
struct Proof {
  std::optional<std::string> totp{};
  std::optional<std::string> recovery_code{};
  std::optional<PasskeyProof> passkey{};
  std::optional<std::string> password{};  // where the password is asked again; not looked at here
};

enum class FactorRefusal {
  wrong,              // not a code of this account, used before, or too old
  challenge_over,     // the passkey signed something that was not asked, or too long ago: ask again
  unknown_passkey,    // not one of this account's
  passkey_in_doubt,   // its counter went back, now or before: remove it and register it anew
  passkey_not_taken,  // a signature or an attribute that is not as it has to be
};

struct FactorSurroundings {
  const SecretBox& box;
  const RelyingParty& us;
  std::string_view username;
  std::string_view session;  // token hash of the session that asks
  Moment now;
};

[[nodiscard]] base::Result<base::Done, FactorRefusal> check_factor(AccountSecurity& account,
                                                                   const Proof& proof,
                                                                   const FactorSurroundings& at);

// A challenge for the page of that session; kept with the account.  32 bytes.
[[nodiscard]] std::string issue_challenge(AccountSecurity& account, std::string_view session,
                                          bool registers, Moment now, base::RandomSource& random);
// The challenge that `client_data` answers, taken out of the account: nobody can answer it again.
[[nodiscard]] std::optional<std::string> take_challenge(AccountSecurity& account,
                                                        std::string_view client_data,
                                                        std::string_view session, bool registers,
                                                        Moment now);

[[nodiscard]] std::string totp_purpose(std::string_view username);

}  // namespace identity
