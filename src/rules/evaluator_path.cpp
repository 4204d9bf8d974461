// evaluator_path.cpp - what lies within a value: entries, properties and the items of a list.
#include "rules/evaluator.h"
#include "rules/operation.h"

namespace rules {

Value Evaluator::eval_path(const Node& node, const Scope* scope) {
  const Value value = eval(node.a, scope);
  return path_of(value, (*program_)->names[node.b]);
}

Value Evaluator::path_of(const Value& value, const std::string& name) {
  if (const Context* context = value.if_context()) {
    if (const Value* found = context->find(name)) return *found;
    return null_because(ProblemCode::unknown_name, "the context has no entry '" + name + "'");
  }
  if (const List* list = value.if_list()) {
    if (!spend(list->size()) || !spend_memory(list->size() * sizeof(Value))) return {};
    List results;
    results.reserve(list->size());
    for (const Value& item : *list) {
      results.push_back(path_of(item, name));
    }
    return results;
  }
  if (std::optional<Value> found = property(value, name)) return *std::move(found);
  if (value.is_null()) return {};
  return null_because(ProblemCode::unknown_name,
                      std::string{name_of(value.kind())} + " has no property '" + name + "'");
}

Value Evaluator::eval_filter(const Node& node, const Scope* scope) {
  const Value source = eval(node.a, scope);
  if (source.is_null()) return {};
  const Value wrapped = source.if_list() != nullptr ? source : Value{List{source}};
  const List& list = *wrapped.if_list();
  const auto at_index = [&](const Value& index) -> Value {
    const std::optional<std::int64_t> integer = index.if_integer();
    const auto size = static_cast<std::int64_t>(list.size());
    if (integer && *integer >= 1 && *integer <= size) {
      return list[static_cast<std::size_t>(*integer - 1)];
    }
    if (integer && *integer <= -1 && *integer >= -size) {
      return list[static_cast<std::size_t>(size + *integer)];
    }
    return null_because(ProblemCode::no_result, "the list has no item at this index");
  };
  if ((*program_)->nodes[node.b].op == Op::constant) {
    const Value& constant = (*program_)->constants[(*program_)->nodes[node.b].a];
    if (constant.if_number() != nullptr) return at_index(constant);
  }
  if (list.empty()) {
    const Value index = eval(node.b, scope);
    return index.if_number() != nullptr ? Value{} : Value{List{}};
  }
  List kept;
  for (const Value& item : list) {
    const Scope with_item{scope, nullptr, "item", &item};
    const Scope with_entries{&with_item, item.if_context(), {}, nullptr};
    const Value passed = eval(node.b, item.if_context() != nullptr ? &with_entries : &with_item);
    if (stopped_) return {};
    if (passed.if_number() != nullptr) return at_index(passed);
    if (passed.is_true()) {
      if (!spend_memory(sizeof(Value))) return {};
      kept.push_back(item);
    } else if (passed.if_boolean() == nullptr && !passed.is_null()) {
      return null_because(ProblemCode::wrong_kind, "the condition of a filter is no boolean");
    }
  }
  return kept;
}

}  // namespace rules
