#pragma once
// bounds.h - how much an evaluation may cost, and what it may know of the world.
//
// Rules come from outside: a hostile one is stopped with a problem, it never hangs the server.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rules/temporal.h"
#include "rules/value.h"

namespace rules {

struct Bounds {
  std::uint64_t steps_max = 2'000'000;  // nodes visited
  std::uint32_t depth_max = 1'000;      // nested evaluations, so that the stack suffices
  std::uint64_t memory_max =
      64U << 20U;               // bytes of lists and texts made on the way, never given back
  std::optional<DateTime> now;  // for now() and today(); absent: they are null
};

enum class ProblemCode {
  unknown_name,      // nothing of this name is in scope
  unknown_function,  // the called thing is no function
  wrong_arguments,   // number, names or kinds of the arguments
  wrong_kind,        // an operator met values it is not defined for
  no_result,         // division by zero, overflow, a text that is no date ...
  type_mismatch,     // a value that its declared type does not admit
  hit_policy,        // the rules that match are not what the hit policy admits
  bound_reached,     // steps, depth or memory: the whole evaluation is null
};

// Why a null came about.  At most 100 are kept for one evaluation.
struct Problem {
  ProblemCode code = ProblemCode::no_result;
  std::string message;  // English, for the author of the rule
  int line = 0;         // from 1, within the text that was parsed
  int column = 0;
  friend bool operator==(const Problem&, const Problem&) = default;
};

struct Evaluation {
  Value value;
  std::vector<Problem> problems;
};

}  // namespace rules
