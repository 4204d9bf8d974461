// readme_test.cpp - the example of README.md, kept compiling.
#include <gtest/gtest.h>

#include "rules/expression.h"

namespace rules {
namespace {

TEST(Readme, ExampleHolds) {
  // README example begins
  const auto fee =
      rules::Expression::parse("if pages > 2 then 4000 + 1000 * (pages - 2) else 2000 * pages");
  const rules::Value form{rules::Context{{"pages", 5}}};
  const rules::Evaluation evaluation = rules::evaluate(*fee, form);
  for (const rules::Problem& problem : evaluation.problems) ADD_FAILURE() << problem.message;
  EXPECT_EQ(evaluation.value, rules::Value{7000});
  // README example ends
}

}  // namespace
}  // namespace rules
