#pragma once
// condition.h - a FEEL expression over the answers of a form, read once and asked often.
//
// A condition that comes out as null (an answer it needs is missing) does not hold: nothing is
// asked and nobody is charged because of something unknown.
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rules/value.h"

namespace rules {
class Expression;
}

namespace form {

inline constexpr std::size_t kConditionLengthMax = 2000;

class Condition {
 public:
  // The error says, for the designer, where the text stops being FEEL.
  [[nodiscard]] static base::Result<Condition, std::string> parse(std::string_view text);

  // True only when the expression comes out as the boolean true.  `answers` is a context, see
  // feel_context() in validation.h.
  [[nodiscard]] bool holds(const rules::Value& answers) const;
  // True only when it comes out as the boolean false: it could be decided, and says no.
  [[nodiscard]] bool fails(const rules::Value& answers) const;

  [[nodiscard]] const std::string& text() const { return text_; }
  // The answers it reads.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  Condition(std::string text, std::shared_ptr<const rules::Expression> expression);

  std::string text_;
  std::vector<std::string> names_;
  std::shared_ptr<const rules::Expression> expression_;
};

}  // namespace form
