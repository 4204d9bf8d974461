#include "form/pattern.h"

#include <utility>

#include <re2/re2.h>

namespace form {

Pattern::Pattern(std::string text, std::shared_ptr<const re2::RE2> compiled)
    : text_(std::move(text)), compiled_(std::move(compiled)) {}

base::Result<Pattern, std::string> Pattern::parse(std::string_view text) {
  if (text.size() > kPatternLengthMax) {
    return base::Failure{std::string{"the pattern is longer than 300 bytes"}};
  }
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_max_mem(1 << 20);
  auto compiled =
      std::make_shared<const re2::RE2>(re2::StringPiece(text.data(), text.size()), options);
  if (!compiled->ok()) return base::Failure{"not a regular expression: " + compiled->error()};
  return Pattern(std::string{text}, std::move(compiled));
}

bool Pattern::matches(std::string_view answer) const {
  return re2::RE2::FullMatch(re2::StringPiece(answer.data(), answer.size()), *compiled_);
}

}  // namespace form
