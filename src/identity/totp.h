#pragma once
// totp.h - codes of an authenticator application that change every half minute.
//
// Source: RFC 6238 (TOTP) over RFC 4226 (HOTP): HMAC-SHA-1, 6 digits, steps of 30 s, the only form
// that every application reads.  A step counts once: whoever looks over a shoulder cannot use the
// code again (RFC 6238, section 5.2).
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "identity/session.h"

namespace identity {

inline constexpr int kTotpDigits = 6;
inline constexpr std::chrono::seconds kTotpStep{30};
inline constexpr std::int64_t kTotpSkewSteps = 1;  // clocks of telephones go wrong
inline constexpr std::size_t kTotpSecretBytes = 20;

enum class TotpHash { sha1, sha256, sha512 };

// Source: RFC 4226, section 5.3.
[[nodiscard]] std::string totp_code(std::string_view secret, std::int64_t step,
                                    int digits = kTotpDigits, TotpHash hash = TotpHash::sha1);
[[nodiscard]] std::int64_t totp_step(Moment at);

// The step that `code` belongs to: now, or one before or after, and later than `last_step`.
// Compares with every candidate, in constant time.
[[nodiscard]] std::optional<std::int64_t> accept_totp(std::string_view secret,
                                                      std::string_view code, Moment now,
                                                      std::optional<std::int64_t> last_step);

[[nodiscard]] std::string new_totp_secret(base::RandomSource& random);
// RFC 4648 base32 without padding, which is what people type where no camera is at hand.
[[nodiscard]] std::string to_base32(std::string_view bytes);
// "otpauth://totp/…" for the QR code.  Both names are percent-encoded.
[[nodiscard]] std::string totp_uri(std::string_view issuer, std::string_view account,
                                   std::string_view secret);

}  // namespace identity
