#include "form/condition.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include "rules/expression.h"

namespace form {
namespace {

// The variables that `for`, `some` and `every` bind: words between one of those and `in`.
std::vector<std::string> bound_names(const std::string& text) {
  std::istringstream words(text);
  std::vector<std::string> bound;
  std::string before;
  std::string variable;
  std::string word;
  while (words >> word) {
    const std::size_t open = before.find_last_of("([{,");
    const std::string binder = open == std::string::npos ? before : before.substr(open + 1);
    if (word == "in" && (binder == "for" || binder == "some" || binder == "every")) {
      bound.push_back(variable);
    }
    before = std::exchange(variable, word);
  }
  return bound;
}

}  // namespace

Condition::Condition(std::string text, std::shared_ptr<const rules::Expression> expression)
    : text_(std::move(text)), expression_(std::move(expression)) {
  const std::vector<std::string> bound = bound_names(text_);
  for (const std::string& name : expression_->names()) {
    if (std::ranges::find(bound, name) == bound.end()) names_.push_back(name);
  }
}

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

}  // namespace form
