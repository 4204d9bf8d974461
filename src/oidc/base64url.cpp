#include "oidc/base64url.h"

#include <cstdint>

namespace oidc {

namespace {

constexpr std::string_view kUrl =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kPlain =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::optional<std::string> decode(std::string_view text, std::string_view alphabet) {
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t kept = 0;
  unsigned bits = 0;
  for (const char c : text) {
    const std::size_t value = alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    kept = kept << 6U | static_cast<std::uint32_t>(value);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push_back(static_cast<char>(kept >> bits & 0xffU));
    kept &= (1U << bits) - 1U;
  }
  if (kept != 0) return std::nullopt;
  return bytes;
}

}  // namespace

std::string to_base64url(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() / 3 * 4 + 4);
  std::uint32_t kept = 0;
  unsigned bits = 0;
  for (const char c : bytes) {
    kept = kept << 8U | static_cast<unsigned char>(c);
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text.push_back(kUrl[kept >> bits & 0x3fU]);
    }
    kept &= (1U << bits) - 1U;
  }
  if (bits > 0) text.push_back(kUrl[kept << (6U - bits) & 0x3fU]);
  return text;
}

std::optional<std::string> from_base64url(std::string_view text) {
  return decode(text, kUrl);
}

std::optional<std::string> from_base64(std::string_view text) {
  std::string packed;
  packed.reserve(text.size());
  for (const char c : text) {
    if (c != '\n' && c != '\r' && c != ' ') packed.push_back(c);
  }
  if (packed.size() % 4 != 0) return std::nullopt;
  for (int padding = 0; padding < 2 && packed.ends_with('='); ++padding) packed.pop_back();
  return decode(packed, kPlain);
}

}  // namespace oidc
