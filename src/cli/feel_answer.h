#pragma once
// feel_answer.h - FEEL asked from outside: one expression over a JSON context, answered in words or
// in JSON.
#include <iosfwd>
#include <string>
#include <string_view>

#include "base/json.h"
#include "rules/expression.h"

namespace cli {

// Parses with the names of the context in scope, then evaluates.
[[nodiscard]] base::Result<rules::Evaluation, rules::SyntaxError> evaluate_feel(
    std::string_view text, const rules::Value& context, const rules::Bounds& bounds);

// "line 1, column 5: …", and below it the line of the text with a caret under the place; of a long
// line the part around it.
[[nodiscard]] std::string point_at(const rules::SyntaxError& error, std::string_view text);
// "1:5: …"
[[nodiscard]] std::string in_words(const rules::Problem& problem);

// {"expression": "…", "context": {…}} to {"value": …, "text": "…", "problems": ["…"]}, or
// {"error": {"line": …, "column": …, "expected": "…", "message": "…"}}.  In the context a text such
// as @"2026-08-20" is that date (rules::JsonForm::tagged); the value is written plainly.
[[nodiscard]] base::json::object answer_feel(std::string_view line, const rules::Bounds& bounds);
// The same for each line of `in`, one line of `out` each, written at once.
void answer_feel_lines(std::istream& in, std::ostream& out, const rules::Bounds& bounds);

}  // namespace cli
