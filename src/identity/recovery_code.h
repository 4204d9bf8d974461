#pragma once
// recovery_code.h - ten codes on paper, for the day the telephone is lost; each opens once.
//
// A code has 50 random bits.  Stored is an HMAC of it under a key of the installation, so that a
// stolen store opens nothing; guessing at the door is slowed down by the throttle.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "identity/session.h"

namespace identity {

inline constexpr std::size_t kRecoveryCodes = 10;

struct RecoveryCode {
  std::string hash;
  std::optional<Moment> used_at{};
};

struct NewRecoveryCodes {
  std::vector<std::string> shown;  // "ABCDE-FGHJK", once
  std::vector<RecoveryCode> kept;
};

[[nodiscard]] NewRecoveryCodes make_recovery_codes(std::string_view key, std::string_view account,
                                                   base::RandomSource& random);
// Marks the code used and is true, or changes nothing.  Case, blanks and dashes do not matter.
// The caller stores `codes` with a version check: of two that come at once one succeeds.
[[nodiscard]] bool use_recovery_code(std::vector<RecoveryCode>& codes, std::string_view key,
                                     std::string_view account, std::string_view typed, Moment now);
[[nodiscard]] std::size_t codes_left(const std::vector<RecoveryCode>& codes);

}  // namespace identity
