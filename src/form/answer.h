#pragma once
// answer.h - one answer against its field: the normal form it is kept in, or what is wrong with it.
// Internal to form; conditions and other fields are validation.cpp's.
#include <optional>
#include <vector>

#include "base/json.h"
#include "calendar/instant.h"
#include "form/field.h"
#include "form/validation.h"

namespace form {

struct AnswerProblem {
  ProblemCode code = ProblemCode::wrong_type;
  Bilingual message;
};

struct CheckedAnswer {
  std::optional<base::json::value> value;  // absent: no answer, or one that cannot be kept
  std::vector<AnswerProblem> problems;
};

// Every type but table.  Null, empty texts and empty lists are no answer, and no problem.
[[nodiscard]] CheckedAnswer check_answer(const Field& field, const base::json::value& answer,
                                         calendar::Date today);

// First and last day that a partial date may mean; nothing when it is none.
struct DayRange {
  calendar::Date first;
  calendar::Date last;
};
[[nodiscard]] std::optional<DayRange> range_of(std::string_view partial_date);

}  // namespace form
