// evaluator_unary.cpp - unary tests and `in`: whether a value passes one of several tests.
#include "rules/evaluator.h"
#include "rules/operation.h"

namespace rules {

Value Evaluator::eval_in(const Node& node, const Scope* scope) {
  const Value input = eval(node.a, scope);
  const Scope with_input{scope, nullptr, "?", &input};
  bool unknown = false;
  for (std::uint32_t i = 0; i < node.c; ++i) {
    const NodeId test = (*program_)->links[node.b + i];
    const std::optional<bool> passed = passes_test((*program_)->nodes[test], input, &with_input);
    if (passed == true) return true;
    if (!passed) unknown = true;
  }
  if (unknown) return null_because(ProblemCode::wrong_kind, "'in' cannot compare these");
  return false;
}

std::optional<bool> Evaluator::passes_tests(NodeId tests, const Value& input, const Scope* scope) {
  const Node& node = (*program_)->nodes[tests];
  const Scope with_input{scope, nullptr, "?", &input};
  if (node.op != Op::tests) return passes_test(node, input, &with_input);
  bool unknown = false;
  for (std::uint32_t i = 0; i < node.c; ++i) {
    const NodeId test = (*program_)->links[node.b + i];
    const std::optional<bool> passed = passes_test((*program_)->nodes[test], input, &with_input);
    if (passed == true) return node.flag == 0;
    if (!passed) unknown = true;
  }
  if (unknown) return std::nullopt;
  return node.flag != 0;
}

const Value* Evaluator::constant_at(NodeId id) const {
  const Node& node = (*program_)->nodes[id];
  if (node.op == Op::constant) return &(*program_)->constants[node.a];
  return node.op == Op::range && node.d != 0 ? &(*program_)->constants[node.d - 1] : nullptr;
}

std::optional<bool> Evaluator::passes_test(const Node& test, const Value& input,
                                           const Scope* scope) {
  if (test.op == Op::any_value) return true;
  const Value* constant = constant_at(test.a);
  const Value computed = constant == nullptr ? eval(test.a, scope) : Value{};
  if (constant != nullptr && !spend(1)) return std::nullopt;
  const Value& operand = constant == nullptr ? computed : *constant;
  if (test.op == Op::compare_input) {
    const auto op = static_cast<Op>(test.flag);
    if (op == Op::equal) return equals(input, operand);
    if (op == Op::not_equal) {
      const std::optional<bool> same = equals(input, operand);
      return same ? std::optional{!*same} : std::nullopt;
    }
    const std::optional<int> order = compare(input, operand);
    if (!order) return std::nullopt;
    switch (op) {
      case Op::less:
        return *order < 0;
      case Op::less_equal:
        return *order <= 0;
      case Op::greater:
        return *order > 0;
      default:
        return *order >= 0;
    }
  }
  if (test.flag != 0 && operand.if_boolean() != nullptr) return operand.is_true();
  if (operand.if_boolean() != nullptr && input.if_boolean() == nullptr && test.flag != 0) {
    return operand.is_true();
  }
  if (!spend_on(operand) || !spend_on(input)) return std::nullopt;
  return passes(input, operand);
}

}  // namespace rules
