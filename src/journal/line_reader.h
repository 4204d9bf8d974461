#pragma once
// line_reader.h - the small pieces that the texts of the format are made of: lines, numbers,
// base64.
//
// Every piece has one spelling; all others are refused.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace journal {

// Takes lines off the front of a text.
class LineReader {
 public:
  explicit LineReader(std::string_view text) : rest_(text) {}

  // The next line without its line feed; nullopt where the text has no further line feed.
  [[nodiscard]] std::optional<std::string_view> next();
  // What follows `prefix` in the next line; nullopt, and nothing taken, where it begins otherwise.
  [[nodiscard]] std::optional<std::string_view> next_after(std::string_view prefix);
  [[nodiscard]] bool next_is(std::string_view line);
  [[nodiscard]] std::string_view rest() const { return rest_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

// UTF-8, not empty, without control characters below the space.
[[nodiscard]] bool is_text(std::string_view text);

// Decimal, without leading zeros, below 2^63.
[[nodiscard]] std::optional<std::int64_t> parse_number(std::string_view text);

// Standard base64 with padding; bits that stand for nothing have to be zero.
[[nodiscard]] std::string to_base64(std::string_view bytes);
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

// Lower-case hexadecimal, two digits a byte.
[[nodiscard]] std::optional<std::string> from_hex(std::string_view text);

}  // namespace journal
