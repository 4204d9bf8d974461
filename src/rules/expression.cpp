#include "rules/expression.h"

#include <algorithm>

#include "rules/evaluator.h"
#include "rules/parser.h"

namespace rules {

base::Result<Expression, SyntaxError> Expression::parse(
    std::string_view text, const std::vector<std::string>& names_in_scope,
    const std::vector<std::string>& member_names) {
  auto program = std::make_shared<Program>();
  NameTable names = NameTable::with_builtins();
  for (const std::string& name : names_in_scope) names.add(name);
  Parser parser{*program, names};
  for (const std::string& name : member_names) parser.add_member(name);
  Expression expression;
  expression.root_ = TRY(parser.expression(text));
  expression.text_ = std::string{text};
  for (const std::string& name : parser.free_names()) {
    if (!find_builtin(name)) expression.names_.push_back(name);
  }
  expression.program_ = std::move(program);
  return expression;
}

Evaluation evaluate(const Expression& expression, const Value& context, const Bounds& bounds) {
  Evaluator evaluator{bounds};
  const Scope scope{nullptr, context.if_context(), {}, nullptr};
  Value value = evaluator.run(expression.program_, expression.root_,
                              context.if_context() == nullptr ? nullptr : &scope);
  return Evaluation{std::move(value), evaluator.take_problems()};
}

}  // namespace rules
