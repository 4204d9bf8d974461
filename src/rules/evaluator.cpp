#include "rules/evaluator.h"

#include <utility>

#include "rules/operation.h"

namespace rules {

namespace {

constexpr std::size_t kProblemsMax = 100;
constexpr std::uint32_t kValueDepthMax = 200;

Value truth(std::optional<bool> value) {
  return value ? Value{*value} : Value{};
}

}  // namespace

const Value* Scope::find(std::string_view wanted) const {
  for (const Scope* scope = this; scope != nullptr; scope = scope->parent) {
    if (scope->context != nullptr) {
      if (const Value* found = scope->context->find(wanted)) return found;
    } else if (scope->name == wanted) {
      return scope->value;
    }
  }
  return nullptr;
}

Value Evaluator::run(const std::shared_ptr<const Program>& program, NodeId root,
                     const Scope* scope) {
  const auto* outer_program = std::exchange(program_, &program);
  const Node* outer = current_;
  Value result = eval(root, scope);
  program_ = outer_program;
  current_ = outer;
  return result;
}

Value Evaluator::null_because(ProblemCode code, std::string message) {
  if (problems_.size() >= kProblemsMax) return {};
  Problem problem{code, std::move(message), 0, 0};
  if (current_ != nullptr && program_ != nullptr &&
      current_->source < (*program_)->sources.size()) {
    const std::string& text = (*program_)->sources[current_->source];
    problem.line = 1;
    problem.column = 1;
    for (std::size_t i = 0; i < current_->position && i < text.size(); ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      if (byte == '\n') {
        ++problem.line;
        problem.column = 1;
      } else if ((byte & 0xC0U) != 0x80U) {
        ++problem.column;
      }
    }
  }
  problems_.push_back(std::move(problem));
  return {};
}

bool Evaluator::stop_at_steps() {
  null_because(ProblemCode::bound_reached,
               "more than " + std::to_string(bounds_.steps_max) + " steps");
  stopped_ = true;
  return false;
}

bool Evaluator::spend_memory(std::uint64_t bytes) {
  if (stopped_) return false;
  memory_ += bytes;
  if (memory_ <= bounds_.memory_max) return true;
  null_because(ProblemCode::bound_reached,
               "more than " + std::to_string(bounds_.memory_max) + " bytes");
  stopped_ = true;
  return false;
}

const Pattern* Evaluator::pattern(const std::string& text, const std::string& flags) {
  auto known = patterns_.find({text, flags});
  if (known == patterns_.end()) {
    // Compiling is the dear part: some microseconds for each letter.
    if (!spend(2'000 + 20 * text.size()) || !spend_memory(text.size())) return nullptr;
    known = patterns_.emplace(std::pair{text, flags}, Pattern::parse(text, flags)).first;
    if (known->second && !spend(known->second->size())) return nullptr;
  }
  if (known->second) return &*known->second;
  null_because(ProblemCode::no_result, "not a pattern that can be used, or unknown flags");
  return nullptr;
}

Value Evaluator::bounded(Value value) {
  const bool shallow = value.depth() <= kValueDepthMax;
  if (shallow && value.weight() <= bounds_.memory_max) return value;
  null_because(ProblemCode::bound_reached,
               shallow ? "a value of more than " + std::to_string(bounds_.memory_max) + " bytes"
                       : "lists and contexts nested too deeply");
  stopped_ = true;
  return {};
}

Value Evaluator::eval(NodeId id, const Scope* scope) {
  if (!spend(1)) return {};
  if (depth_ >= bounds_.depth_max) {
    null_because(ProblemCode::bound_reached, "nested too deeply");
    stopped_ = true;
    return {};
  }
  const Node& node = (*program_)->nodes[id];
  if (node.op == Op::constant) return (*program_)->constants[node.a];
  ++depth_;
  const Node* outer = std::exchange(current_, &node);
  Value result = dispatch(node, scope);
  current_ = outer;
  --depth_;
  return stopped_ ? Value{} : std::move(result);
}

Value Evaluator::dispatch(const Node& node, const Scope* scope) {
  switch (node.op) {
    case Op::constant:
      return (*program_)->constants[node.a];
    case Op::name:
      return eval_name(node, scope);
    case Op::negate:
    case Op::add:
    case Op::subtract:
    case Op::multiply:
    case Op::divide:
    case Op::power:
      return eval_arithmetic(node, scope);
    case Op::equal:
    case Op::not_equal:
    case Op::less:
    case Op::less_equal:
    case Op::greater:
    case Op::greater_equal:
      return eval_comparison(node, scope);
    case Op::conjunction:
    case Op::disjunction:
      return eval_logic(node, scope);
    case Op::between:
      return eval_between(node, scope);
    case Op::in:
      return eval_in(node, scope);
    case Op::instance_of: {
      const Type& type = (*program_)->types[node.b];
      if (type.kind == Type::Kind::unknown) {
        return null_because(ProblemCode::unknown_name, "no such type");
      }
      const Value value = eval(node.a, scope);
      return spend_on(value) ? Value{is_instance(value, type)} : Value{};
    }
    case Op::choice:
      return eval_choice(node, scope);
    case Op::loop:
    case Op::some:
    case Op::every:
      return eval_iteration(node, scope);
    case Op::list:
      return eval_list(node, scope);
    case Op::context:
      return eval_context(node, scope);
    case Op::range:
      return eval_range(node, scope);
    case Op::path:
      return eval_path(node, scope);
    case Op::filter:
      return eval_filter(node, scope);
    case Op::call:
      return eval_call(node, scope);
    case Op::function:
      return eval_function(node, scope);
    case Op::tests:
    case Op::compare_input:
    case Op::test:
    case Op::any_value: {
      const Value* input = scope == nullptr ? nullptr : scope->find("?");
      const auto id = static_cast<NodeId>(&node - (*program_)->nodes.data());
      return truth(passes_tests(id, input == nullptr ? Value{} : *input, scope));
    }
    case Op::null_with:
      return null_because(ProblemCode::no_result, (*program_)->names[node.a]);
    case Op::table:
      return eval_table((*program_)->tables[node.a], scope);
    case Op::typed:
      return conform(eval(node.a, scope), (*program_)->types[node.b]);
  }
  return {};
}

Value Evaluator::eval_name(const Node& node, const Scope* scope) {
  const std::string& name = (*program_)->names[node.a];
  const Value* found = scope == nullptr ? nullptr : scope->find(name);
  if (found != nullptr) return *found;
  if (node.b != 0) {
    auto function = std::make_shared<Function>();
    function->builtin = &builtins()[node.b - 1];
    function->name = name;
    return std::shared_ptr<const Function>{std::move(function)};
  }
  return null_because(ProblemCode::unknown_name, "nothing is called '" + name + "' here");
}

Value Evaluator::eval_arithmetic(const Node& node, const Scope* scope) {
  const Value left = eval(node.a, scope);
  if (node.op == Op::negate) {
    Value result = negate(left);
    if (result.is_null() && !left.is_null()) {
      return null_because(ProblemCode::wrong_kind,
                          "'-' is not defined for " + std::string{name_of(left.kind())});
    }
    return result;
  }
  const Value right = eval(node.b, scope);
  Value result;
  const char* sign = "+";
  switch (node.op) {
    case Op::add:
      if (left.if_string() != nullptr && right.if_string() != nullptr &&
          !spend_memory(left.if_string()->size() + right.if_string()->size())) {
        return {};
      }
      result = add(left, right);
      break;
    case Op::subtract:
      sign = "-";
      result = subtract(left, right);
      break;
    case Op::multiply:
      sign = "*";
      result = multiply(left, right);
      break;
    case Op::divide:
      sign = "/";
      result = divide(left, right);
      break;
    default:
      sign = "**";
      spend(20);
      result = power(left, right);
      break;
  }
  if (!result.is_null() || stopped_) return result;
  const auto of_time = [](const Value& value) {
    return value.kind() >= Kind::date && value.kind() <= Kind::days_time;
  };
  if (left.kind() == right.kind() && !left.is_null()) {
    return null_because(ProblemCode::no_result, std::string{"'"} + sign + "' has no result for " +
                                                    std::string{name_of(left.kind())});
  }
  if ((of_time(left) || left.if_number() != nullptr) &&
      (of_time(right) || right.if_number() != nullptr)) {
    return null_because(ProblemCode::no_result, std::string{"'"} + sign + "' has no result for " +
                                                    std::string{name_of(left.kind())} + " and " +
                                                    std::string{name_of(right.kind())});
  }
  return null_because(ProblemCode::wrong_kind, std::string{"'"} + sign + "' is not defined for " +
                                                   std::string{name_of(left.kind())} + " and " +
                                                   std::string{name_of(right.kind())});
}

Value Evaluator::eval_comparison(const Node& node, const Scope* scope) {
  const Value left = eval(node.a, scope);
  const Value right = eval(node.b, scope);
  if (!spend_on(left)) return {};
  if (node.op == Op::equal || node.op == Op::not_equal) {
    const std::optional<bool> same = equals(left, right);
    if (!same) {
      return null_because(ProblemCode::wrong_kind, std::string{name_of(left.kind())} + " and " +
                                                       std::string{name_of(right.kind())} +
                                                       " cannot be compared");
    }
    return node.op == Op::equal ? *same : !*same;
  }
  const std::optional<int> order = compare(left, right);
  if (!order) {
    return null_because(ProblemCode::wrong_kind, "no order between " +
                                                     std::string{name_of(left.kind())} + " and " +
                                                     std::string{name_of(right.kind())});
  }
  switch (node.op) {
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

// Three-valued: what is no boolean is unknown.
Value Evaluator::eval_logic(const Node& node, const Scope* scope) {
  const bool deciding = node.op == Op::disjunction;
  const Value left = eval(node.a, scope);
  if (left.if_boolean() != nullptr && *left.if_boolean() == deciding) return deciding;
  const Value right = eval(node.b, scope);
  if (right.if_boolean() != nullptr && *right.if_boolean() == deciding) return deciding;
  if (left.if_boolean() == nullptr || right.if_boolean() == nullptr) return {};
  return !deciding;
}

Value Evaluator::eval_choice(const Node& node, const Scope* scope) {
  const Value condition = eval(node.a, scope);
  if (condition.if_boolean() == nullptr && !condition.is_null()) {
    return null_because(ProblemCode::wrong_kind, "the condition is no boolean");
  }
  const bool then = condition.is_true();
  if (node.d != 0) note(node.d - (then ? 1 : 0));
  return then ? eval(node.b, scope) : eval(node.c, scope);
}

Value Evaluator::eval_between(const Node& node, const Scope* scope) {
  const Value value = eval(node.a, scope);
  const Value low = eval(node.b, scope);
  const Value high = eval(node.c, scope);
  const std::optional<int> above = compare(value, low);
  const std::optional<int> below = compare(value, high);
  if (!above || !below) {
    return null_because(ProblemCode::wrong_kind, "no order between the value and its limits");
  }
  return *above >= 0 && *below <= 0;
}

Value Evaluator::eval_range(const Node& node, const Scope* scope) {
  if (node.d != 0) return (*program_)->constants[node.d - 1];
  Range range;
  range.low_closed = (node.flag & 1U) != 0;
  range.high_closed = (node.flag & 2U) != 0;
  range.comparison = (node.flag & 4U) != 0;
  if (node.a != kNoNode) range.low = eval(node.a, scope);
  if (node.b != kNoNode) range.high = eval(node.b, scope);
  if (stopped_) return {};
  if (range.low.is_null() && range.high.is_null()) {
    return null_because(ProblemCode::no_result, "a range needs at least one end");
  }
  const bool comparable =
      (range.low.is_null() || compare(range.low, range.low).has_value()) &&
      (range.high.is_null() || compare(range.high, range.high).has_value()) &&
      (range.low.is_null() || range.high.is_null() ||
       (range.low.kind() == range.high.kind() && compare(range.low, range.high).has_value()));
  if (!comparable) {
    return null_because(ProblemCode::wrong_kind, "the ends of the range have no order");
  }
  return range;
}

Value Evaluator::eval_list(const Node& node, const Scope* scope) {
  if (!spend_memory(node.c * sizeof(Value))) return {};
  List items;
  items.reserve(node.c);
  for (std::uint32_t i = 0; i < node.c; ++i) {
    items.push_back(eval((*program_)->links[node.b + i], scope));
  }
  return bounded(std::move(items));
}

// An entry sees those before it; one without a name is the result of the whole.
Value Evaluator::eval_context(const Node& node, const Scope* scope) {
  if (!spend_memory(node.c * sizeof(Context::Entry)) || !spend(node.c)) return {};
  Context context;
  const Scope inner{scope, &context, {}, nullptr};
  for (std::uint32_t i = 0; i + 1 < node.c; i += 2) {
    const std::uint32_t name = (*program_)->links[node.b + i];
    const NodeId entry = (*program_)->links[node.b + i + 1];
    Value value = eval(entry, &inner);
    if (name == kNoNode) return value;
    const std::string& key = (*program_)->names[name];
    if (!spend(context.size() / 8)) return {};
    if (context.find(key) != nullptr) {
      return null_because(ProblemCode::no_result, "the entry '" + key + "' is there twice");
    }
    // A function knows its name, so that it can call itself.
    if (const Function* function = value.if_function();
        function != nullptr && function->program != nullptr && function->name.empty()) {
      auto named = std::make_shared<Function>(*function);
      named->name = key;
      value = std::shared_ptr<const Function>{std::move(named)};
    }
    context.set(key, std::move(value));
  }
  return bounded(std::move(context));
}

bool Evaluator::satisfies(const Constraint& constraint, const Value& value) {
  for (const Constraint* each = &constraint; each != nullptr; each = each->base.get()) {
    // The model that holds the type keeps the program alive.
    const std::shared_ptr<const Program> program{std::shared_ptr<const Program>{}, each->program};
    const auto* outer = std::exchange(program_, &program);
    const bool passed = passes_tests(each->tests, value, nullptr) == true;
    program_ = outer;
    if (!passed) return false;
  }
  return true;
}

Value Evaluator::conform(const Value& value, const Type& type) {
  if (type.kind == Type::Kind::any && type.constraint == nullptr) return value;
  if (!spend_on(value)) return {};
  std::optional<Value> result =
      coerced(value, type, [this](const Constraint& constraint, const Value& candidate) {
        return satisfies(constraint, candidate);
      });
  if (result) return *std::move(result);
  return null_because(ProblemCode::type_mismatch,
                      "a " + std::string{name_of(value.kind())} + " that its type does not admit");
}

}  // namespace rules
