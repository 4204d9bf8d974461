#pragma once
// operation.h - the operators of FEEL on values, without scopes or trees.  Internal to the module.
//
// Null stands for "not defined for these values"; the evaluator says why.
#include <optional>

#include "rules/value.h"

namespace rules {

[[nodiscard]] Value add(const Value& a, const Value& b);
[[nodiscard]] Value subtract(const Value& a, const Value& b);
[[nodiscard]] Value multiply(const Value& a, const Value& b);
[[nodiscard]] Value divide(const Value& a, const Value& b);
[[nodiscard]] Value power(const Value& a, const Value& b);
[[nodiscard]] Value negate(const Value& a);

// FEEL's `=`: nothing where the kinds cannot be compared.
[[nodiscard]] std::optional<bool> equals(const Value& a, const Value& b);
// -1, 0, 1; nothing where there is no order between the two.
[[nodiscard]] std::optional<int> compare(const Value& a, const Value& b);
// Whether the range holds the value; nothing where that is unknown.
[[nodiscard]] std::optional<bool> includes(const Range& range, const Value& value);
// One passed test of a value against a plain value, a list of values, or a range.
[[nodiscard]] std::optional<bool> passes(const Value& input, const Value& test);

// The property of a date, time, duration or range; nothing where it has none of this name.
[[nodiscard]] std::optional<Value> property(const Value& value, std::string_view name);

// Durations as one number of nanoseconds, and back; nothing beyond about 290 million years.
__extension__ using Nanoseconds = __int128;
[[nodiscard]] Nanoseconds nanoseconds_of(const DaysTime& duration);
[[nodiscard]] std::optional<DaysTime> days_time_of(Nanoseconds nanoseconds);
[[nodiscard]] std::optional<Date> plus_months(const Date& date, std::int64_t months);

}  // namespace rules
