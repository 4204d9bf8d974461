#pragma once
// digits.h - reads runs of ASCII digits for this module's hand-written parsers.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace calendar::internal {

[[nodiscard]] constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Takes `least` to `most` digits from the front of `rest`; nullopt (and `rest` unchanged) if fewer.
// Requires: most <= 9.
[[nodiscard]] constexpr std::optional<int> take_number(std::string_view& rest, std::size_t least,
                                                       std::size_t most) {
  std::size_t length = 0;
  int value = 0;
  while (length < most && length < rest.size() && is_digit(rest[length])) {
    value = value * 10 + (rest[length++] - '0');
  }
  if (length < least) return std::nullopt;
  rest.remove_prefix(length);
  return value;
}

[[nodiscard]] constexpr bool take_char(std::string_view& rest, char expected) {
  if (rest.empty() || rest.front() != expected) return false;
  rest.remove_prefix(1);
  return true;
}

// `value` with leading zeros up to `width`.  Requires: value >= 0.
[[nodiscard]] inline std::string padded(int value, std::size_t width) {
  std::string text = std::to_string(value);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

}  // namespace calendar::internal
