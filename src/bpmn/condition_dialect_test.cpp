// Conditions of other engines' diagrams mean the same in FEEL, or are not read at all.
#include "bpmn/condition_dialect.h"

#include <gtest/gtest.h>

#include "rules/expression.h"

namespace bpmn {
namespace {

struct Sentence {
  const char* theirs;
  const char* feel;
};

TEST(ConditionDialect, SaysInFeelWhatOtherEnginesWrite) {
  for (const Sentence& one : {
           Sentence{"${approved}", "approved"},
           Sentence{"${!approved}", "not(approved)"},
           Sentence{"${clarified == 'yes'}", "clarified = \"yes\""},
           Sentence{" #{ order.amount >= 1000 && order.kind ne 'gift' } ",
                    "order.amount >= 1000 and order.kind != \"gift\""},
           Sentence{"bpmn:getDataObject('approved')", "approved"},
           Sentence{"not(bpmn:getDataObject('approved'))", "not((approved))"},
           Sentence{"bpmn:getDataObject('clarified') = 'yes'", "clarified = \"yes\""},
           Sentence{"Service Level == 'Premium'", "Service Level = \"Premium\""},
           Sentence{"${empty note}", "(note = null or note = \"\" or note = [])"},
           Sentence{"${not empty note or hồSơ == \"đủ\"}",
                    "not((note = null or note = \"\" or note = [])) or hồSơ = \"đủ\""},
           Sentence{"${a - b * -2 lt (c + 1)}", "a - b * -2 < (c + 1)"},
           Sentence{"${name == 'O\\'Hara \"x\"'}", "name = \"O'Hara \\\"x\\\"\""},
       }) {
    const auto feel = feel_of_condition(one.theirs);
    ASSERT_TRUE(feel.has_value()) << one.theirs;
    EXPECT_EQ(*feel, one.feel);
    EXPECT_TRUE(rules::Expression::parse(*feel)) << *feel;
  }
}

TEST(ConditionDialect, RefusesWhatItWouldHaveToGuess) {
  for (const char* text :
       {"", "${}", "${a}${b}", "${a", "${execution.getVariable('a')}", "${items[0] == 1}",
        "${a ? b : c}", "${a == b == c}", "${a = }", "${'unfinished}", "/invoice/@total > 3",
        "document(':;')", "${a} and more", "getDataObject('a', 'b')", "getDataObject('a;b')",
        "${and}", "x:y", "${a..b}", "${a % 2 == 0}"}) {
    EXPECT_FALSE(feel_of_condition(text).has_value()) << text;
  }
  EXPECT_FALSE(feel_of_condition("${" + std::string(3'000, '!') + "a}").has_value());
  EXPECT_FALSE(feel_of_condition(std::string(100'000, 'a')).has_value());
}

}  // namespace
}  // namespace bpmn
