#pragma once
// pattern.h - the regular expressions of FEEL (XPath's) on RE2, which takes linear time on any
// input. Internal to the module.
//
// Class subtraction, the blocks \p{Is...} that have a meaning in RE2, and the flags s, m, i, x, q
// are translated.  Patterns that refer back to a group go to back_reference.h.
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/back_reference.h"

namespace re2 {
class RE2;
}

namespace rules {

class Pattern {
 public:
  // Nothing for what is no pattern, is too long (4,096 bytes), or has flags that do not exist.
  [[nodiscard]] static std::optional<Pattern> parse(std::string_view text, std::string_view flags);

  // Nothing where the search was given up, which only happens to patterns that refer back.
  [[nodiscard]] std::optional<bool> is_in(std::string_view input) const;
  // $1 ... $9 stand for the groups, \$ and \\ for themselves.  Nothing for a malformed replacement,
  // a pattern that matches the empty text, or a result of more than `length_max` bytes.
  [[nodiscard]] std::optional<std::string> replaced(std::string_view input,
                                                    std::string_view replacement,
                                                    std::size_t length_max) const;
  // The parts between the matches; at most `count_max`.  Nothing for a pattern that matches the
  // empty text.
  [[nodiscard]] std::optional<std::vector<std::string>> split(std::string_view input,
                                                              std::size_t count_max) const;
  // How much was compiled, in instructions.
  [[nodiscard]] std::size_t size() const;
  // Whether a search may take many steps.
  [[nodiscard]] bool is_slow() const { return referring_ != nullptr; }

 private:
  using Found = BackReferencePattern::Found;
  using Groups = BackReferencePattern::Groups;
  [[nodiscard]] Found find(std::string_view input, std::size_t from, Groups& groups) const;

  std::shared_ptr<const re2::RE2> compiled_;  // or
  std::shared_ptr<const BackReferencePattern> referring_;
  bool literal_ = false;
};

}  // namespace rules
