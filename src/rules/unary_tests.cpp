#include "rules/unary_tests.h"

#include "rules/evaluator.h"
#include "rules/parser.h"

namespace rules {

base::Result<UnaryTests, SyntaxError> UnaryTests::parse(
    std::string_view text, const std::vector<std::string>& names_in_scope) {
  auto program = std::make_shared<Program>();
  NameTable names = NameTable::with_builtins();
  for (const std::string& name : names_in_scope) names.add(name);
  Parser parser{*program, names};
  UnaryTests tests;
  tests.root_ = TRY(parser.unary_tests(text));
  tests.program_ = std::move(program);
  return tests;
}

Evaluation UnaryTests::evaluate(const Value& value, const Value& context,
                                const Bounds& bounds) const {
  Evaluator evaluator{bounds};
  const Scope outer{nullptr, context.if_context(), {}, nullptr};
  const Scope input{context.if_context() == nullptr ? nullptr : &outer, nullptr, "?", &value};
  Value result = evaluator.run(program_, root_, &input);
  return Evaluation{std::move(result), evaluator.take_problems()};
}

bool UnaryTests::matches(const Value& value, const Value& context, const Bounds& bounds) const {
  return evaluate(value, context, bounds).value.is_true();
}

}  // namespace rules
