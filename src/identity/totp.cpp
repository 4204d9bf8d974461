#include "identity/totp.h"

#include <algorithm>
#include <array>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/ensure.h"
#include "base/percent_encoding.h"
#include "base/sha256.h"

namespace identity {
namespace {

const EVP_MD* digest_of(TotpHash hash) {
  switch (hash) {
    case TotpHash::sha1:
      return EVP_sha1();
    case TotpHash::sha256:
      return EVP_sha256();
    case TotpHash::sha512:
      return EVP_sha512();
  }
  return EVP_sha1();
}

}  // namespace

std::string totp_code(std::string_view secret, std::int64_t step, int digits, TotpHash hash) {
  ENSURE(digits >= 6 && digits <= 8, "a code has six to eight digits");
  std::array<unsigned char, 8> counter{};
  auto rest = static_cast<std::uint64_t>(step);
  for (std::size_t i = counter.size(); i-- > 0; rest >>= 8U) {
    counter[i] = static_cast<unsigned char>(rest & 0xffU);
  }
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned int length = 0;
  const auto* made = HMAC(digest_of(hash), secret.data(), static_cast<int>(secret.size()),
                          counter.data(), counter.size(), mac.data(), &length);
  ENSURE(made != nullptr && length >= 20, "HMAC is there on every machine we support");
  const std::size_t offset = mac[length - 1] & 0x0fU;
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < 4; ++i) number = (number << 8U) | mac[offset + i];
  number &= 0x7fff'ffffU;
  std::string code(static_cast<std::size_t>(digits), '0');
  for (std::size_t i = code.size(); i-- > 0; number /= 10) {
    code[i] = static_cast<char>('0' + number % 10);
  }
  return code;
}

std::int64_t totp_step(Moment at) {
  const auto seconds = at.time_since_epoch().count();
  return seconds < 0 ? 0 : seconds / kTotpStep.count();
}

std::optional<std::int64_t> accept_totp(std::string_view secret, std::string_view code, Moment now,
                                        std::optional<std::int64_t> last_step) {
  if (code.size() != static_cast<std::size_t>(kTotpDigits)) return std::nullopt;
  const std::int64_t here = totp_step(now);
  std::optional<std::int64_t> accepted;
  for (std::int64_t step = here - kTotpSkewSteps; step <= here + kTotpSkewSteps; ++step) {
    const bool fits = base::equal_in_constant_time(totp_code(secret, step), code);
    const bool fresh = !last_step.has_value() || step > *last_step;
    if (fits && fresh && !accepted.has_value()) accepted = step;
  }
  return accepted;
}

std::string new_totp_secret(base::RandomSource& random) {
  std::string secret(kTotpSecretBytes, '\0');
  random.fill(std::as_writable_bytes(std::span{secret.data(), secret.size()}));
  return secret;
}

std::string to_base32(std::string_view bytes) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char c : bytes) {
    held = (held << 8U) | static_cast<unsigned char>(c);
    bits += 8;
    for (; bits >= 5; bits -= 5) text += kAlphabet[(held >> static_cast<unsigned>(bits - 5)) & 31U];
    held &= 0xffU;
  }
  if (bits > 0) text += kAlphabet[(held << static_cast<unsigned>(5 - bits)) & 31U];
  return text;
}

std::string totp_uri(std::string_view issuer, std::string_view account, std::string_view secret) {
  const std::string who = base::percent_encode(issuer);
  return "otpauth://totp/" + who + ":" + base::percent_encode(account) +
         "?secret=" + to_base32(secret) + "&issuer=" + who + "&algorithm=SHA1&digits=6&period=30";
}

}  // namespace identity
