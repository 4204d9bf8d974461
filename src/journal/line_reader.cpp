#include "journal/line_reader.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace journal {

std::optional<std::string_view> LineReader::next() {
  const std::size_t end = rest_.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = rest_.substr(0, end);
  rest_.remove_prefix(end + 1);
  return line;
}

std::optional<std::string_view> LineReader::next_after(std::string_view prefix) {
  if (!rest_.starts_with(prefix)) return std::nullopt;
  const auto line = next();
  if (!line) return std::nullopt;
  return line->substr(prefix.size());
}

bool LineReader::next_is(std::string_view line) {
  if (!rest_.starts_with(line) || rest_.size() == line.size() || rest_[line.size()] != '\n') {
    return false;
  }
  rest_.remove_prefix(line.size() + 1);
  return true;
}

bool is_text(std::string_view text) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20U; };
  return !text.empty() && std::ranges::none_of(text, is_control) && base::is_utf8(text);
}

std::optional<std::int64_t> parse_number(std::string_view text) {
  if (text.empty() || text.size() > 19 || (text.size() > 1 && text.front() == '0')) {
    return std::nullopt;
  }
  if (!std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return number;
}

namespace {

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// Value of a base64 digit; 64: none.
unsigned base64_digit(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<unsigned>(c - 'A');
  if (c >= 'a' && c <= 'z') return static_cast<unsigned>(c - 'a') + 26U;
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0') + 52U;
  if (c == '+') return 62U;
  if (c == '/') return 63U;
  return 64U;
}

// Value of a lower-case hexadecimal digit; 16: none.
unsigned hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10U;
  return 16U;
}

char as_char(unsigned value) {
  return static_cast<char>(static_cast<unsigned char>(value & 0xFFU));
}

}  // namespace

std::string to_base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    unsigned group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group = (group << 8U) | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      const unsigned shift = 18U - 6U * static_cast<unsigned>(k);
      text += k <= count ? kBase64[(group >> shift) & 63U] : '=';
    }
  }
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  for (std::size_t i = 0; i < text.size(); i += 4) {
    std::size_t digits = 4;
    if (i + 4 == text.size()) {
      if (text[i + 3] == '=') --digits;
      if (digits == 3 && text[i + 2] == '=') --digits;
    }
    unsigned group = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      const unsigned digit = k < digits ? base64_digit(text[i + k]) : 0U;
      if (digit == 64U) return std::nullopt;
      group = (group << 6U) | digit;
    }
    for (std::size_t k = 0; k + 1 < 4; ++k) {
      const unsigned byte = (group >> (16U - 8U * static_cast<unsigned>(k))) & 0xFFU;
      if (k + 1 < digits) {
        bytes += as_char(byte);
      } else if (byte != 0) {
        return std::nullopt;
      }
    }
  }
  return bytes;
}

std::optional<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const unsigned high = hex_digit(text[i]);
    const unsigned low = hex_digit(text[i + 1]);
    if (high == 16U || low == 16U) return std::nullopt;
    bytes += as_char(high << 4U | low);
  }
  return bytes;
}

}  // namespace journal
