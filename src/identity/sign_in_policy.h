#pragma once
// sign_in_policy.h - how officers sign in, as data: data/policy/sign-in.yaml.
//
// Two standards contradict each other (NIST SP 800-63B-4 forbids composition rules and expiry, QĐ
// 742 and QCVN 12:2026/BCA ask for them): each is a profile, and one of them counts.
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "calendar/instant.h"
#include "identity/login_throttle.h"
#include "identity/network.h"
#include "identity/password.h"
#include "identity/session.h"

namespace identity {

// Whom the profile asks for a second factor.  Whoever has set one up is asked always.
struct SecondFactorRules {
  bool administrators = true;
  bool outside_office = true;
  bool everybody = false;
};

struct SignInPolicy {
  std::string profile = "nist-800-63b-4";
  std::string source{};
  calendar::Date from{};  // days before it count for nothing: not unused, not too old
  PasswordRules password{};
  ThrottleLimits throttle{};
  SecondFactorRules second_factor{};
  SessionLimits session{};
  std::chrono::seconds fresh = std::chrono::minutes{5};  // how long a second factor was "just now"
  int unused_days = 45;                                  // then the account is disabled; 0: never
  std::vector<Network> office_networks{};

  [[nodiscard]] bool is_office(std::string_view address) const {
    return any_holds(office_networks, address);
  }
  [[nodiscard]] bool asks_second_factor(bool administrator, std::string_view address) const;
  // The first moment at which the password has to be changed; nothing: never.
  [[nodiscard]] std::optional<Moment> password_ends(bool administrator, Moment changed_at) const;
  // The first moment at which an account last used then counts as unused; nothing: never.
  [[nodiscard]] std::optional<Moment> unused_from(Moment last_used_at) const;
};

// `profile` empty: the one that the text names.  Fault `invalid` names line and remedy.
[[nodiscard]] base::Outcome<SignInPolicy> read_sign_in_policy(std::string_view text,
                                                              std::string_view profile);

}  // namespace identity
