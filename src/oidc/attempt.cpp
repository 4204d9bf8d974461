#include "oidc/attempt.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/ensure.h"
#include "base/sha256.h"
#include "oidc/base64url.h"
#include "oidc/url.h"

namespace oidc {

namespace {

constexpr std::size_t kChanceBytes = 32;
constexpr std::size_t kCookieBytesMax = 2048;

std::string bytes_of(const base::Digest& digest) {
  std::string bytes;
  for (const std::byte one : digest) bytes.push_back(static_cast<char>(one));
  return bytes;
}

std::string text_of(const Attempt& attempt) {
  return "1." + attempt.provider + "." + std::string{to_text(attempt.audience)} + "." +
         std::to_string(attempt.begun_at.time_since_epoch().count()) + "." + attempt.chance + "." +
         to_base64url(attempt.return_to);
}

}  // namespace

Attempt begin_attempt(std::string provider, Audience audience, std::string return_to, Moment now,
                      base::RandomSource& random) {
  return {.provider = std::move(provider),
          .audience = audience,
          .begun_at = now,
          .chance = base::random_hex(random, kChanceBytes),
          .return_to = is_local_path(return_to) ? std::move(return_to) : "/"};
}

AttemptKey::AttemptKey(std::string secret) : secret_(std::move(secret)) {
  ENSURE(secret_.size() >= 32, "the key of sign-in attempts has 256 bits");
}

std::string AttemptKey::derive(std::string_view purpose, std::string_view text) const {
  return to_base64url(
      bytes_of(base::hmac_sha256(secret_, std::string{purpose} + ":" + std::string{text})));
}

std::string AttemptKey::cookie(const Attempt& attempt) const {
  const std::string text = text_of(attempt);
  return text + "." + derive("cookie", text);
}

Checked<Attempt> AttemptKey::open(std::string_view cookie, Moment now) const {
  const base::Failure<Rejection> none{Rejection::no_attempt};
  if (cookie.size() > kCookieBytesMax) return none;
  const std::size_t last = cookie.rfind('.');
  if (last == std::string_view::npos) return none;
  const std::string_view text = cookie.substr(0, last);
  if (!base::equal_in_constant_time(derive("cookie", text), cookie.substr(last + 1))) return none;

  // It is of our own making from here on.
  std::array<std::string_view, 6> parts{};
  std::string_view rest = text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::size_t dot = std::min(rest.find('.'), rest.size());
    parts[i] = rest.substr(0, dot);
    rest.remove_prefix(std::min(dot + 1, rest.size()));
  }
  const auto audience = parse_audience(parts[2]);
  const auto return_to = from_base64url(parts[5]);
  std::int64_t begun = 0;
  std::from_chars(parts[3].data(), parts[3].data() + parts[3].size(), begun);
  if (parts[0] != "1" || !audience || !return_to || !is_local_path(*return_to)) return none;
  Attempt attempt{.provider = std::string{parts[1]},
                  .audience = *audience,
                  .begun_at = Moment{std::chrono::seconds{begun}},
                  .chance = std::string{parts[4]},
                  .return_to = *return_to};
  if (now >= attempt.begun_at + kAttemptLives || now + kAttemptLives < attempt.begun_at) {
    return base::Failure{Rejection::attempt_expired};
  }
  return attempt;
}

std::string AttemptKey::state(const Attempt& attempt) const {
  return derive("state", text_of(attempt));
}
std::string AttemptKey::nonce(const Attempt& attempt) const {
  return derive("nonce", text_of(attempt));
}
std::string AttemptKey::verifier(const Attempt& attempt) const {
  return derive("verifier", text_of(attempt));
}
std::string AttemptKey::challenge(const Attempt& attempt) const {
  return to_base64url(bytes_of(base::sha256(verifier(attempt))));
}

}  // namespace oidc
