#pragma once
// condition.h - a FEEL expression over the answers of a form, read once and asked often.
//
// A condition knows only names and values: `child.birth` style paths, numbers, texts, dates.  A
// condition that comes out as null (an answer it needs is missing) does not hold: nothing is asked
// and nobody is charged because of something unknown.
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "rules/value.h"

namespace rules {
class Expression;
}

namespace form {

class Condition {
 public:
  // The error says, for the designer, where the text stops being FEEL.  At most 2,000 characters.
  [[nodiscard]] static base::Result<Condition, std::string> parse(std::string_view text);

  // True only when the expression comes out as the boolean true.
  [[nodiscard]] bool holds(const rules::Value& answers) const;

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  Condition(std::string text, std::shared_ptr<const rules::Expression> expression);

  std::string text_;
  std::shared_ptr<const rules::Expression> expression_;
};

}  // namespace form
