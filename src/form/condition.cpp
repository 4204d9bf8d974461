#include "form/condition.h"

#include <utility>

#include "rules/expression.h"

namespace form {

Condition::Condition(std::string text, std::shared_ptr<const rules::Expression> expression)
    : text_(std::move(text)), expression_(std::move(expression)) {}

base::Result<Condition, std::string> Condition::parse(std::string_view text) {
  if (text.size() > kConditionLengthMax) {
    return base::Failure{std::string{"the condition is longer than 2,000 bytes"}};
  }
  auto expression = rules::Expression::parse(text);
  if (!expression) {
    const rules::SyntaxError& error = expression.error();
    return base::Failure{"not a FEEL expression at line " + std::to_string(error.line) +
                         ", column " + std::to_string(error.column) + ": " + error.message};
  }
  return Condition(std::string{text},
                   std::make_shared<const rules::Expression>(std::move(expression).value()));
}

bool Condition::holds(const rules::Value& answers) const {
  return rules::evaluate(*expression_, answers).value.is_true();
}

bool Condition::fails(const rules::Value& answers) const {
  return rules::evaluate(*expression_, answers).value.is_false();
}

const std::vector<std::string>& Condition::names() const {
  return expression_->names();
}

}  // namespace form
