#pragma once
// validation.h - what a set of answers means: which fields are asked, what is wrong, what is kept.
//
// Pure, and tells all problems at once, each at its field.  Answers are a flat object, field id ->
// value; see field_type.h for the shape of each kind.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "calendar/instant.h"
#include "form/form.h"
#include "rules/value.h"

namespace form {

enum class ProblemCode {
  required,        // an answer is needed
  unknown_field,   // the form has no such field
  wrong_type,      // not the kind of value that the field takes
  too_long,        // more characters, rows or choices than allowed
  too_short,       // fewer characters than needed
  too_small,       // below the smallest number
  too_large,       // above the largest number
  too_early,       // before the first day allowed
  too_late,        // after the last day allowed
  bad_format,      // the text is not of the form that the field asks for
  unknown_option,  // not one of the choices
  check_failed,    // a rule across fields says no; the message is the rule's own
  doubtful_id,     // warning: the ID's place is unknown, or its sex or year differ from the answers
};

[[nodiscard]] std::string_view to_text(ProblemCode code);

struct FieldProblem {
  std::string
      field;  // "child_name", in a table "members[2].full_name" (the first row sent is 0), or empty
  std::string page;  // id of its page, or empty
  ProblemCode code = ProblemCode::required;
  Severity severity = Severity::error;
  Bilingual message;  // what happened and what to do
};

struct FormEvaluation {
  std::vector<std::string> visible;    // ids, in the order of the form
  std::vector<std::string> required;   // ids, in the order of the form; all of them visible
  std::vector<FieldProblem> problems;  // in the order of the form; warnings among them
  base::json::object answers;          // normalised; hidden, unknown and unusable ones dropped

  // No problem of severity `error`.
  [[nodiscard]] bool acceptable() const;
};

// Looks at the whole form, or at its pages up to and including index `upto_page` (a draft that is
// being written: what lies behind is not missing yet).  Unknown fields are always told.
[[nodiscard]] FormEvaluation evaluate(const Form& form, const base::json::object& answers,
                                      calendar::Date today,
                                      std::optional<std::size_t> upto_page = std::nullopt);

// {"visible": [id], "required": [id], "problems": [{"field", "page", "code", "severity",
//  "message": {"vi", "en"}}], "answers": {…}, "acceptable": bool}
[[nodiscard]] base::json::object to_json(const FormEvaluation& evaluation);
[[nodiscard]] base::json::object to_json(const FieldProblem& problem);

// The answers as conditions and decisions see them: every field of the form is a name (null when
// there is no answer), dates are FEEL dates, plus `today`.
// Requires: `answers` are normalised ones.
[[nodiscard]] rules::Value feel_context(const Form& form, const base::json::object& answers,
                                        calendar::Date today);

}  // namespace form
