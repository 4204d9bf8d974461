#pragma once
// function.h - what a function value holds: a body with the variables it closes over, a built-in,
// or one that the DMN model provides (a decision service).  Internal to the module.
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "rules/type.h"
#include "rules/value.h"

namespace rules {

class Evaluator;
struct Program;
struct Builtin;

struct Function {
  std::vector<std::string> parameters;
  std::vector<Type> parameter_types;  // as many as parameters
  Type result;
  // Exactly one of the three is there.
  std::shared_ptr<const Program> program;  // with `body`
  std::uint32_t body = 0;
  const Builtin* builtin = nullptr;
  std::function<Value(Evaluator&, const List&)> native;

  Value captured;  // a context: the variables the body reads from outside
  std::string name;
};

}  // namespace rules
