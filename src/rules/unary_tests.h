#pragma once
// unary_tests.h - the tests of one cell of a decision table: "-", "< 18", "[1..5], 9",
// "not(\"A\")".
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "rules/expression.h"

namespace rules {

class UnaryTests {
 public:
  [[nodiscard]] static base::Result<UnaryTests, SyntaxError> parse(
      std::string_view text, const std::vector<std::string>& names_in_scope = {});

  // Whether `value` passes one of the tests; `context` holds the other variables.
  [[nodiscard]] bool matches(const Value& value, const Value& context = {},
                             const Bounds& bounds = {}) const;
  // The same with the reasons: the value is true, false or null.
  [[nodiscard]] Evaluation evaluate(const Value& value, const Value& context = {},
                                    const Bounds& bounds = {}) const;

 private:
  UnaryTests() = default;

  std::shared_ptr<const Program> program_;
  std::uint32_t root_ = 0;
};

}  // namespace rules
