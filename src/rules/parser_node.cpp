// parser_node.cpp - putting the nodes that the grammar finds into the program.
#include <algorithm>

#include "rules/operation.h"
#include "rules/parser.h"

namespace rules {

namespace {

constexpr std::uint16_t kHeightMax = 600;
// Reading a range that is open at its end may try twice; a text made to do so over and over stops
// here.
constexpr std::uint64_t kWorkMax = 400'000;

}  // namespace

NodeId Parser::add(Node added) {
  std::uint32_t height = 0;
  const auto below = [&](NodeId id) {
    if (id != kNoNode) height = std::max<std::uint32_t>(height, program_.nodes[id].height);
  };
  const auto below_links = [&](std::uint32_t step, std::uint32_t offset) {
    for (std::uint32_t i = offset; i < added.c; i += step) below(program_.links[added.b + i]);
  };
  switch (added.op) {
    case Op::constant:
    case Op::name:
    case Op::any_value:
    case Op::null_with:
      break;
    case Op::negate:
    case Op::instance_of:
    case Op::path:
    case Op::compare_input:
    case Op::test:
    case Op::typed:
    case Op::function:
      below(added.a);
      break;
    case Op::between:
    case Op::choice:
      below(added.c);
      [[fallthrough]];
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::power:
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
    case Op::conjunction:
    case Op::disjunction:
    case Op::range:
    case Op::filter:
      below(added.a);
      below(added.b);
      break;
    case Op::list:
    case Op::tests:
      below_links(1, 0);
      break;
    case Op::in:
      below(added.a);
      below_links(1, 0);
      break;
    case Op::context:
      below_links(2, 1);
      break;
    case Op::loop:
    case Op::some:
    case Op::every:
      below(added.a);
      below_links(3, 1);
      below_links(3, 2);
      break;
    case Op::call:
      below(added.a);
      if (added.d != 0) {
        below_links(2, 1);
      } else {
        below_links(1, 0);
      }
      break;
    case Op::table: {
      const DecisionTable& table = program_.tables[added.a];
      for (const DecisionTable::Input& input : table.inputs) below(input.expression);
      for (const DecisionTable::Rule& rule : table.rules) {
        for (const NodeId id : rule.tests) below(id);
        for (const NodeId id : rule.outputs) below(id);
      }
      break;
    }
  }
  added.source = source_;
  added.height = static_cast<std::uint16_t>(std::min<std::uint32_t>(height + 1, 0xFFFF));
  if (added.height > kHeightMax) fail("a less deeply nested expression");
  if (++work_ > kWorkMax) fail("a shorter expression");
  if (added.op == Op::range) added.d = range_of_constants(added);
  program_.nodes.push_back(added);
  return static_cast<NodeId>(program_.nodes.size() - 1);
}

NodeId Parser::node(Op op, std::size_t start, std::uint32_t a, std::uint32_t b, std::uint32_t c,
                    std::uint32_t d, std::uint8_t flag) {
  if (failed_) return 0;
  Node made;
  made.op = op;
  made.flag = flag;
  made.position = static_cast<std::uint32_t>(start);
  made.a = a;
  made.b = b;
  made.c = c;
  made.d = d;
  return add(made);
}

std::uint32_t Parser::range_of_constants(const Node& range) {
  Range made;
  made.low_closed = (range.flag & 1U) != 0;
  made.high_closed = (range.flag & 2U) != 0;
  made.comparison = (range.flag & 4U) != 0;
  const auto end = [&](NodeId id) {
    const bool written = id != kNoNode && program_.nodes[id].op == Op::constant;
    return written ? program_.constants[program_.nodes[id].a] : Value{};
  };
  made.low = end(range.a);
  made.high = end(range.b);
  // What has no order is for the evaluator to complain of; so is an end that is null.
  const Value& low = made.low.is_null() && range.a == kNoNode ? made.high : made.low;
  const Value& high = made.high.is_null() && range.b == kNoNode ? made.low : made.high;
  if (low.kind() != high.kind() || !compare(low, high)) return 0;
  program_.constants.push_back(std::move(made));
  return static_cast<std::uint32_t>(program_.constants.size());
}

NodeId Parser::constant(Value value) {
  program_.constants.push_back(std::move(value));
  return node(Op::constant, position_, static_cast<std::uint32_t>(program_.constants.size() - 1));
}

std::uint32_t Parser::name_index(std::string_view name) {
  program_.names.emplace_back(name);
  return static_cast<std::uint32_t>(program_.names.size() - 1);
}

std::uint32_t Parser::add_links(const std::vector<std::uint32_t>& links) {
  const auto start = static_cast<std::uint32_t>(program_.links.size());
  program_.links.insert(program_.links.end(), links.begin(), links.end());
  return start;
}

std::uint32_t Parser::add_type(Type type) {
  program_.types.push_back(std::move(type));
  return static_cast<std::uint32_t>(program_.types.size() - 1);
}

}  // namespace rules
