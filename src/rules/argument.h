#pragma once
// argument.h - reading the arguments of built-in functions.  Internal to the module.
//
// A list of one stands for its item where a single value is asked for, and a single value for a
// list of one where a list is, as FEEL's implicit conversions have it.
#include <optional>
#include <string>

#include "rules/builtin.h"
#include "rules/evaluator.h"
#include "rules/value.h"

namespace rules {

[[nodiscard]] inline const Value& single(const Value& value) {
  const List* list = value.if_list();
  return list != nullptr && list->size() == 1 ? list->front() : value;
}
[[nodiscard]] inline const Decimal* number_in(const Value& value) {
  return single(value).if_number();
}
[[nodiscard]] inline const std::string* string_in(const Value& value) {
  return single(value).if_string();
}

// A list, or a list of the one value; null for null.
[[nodiscard]] inline Value list_in(const Value& value) {
  return value.if_list() != nullptr || value.is_null() ? value : Value{List{value}};
}

inline Value wrong_kind(Evaluator& evaluator, const char* what) {
  return evaluator.null_because(ProblemCode::wrong_kind, what);
}
inline Value no_result(Evaluator& evaluator, const char* what) {
  return evaluator.null_because(ProblemCode::no_result, what);
}

template <class T>
Value value_or_null(Evaluator& evaluator, std::optional<T> result, const char* what) {
  return result ? Value{*std::move(result)} : no_result(evaluator, what);
}

}  // namespace rules
