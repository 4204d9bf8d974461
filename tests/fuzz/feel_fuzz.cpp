// feel_fuzz.cpp - any bytes as a FEEL expression and as unary tests: refused with a place in the
// text, or evaluated within the bounds, and the same each time.
#include <cstdint>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "base/text.h"
#include "rules/expression.h"
#include "rules/unary_tests.h"
#include "unit_clock.h"

namespace {

using fuzz::must;

const std::vector<std::string>& names() {
  static const std::vector<std::string> kept{"phí - lệ phí", "ngày in tờ khai"};
  return kept;
}

const rules::Value& context() {
  using rules::Context;
  using rules::List;
  static const rules::Value kept{
      Context{{"x", 7},
              {"y", *rules::Decimal::parse("-0.5")},
              {"s", "Nguyễn Văn Đức"},
              {"b", true},
              {"n", rules::Value{}},
              {"list", List{1, 2, 3, "ba", rules::Value{}}},
              {"people",
               List{Context{{"name", "An"}, {"age", 17}}, Context{{"name", "Bình"}, {"age", 40}}}},
              {"c", Context{{"a", 1}, {"b", Context{{"đ", 2}}}}},
              {"d", *rules::Date::parse("2024-02-29")},
              {"t", *rules::Time::parse("10:00:00+07:00")},
              {"dt", *rules::DateTime::parse("2026-08-20T10:00:00@Asia/Ho_Chi_Minh")},
              {"p", *rules::parse_days_time("P1DT2H")},
              {"m", *rules::parse_years_months("P1Y2M")},
              {"phí - lệ phí", 5000},
              {"ngày in tờ khai", *rules::Date::parse("2026-01-31")}}};
  return kept;
}

rules::Bounds small_bounds() {
  rules::Bounds bounds;
  bounds.steps_max = 10'000;
  bounds.memory_max = 1U << 20U;
  bounds.now = rules::DateTime::parse("2026-08-20T10:00:00+07:00");
  return bounds;
}

// Compared as texts: a function is equal only to itself.
std::string told(const rules::Evaluation& evaluation) {
  std::string all = rules::to_text(evaluation.value);
  for (const rules::Problem& problem : evaluation.problems) {
    all += "\n" + std::to_string(problem.line) + ":" + std::to_string(problem.column) + " " +
           problem.message;
  }
  return all;
}

void check_error(const rules::SyntaxError& error, std::string_view text) {
  must(error.line >= 1 && error.column >= 1, "an error has a place");
  must(static_cast<std::size_t>(error.line) <= text.size() + 1 &&
           static_cast<std::size_t>(error.column) <= text.size() + 1,
       "the place is within the text");
  must(!error.expected.empty() && !error.message.empty(), "an error says what was expected");
}

void check_value(const rules::Value& value) {
  if (value.if_number() != nullptr) {
    const auto again = rules::Decimal::parse(rules::to_text(value));
    must(again && *again == *value.if_number(), "the text of a number is that number");
  }
  const bool temporal = value.if_date() != nullptr || value.if_time() != nullptr ||
                        value.if_date_time() != nullptr || value.if_years_months() != nullptr ||
                        value.if_days_time() != nullptr || value.if_string() != nullptr;
  const base::json::value json = rules::to_json(value, rules::JsonForm::tagged);
  if (temporal) {
    must(rules::from_json(json, rules::JsonForm::tagged) == value, "JSON gives the value back");
  }
}

void check_expression(std::string_view text) {
  const auto expression = rules::Expression::parse(text, names());
  if (!expression) {
    check_error(expression.error(), text);
    return;
  }
  const rules::Bounds bounds = small_bounds();
  const rules::Evaluation first = rules::evaluate(*expression, context(), bounds);
  const rules::Evaluation second = rules::evaluate(*expression, context(), bounds);
  must(told(first) == told(second), "the same evaluation gives the same");
  const auto again = rules::Expression::parse(expression->text(), names());
  must(again && again->names() == expression->names(), "parsing again reads the same names");
  must(told(rules::evaluate(*again, context(), bounds)) == told(first),
       "parsing again means the same");
  check_value(first.value);
}

void check_without_names(std::string_view text) {
  const auto expression = rules::Expression::parse(text);
  if (expression) {
    static_cast<void>(rules::evaluate(*expression, {}, small_bounds()));
  } else {
    check_error(expression.error(), text);
  }
}

void check_tests(std::string_view text) {
  const auto tests = rules::UnaryTests::parse(text, names());
  if (!tests) {
    check_error(tests.error(), text);
    return;
  }
  const rules::Bounds bounds = small_bounds();
  for (const char* asked : {"x", "s", "list", "n"}) {
    const rules::Evaluation first = tests->evaluate(context()[asked], context(), bounds);
    must(told(first) == told(tests->evaluate(context()[asked], context(), bounds)),
         "the same test gives the same");
    must(tests->matches(context()[asked], context(), bounds) == first.value.is_true(),
         "what matches is what is true");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const fuzz::UnitClock clock;
  const std::string_view text{reinterpret_cast<const char*>(data), size};
  check_expression(text);
  check_without_names(text);
  check_tests(text);
  return 0;
}
