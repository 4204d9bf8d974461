#pragma once
// branches.h - the branches of a model's decisions, and which of them a decision takes.
//
// A branch is a rule of a decision table, or one side of an `if`, wherever it stands in a decision
// or in a knowledge model.  An `if` whose condition is null takes its else.
#include <string>
#include <string_view>
#include <vector>

#include "rules/dmn_model.h"

namespace rules {

struct RuleBranch {
  enum class Kind { rule, then_side, else_side };
  Kind kind = Kind::rule;
  std::string decision;  // or knowledge model
  int number = 0;        // of the rule, or of the `if`, within the decision, from 1
  int line = 0;          // of the file
  friend bool operator==(const RuleBranch&, const RuleBranch&) = default;
};

// In the order of the file.  Imported models have theirs.
[[nodiscard]] const std::vector<RuleBranch>& branches_of(const Model& model);

// Those that no input can take, as indices into branches_of(): a rule of a table of hit policy
// FIRST after one that takes all that it would, and a side of an `if` on a constant.  What is not
// here may still be out of reach.
[[nodiscard]] std::vector<std::size_t> dead_branches(const Model& model);

// As decide(); sets taken[i] for each branch branches_of(model)[i] that it takes.  `taken` is made
// as long as that.
[[nodiscard]] base::Result<Value, DecisionError> decide_noting(const Model& model,
                                                               std::string_view decision,
                                                               const Value& context,
                                                               std::vector<bool>& taken,
                                                               const Bounds& bounds = {});

}  // namespace rules
