#pragma once
// page_text.h - small readers of published Vietnamese text.
#include <string>
#include <string_view>

namespace catalogue {

// NFC, without what nobody sees; no-break spaces become spaces and line ends \n.  What the *_text
// readers of this folder expect.
[[nodiscard]] std::string legible(std::string_view published);

// One line, trimmed, spaces collapsed.
[[nodiscard]] std::string one_line(std::string_view text);

[[nodiscard]] std::string_view trimmed(std::string_view text);

// "Không có thông tin", "Không", "Không có", "Không quy định.", "Chưa có thông tin" … or nothing.
[[nodiscard]] bool says_nothing(std::string_view text);

// Without the bullet or number it is listed under: "- ", "+ ", "a) ", "(1) ", "1.2. ".
[[nodiscard]] std::string_view without_bullet(std::string_view text);

// At most `bytes` of it, cut between characters, with "…" where something was left out.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t bytes);

// The character that starts at `at` (valid UTF-8 is expected; a broken byte counts as itself) and
// its length in bytes.
struct Character {
  char32_t value = 0;
  std::size_t size = 0;
};
[[nodiscard]] Character character_at(std::string_view text, std::size_t at);
// The character that ends before `at`; nothing at 0.
[[nodiscard]] Character character_before(std::string_view text, std::size_t at);

[[nodiscard]] bool is_space(char32_t c);
[[nodiscard]] bool is_digit(char32_t c);
[[nodiscard]] bool is_letter(char32_t c);
[[nodiscard]] bool is_upper(char32_t c);
[[nodiscard]] bool is_lower(char32_t c);

}  // namespace catalogue
