#pragma once
// program.h - the compact tree that parsing makes and evaluation walks.  Internal to the module.
//
// Nodes refer to each other by index; operands that vary in number lie in `links`.  What a node's
// fields a, b, c, d mean is said beside its operator.  The boxed expressions of DMN compile to the
// same nodes, so that there is one evaluator.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "rules/type.h"
#include "rules/value.h"

namespace rules {

using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = 0xFFFFFFFFU;

enum class Op : std::uint8_t {
  constant,       // a: constants
  name,           // a: names; b: built-in function of that name + 1, or 0
  negate,         // a
  add,            // a, b
  subtract,       // a, b
  multiply,       // a, b
  divide,         // a, b
  power,          // a, b
  equal,          // a, b
  not_equal,      // a, b
  less,           // a, b
  less_equal,     // a, b
  greater,        // a, b
  greater_equal,  // a, b
  conjunction,    // a, b
  disjunction,    // a, b
  between,        // a, low b, high c
  in,             // a; tests in links b, count c
  instance_of,    // a; b: types
  choice,         // if a then b else c; d: branch of `then` + 1 (`else` follows), or 0
  loop,           // for: iterators in links b, count c (each: name, domain, end or kNoNode); body a
  some,           // as loop
  every,          // as loop
  list,           // links b, count c
  context,        // links b, count c (each: name or kNoNode for the result, value)
  range,          // low a, high b (or kNoNode); flag: 1 low closed, 2 high closed, 4 comparison;
                  // d: constants + 1 where both ends are written out, or 0
  path,           // a; b: names
  filter,         // a; condition b
  call,           // a; arguments in links b, count c; d: 1 when named (each link pair: name, node)
  function,       // body a; links b, count c: per parameter name, type; d: links of captured names
  tests,          // unary tests: links b, count c; flag 1: negated
  compare_input,  // one unary test `< a`: flag is the Op; compares with the input value
  test,           // one unary test that is an expression a; flag 1: it reads the input value itself
  any_value,      // the test `-`
  null_with,      // null, with the problem names[a]
  table,          // a: tables
  typed,          // a, coerced to types b
};

struct Node {
  Op op = Op::constant;
  std::uint8_t flag = 0;
  std::uint16_t height = 1;    // so that no tree is too deep to walk
  std::uint32_t source = 0;    // sources
  std::uint32_t position = 0;  // byte in it
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t c = 0;
  std::uint32_t d = 0;
};

enum class HitPolicy { unique, any, priority, first, rule_order, output_order, collect };
enum class Aggregation { none, sum, min, max, count };

struct DecisionTable {
  struct Input {
    NodeId expression = 0;
    NodeId allowed = kNoNode;  // unary tests
    std::uint32_t type = kNoNode;
  };
  struct Output {
    std::string name;
    NodeId allowed = kNoNode;      // unary tests of which each is one value, in order of priority
    NodeId otherwise = kNoNode;    // default output entry
    std::uint32_t type = kNoNode;  // index into types
  };
  struct Rule {
    std::vector<NodeId> tests;    // one per input
    std::vector<NodeId> outputs;  // one per output
    std::uint32_t branch = kNoNode;
  };
  HitPolicy hit_policy = HitPolicy::unique;
  Aggregation aggregation = Aggregation::none;
  std::vector<Input> inputs;
  std::vector<Output> outputs;
  std::vector<Rule> rules;
};

struct Program;

// Unary tests of an item definition.  The program belongs to the model that holds the type.
struct Constraint {
  const Program* program = nullptr;
  NodeId tests = 0;
  std::shared_ptr<const Constraint> base;  // of the type this one narrows
};

struct Program {
  std::vector<std::string> sources;  // what was parsed, for the places of problems
  std::vector<Node> nodes;
  std::vector<std::uint32_t> links;
  std::vector<Value> constants;
  std::vector<std::string> names;
  std::vector<Type> types;
  std::vector<DecisionTable> tables;
};

}  // namespace rules
