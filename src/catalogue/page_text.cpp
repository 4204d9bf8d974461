#include "catalogue/page_text.h"

#include <algorithm>
#include <array>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/text.h"

namespace catalogue {

Character character_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto size = static_cast<std::int32_t>(text.size());
  auto offset = static_cast<std::int32_t>(at);
  UChar32 c = 0;
  U8_NEXT(bytes, offset, size, c);
  if (c < 0) return {static_cast<unsigned char>(text[at]), 1};
  return {static_cast<char32_t>(c), static_cast<std::size_t>(offset) - at};
}

Character character_before(std::string_view text, std::size_t at) {
  if (at == 0 || at > text.size()) return {};
  std::size_t start = at - 1;
  while (start > 0 && at - start < 4 && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) {
    --start;
  }
  const Character found = character_at(text, start);
  if (start + found.size == at) return found;
  return {static_cast<unsigned char>(text[at - 1]), 1};
}

bool is_space(char32_t c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_digit(char32_t c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char32_t c) {
  return u_isalpha(static_cast<UChar32>(c)) != 0;
}
bool is_upper(char32_t c) {
  return u_isupper(static_cast<UChar32>(c)) != 0;
}
bool is_lower(char32_t c) {
  return u_islower(static_cast<UChar32>(c)) != 0;
}

std::string legible(std::string_view published) {
  std::string text = base::to_plain_text(published);
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) == 0xA0) {
      out += ' ';
      ++at;
    } else if (byte == '\r') {
      if (at + 1 >= text.size() || text[at + 1] != '\n') out += '\n';
    } else {
      out += text[at];
    }
  }
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(static_cast<unsigned char>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && is_space(static_cast<unsigned char>(text.back()))) text.remove_suffix(1);
  return text;
}

std::string one_line(std::string_view text) {
  return base::to_one_line(text);
}

bool says_nothing(std::string_view text) {
  if (text.size() > 60) return false;
  static constexpr std::array<std::string_view, 13> kNothing{
      "",          "khong",          "khong co",        "khong co thong tin", "khong quy dinh",
      "chua co",   "khong ap dung",  "khong yeu cau",   "chua co thong tin",  "khong co quy dinh",
      "khong thu", "khong xac dinh", "chua xac dinh ro"};
  const std::string folded = base::fold_for_search(text);
  return std::ranges::find(kNothing, folded) != kNothing.end();
}

namespace {

// "a)", "1.", "1.2.", "(1)", "(ii)", "a.1)" at the beginning: how long.
std::size_t enumerator_size(std::string_view text) {
  std::size_t at = 0;
  const bool bracket = !text.empty() && text.front() == '(';
  if (bracket) ++at;
  const std::size_t start = at;
  bool letters = false;
  while (at < text.size() && at - start < 6) {
    const Character c = character_at(text, at);
    if (is_digit(c.value)) {
      at += c.size;
    } else if (is_letter(c.value) && at - start < 4) {
      letters = true;
      at += c.size;
    } else if (c.value == '.' && at > start && at + 1 < text.size() &&
               is_digit(static_cast<unsigned char>(text[at + 1]))) {
      ++at;
    } else {
      break;
    }
  }
  if (at == start || at >= text.size()) return 0;
  if (bracket && text[at] == ')') return at + 1;
  if (bracket) return 0;
  if (text[at] == ')') return at + 1;
  if (text[at] == '.' && (!letters || at - start == 1) &&
      (at + 1 == text.size() || !is_digit(static_cast<unsigned char>(text[at + 1])))) {
    return at + 1;
  }
  return 0;
}

}  // namespace

std::string_view without_bullet(std::string_view text) {
  for (int rounds = 0; rounds < 8; ++rounds) {
    text = trimmed(text);
    const Character c = character_at(text, 0);
    if (c.size == 0) return text;
    // Private-use characters are bullets of a symbol font.
    const bool bullet = c.value == '-' || c.value == '+' || c.value == '*' || c.value == 0x2022 ||
                        c.value == 0x2013 || c.value == 0x2014 || c.value == 0x25CF ||
                        c.value == 0x00B7 || c.value == '.' || c.value == ';' || c.value == ',' ||
                        c.value == ':' || (c.value >= 0xE000 && c.value <= 0xF8FF);
    if (bullet) {
      text.remove_prefix(c.size);
      continue;
    }
    const std::size_t number = enumerator_size(text);
    if (number == 0) return text;
    text.remove_prefix(number);
  }
  return trimmed(text);
}

std::string shortened(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return std::string{text};
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
  return std::string{text.substr(0, bytes)} + "…";
}

}  // namespace catalogue
