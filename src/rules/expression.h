#pragma once
// expression.h - FEEL: parse once, evaluate often.
//
// An Expression is immutable and may be shared between threads.  What is wrong with the text comes
// back from parse() with its place; what goes wrong with the data is null, as FEEL has it, with the
// reasons beside it.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rules/bounds.h"
#include "rules/value.h"

namespace rules {

struct SyntaxError {
  int line = 1;    // from 1
  int column = 1;  // from 1, in characters
  std::string expected;
  std::string message;
  friend bool operator==(const SyntaxError&, const SyntaxError&) = default;
};

struct Program;  // program.h, internal

class Expression {
 public:
  // Names of several words are understood without help; `names_in_scope` is needed for names that
  // hold an operator or a keyword ("phí - lệ phí", "date of birth in words"), `member_names` for
  // such names of entries within them (`person.first-name`).
  // Refuses texts over 64 KiB and nesting over 200.
  [[nodiscard]] static base::Result<Expression, SyntaxError> parse(
      std::string_view text, const std::vector<std::string>& names_in_scope = {},
      const std::vector<std::string>& member_names = {});

  [[nodiscard]] const std::string& text() const { return text_; }
  // Free names the expression reads (not its own variables, not built-in functions), each once.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  friend Evaluation evaluate(const Expression&, const Value&, const Bounds&);
  Expression() = default;

  std::string text_;
  std::vector<std::string> names_;
  std::shared_ptr<const Program> program_;
  std::uint32_t root_ = 0;
};

// `context` is a context whose entries are the variables (anything else: no variables).
// Never throws.  Pure: the same arguments give the same answer.
[[nodiscard]] Evaluation evaluate(const Expression& expression, const Value& context,
                                  const Bounds& bounds = {});

}  // namespace rules
