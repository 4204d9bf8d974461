#pragma once
// analysis_condition.h - a FEEL condition as comparisons joined by and, or, not.  Internal to the
// module; see analysis_condition_cover.h.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bpmn {

struct ConditionLiteral {
  enum class Kind : std::uint8_t { number, text, boolean, null };
  Kind kind = Kind::null;
  std::string text;  // as written; of `text`: the content
  long double number = 0;
  friend bool operator==(const ConditionLiteral& a, const ConditionLiteral& b) {
    return a.kind == b.kind && (a.kind == Kind::number ? a.number == b.number : a.text == b.text);
  }
};

// An operand: an unknown (variable, path, call, anything) or a literal.
struct ConditionOperand {
  std::string unknown;  // its text; empty: a literal
  ConditionLiteral literal;
};

enum class ConditionOperator : std::uint8_t { equal, unequal, less, at_most, greater, at_least };

struct Condition {
  enum class Kind : std::uint8_t { all, any, negation, comparison, unknown, constant };
  Kind kind = Kind::constant;
  bool value = false;            // constant
  std::string text;              // unknown: a truth value of its own
  std::vector<Condition> parts;  // all, any, negation
  ConditionOperand left;
  ConditionOperator op = ConditionOperator::equal;
  ConditionOperand right;
};

// Never fails: what is not understood becomes an unknown truth value.
[[nodiscard]] Condition read_condition(std::string_view text);

}  // namespace bpmn
