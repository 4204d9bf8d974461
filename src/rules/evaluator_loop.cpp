// evaluator_loop.cpp - `for`, `some` and `every`.
#include "rules/evaluator.h"
#include "rules/operation.h"

namespace rules {

struct Evaluator::Loop {
  const Node& node;
  List results;  // of `for`
  Value partial;
  bool reads_partial = false;
  bool found = false;    // `some`: one was true; `every`: one was false
  bool unknown = false;  // one was no boolean
  bool failed = false;   // a domain that cannot be walked
};

Value Evaluator::eval_iteration(const Node& node, const Scope* scope) {
  Loop loop{node, {}, Value{List{}}, node.flag != 0};
  iterate(loop, 0, scope);
  if (stopped_ || loop.failed) return {};
  if (node.op == Op::loop) return bounded(std::move(loop.results));
  if (loop.found) return node.op == Op::some;
  if (loop.unknown) return null_because(ProblemCode::wrong_kind, "a condition is no boolean");
  return node.op == Op::every;
}

bool Evaluator::iterate_item(Loop& loop, std::uint32_t index, const Scope* scope,
                             const Value& item) {
  const std::string& name = (*program_)->names[(*program_)->links[loop.node.b + index]];
  const Scope inner{scope, nullptr, name, &item};
  return iterate(loop, index + 3, &inner);
}

bool Evaluator::iterate(Loop& loop, std::uint32_t index, const Scope* scope) {
  if (!spend(1)) return false;
  if (index >= loop.node.c) {
    if (loop.node.op == Op::loop) {
      if (loop.reads_partial) {
        if (!spend_memory(loop.results.size() * sizeof(Value))) return false;
        loop.partial = bounded(Value{loop.results});
        if (stopped_) return false;
      }
      const Scope with_partial{scope, nullptr, "partial", &loop.partial};
      if (!spend_memory(sizeof(Value))) return false;
      loop.results.push_back(eval(loop.node.a, loop.reads_partial ? &with_partial : scope));
      return !stopped_;
    }
    const Value passed = eval(loop.node.a, scope);
    if (passed.if_boolean() == nullptr) loop.unknown = true;
    loop.found = passed.if_boolean() != nullptr && passed.is_true() == (loop.node.op == Op::some);
    return !loop.found && !stopped_;
  }
  const NodeId domain_node = (*program_)->links[loop.node.b + index + 1];
  const NodeId end_node = (*program_)->links[loop.node.b + index + 2];
  const Value domain = eval(domain_node, scope);
  if (const List* list = domain.if_list(); list != nullptr && end_node == kNoNode) {
    for (const Value& item : *list) {
      if (!iterate_item(loop, index, scope, item)) return false;
    }
    return true;
  }
  const Range* range = domain.if_range();
  const Value first = range == nullptr ? domain : range->low;
  const Value last = range != nullptr      ? range->high
                     : end_node == kNoNode ? Value{}
                                           : eval(end_node, scope);
  const std::optional<std::int64_t> low = first.if_integer();
  const std::optional<std::int64_t> high = last.if_integer();
  const Date* low_date = first.if_date();
  const Date* high_date = last.if_date();
  const bool dates = low_date != nullptr && high_date != nullptr;
  if (!dates && (!low || !high)) {
    if (range == nullptr && end_node == kNoNode && !domain.is_null()) {
      return iterate_item(loop, index, scope, domain);
    }
    null_because(ProblemCode::wrong_kind, "this cannot be walked through");
    loop.failed = true;
    return false;
  }
  std::int64_t from = dates ? low_date->day_number() : *low;
  std::int64_t to = dates ? high_date->day_number() : *high;
  const std::int64_t step = from <= to ? 1 : -1;
  // Ends may be the last integers there are, so nothing is counted beyond them.
  if (range != nullptr && !range->low_closed) {
    if (from == to) return true;
    from += step;
  }
  if (range != nullptr && !range->high_closed) {
    if (from == to) return true;
    to -= step;
  }
  for (std::int64_t i = from;; i += step) {
    Value item = i;
    if (dates) {
      const std::optional<Date> day = Date::from_day_number(i);
      item = day ? Value{*day} : Value{};
    }
    if (!iterate_item(loop, index, scope, item)) return false;
    if (i == to) return true;
  }
}

}  // namespace rules
