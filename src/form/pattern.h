#pragma once
// pattern.h - a regular expression that an answer has to match as a whole, in linear time (RE2).
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace re2 {
class RE2;
}

namespace form {

inline constexpr std::size_t kPatternLengthMax = 300;

class Pattern {
 public:
  // The error says, for the designer, what is wrong with the pattern.
  [[nodiscard]] static base::Result<Pattern, std::string> parse(std::string_view text);

  [[nodiscard]] bool matches(std::string_view answer) const;
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  Pattern(std::string text, std::shared_ptr<const re2::RE2> compiled);

  std::string text_;
  std::shared_ptr<const re2::RE2> compiled_;
};

}  // namespace form
