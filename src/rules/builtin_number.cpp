// builtin_number.cpp - functions of numbers.
#include <array>

#include "rules/argument.h"
#include "rules/operation.h"

namespace rules {

namespace {

template <Rounding rounding>
Value rounded(Evaluator& evaluator, const Arguments& arguments) {
  const Decimal* number = number_in(arguments[0]);
  if (number == nullptr) return wrong_kind(evaluator, "a number is expected");
  std::int64_t scale = 0;
  if (arguments.has(1)) {
    const Decimal* given = number_in(arguments[1]);
    if (given == nullptr) return wrong_kind(evaluator, "the scale is no number");
    const auto whole = Decimal::round(*given, 0, Rounding::down);
    const auto integer = whole ? whole->to_integer() : std::nullopt;
    if (!integer) return no_result(evaluator, "the scale is too large");
    scale = *integer;
  }
  return value_or_null(evaluator, Decimal::round(*number, scale, rounding),
                       "a scale beyond -6111 to 6176");
}

Value abs(Evaluator& evaluator, const Arguments& arguments) {
  const Value& value = single(arguments[0]);
  if (value.if_number() != nullptr) return value.if_number()->magnitude();
  if (value.if_days_time() != nullptr) {
    return nanoseconds_of(*value.if_days_time()) < 0 ? negate(value) : value;
  }
  if (value.if_years_months() != nullptr) {
    return value.if_years_months()->months < 0 ? negate(value) : value;
  }
  return wrong_kind(evaluator, "a number or a duration is expected");
}

// The library divides digit by digit, so that numbers far apart take long.
bool pay_for_division(Evaluator& evaluator, const Decimal& a, const Decimal& b) {
  return evaluator.spend((a.zeros_written() + b.zeros_written()) / 64);
}

Value modulo(Evaluator& evaluator, const Arguments& arguments) {
  const Decimal* dividend = number_in(arguments[0]);
  const Decimal* divisor = number_in(arguments[1]);
  if (dividend == nullptr || divisor == nullptr) {
    return wrong_kind(evaluator, "numbers are expected");
  }
  if (!pay_for_division(evaluator, *dividend, *divisor)) return {};
  return value_or_null(evaluator, Decimal::modulo(*dividend, *divisor), "division by zero");
}

template <std::optional<Decimal> (*function)(const Decimal&)>
Value applied(Evaluator& evaluator, const Arguments& arguments) {
  const Decimal* number = number_in(arguments[0]);
  if (number == nullptr) return wrong_kind(evaluator, "a number is expected");
  return value_or_null(evaluator, function(*number), "no result for this number");
}

template <bool odd>
Value parity(Evaluator& evaluator, const Arguments& arguments) {
  const Decimal* number = number_in(arguments[0]);
  if (number == nullptr) return wrong_kind(evaluator, "a number is expected");
  if (!pay_for_division(evaluator, *number, Decimal{2})) return {};
  const auto rest = Decimal::modulo(*number, Decimal{2});
  if (!rest || !number->is_integer()) return false;
  return rest->is_zero() != odd;
}

constexpr std::array kFunctions{
    Builtin{"decimal", "n,scale", rounded<Rounding::half_even>},
    Builtin{"floor", "n,scale?", rounded<Rounding::floor>},
    Builtin{"ceiling", "n,scale?", rounded<Rounding::ceiling>},
    Builtin{"round up", "n,scale", rounded<Rounding::up>},
    Builtin{"round down", "n,scale", rounded<Rounding::down>},
    Builtin{"round half up", "n,scale", rounded<Rounding::half_up>},
    Builtin{"round half down", "n,scale", rounded<Rounding::half_down>},
    Builtin{"abs", "n", abs},
    Builtin{"modulo", "dividend,divisor", modulo},
    Builtin{"sqrt", "number", applied<Decimal::square_root>},
    Builtin{"log", "number", applied<Decimal::natural_log>},
    Builtin{"exp", "number", applied<Decimal::exponential>},
    Builtin{"odd", "number", parity<true>},
    Builtin{"even", "number", parity<false>},
};

}  // namespace

std::span<const Builtin> number_builtins() {
  return kFunctions;
}

}  // namespace rules
