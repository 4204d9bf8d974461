// decision_table.cpp - which rules match, and what the hit policy makes of them.
#include <algorithm>

#include "rules/evaluator.h"
#include "rules/operation.h"

namespace rules {

namespace {

// Where the value stands among the allowed ones, which are in order of priority.
std::size_t rank_of(const std::vector<Value>& allowed, const Value& value) {
  for (std::size_t i = 0; i < allowed.size(); ++i) {
    if (passes(value, allowed[i]) == true) return i;
  }
  return allowed.size();
}

}  // namespace

Value Evaluator::outputs_of(const DecisionTable& table, const DecisionTable::Rule& rule,
                            const Scope* scope) {
  Context outputs;
  for (std::size_t i = 0; i < table.outputs.size() && i < rule.outputs.size(); ++i) {
    const DecisionTable::Output& output = table.outputs[i];
    Value value = eval(rule.outputs[i], scope);
    if (output.type != kNoNode) value = conform(value, (*program_)->types[output.type]);
    if (output.allowed != kNoNode && !value.is_null() &&
        passes_tests(output.allowed, value, scope) != true) {
      value = null_because(ProblemCode::type_mismatch, "an output that is not among the allowed");
    }
    if (table.outputs.size() == 1) return value;
    outputs.set(output.name, std::move(value));
  }
  return outputs;
}

Value Evaluator::defaults_of(const DecisionTable& table, const Scope* scope) {
  const bool any = std::ranges::any_of(
      table.outputs, [](const auto& output) { return output.otherwise != kNoNode; });
  if (!any) {
    if (table.hit_policy == HitPolicy::collect && table.aggregation == Aggregation::count) {
      return 0;
    }
    if (table.hit_policy == HitPolicy::collect && table.aggregation == Aggregation::none) {
      return List{};
    }
    return null_because(ProblemCode::hit_policy, "no rule matches");
  }
  const auto one = [&](const DecisionTable::Output& output) {
    return output.otherwise == kNoNode ? Value{} : eval(output.otherwise, scope);
  };
  if (table.outputs.size() == 1) return one(table.outputs.front());
  Context outputs;
  for (const DecisionTable::Output& output : table.outputs) outputs.set(output.name, one(output));
  return outputs;
}

void Evaluator::order_by_priority(const DecisionTable& table, std::vector<Value>& results,
                                  const Scope* scope) {
  std::vector<std::vector<Value>> allowed;
  for (const DecisionTable::Output& output : table.outputs) {
    std::vector<Value> values;
    if (output.allowed != kNoNode) {
      const Node& tests = (*program_)->nodes[output.allowed];
      for (std::uint32_t i = 0; tests.op == Op::tests && i < tests.c; ++i) {
        const Node& test = (*program_)->nodes[(*program_)->links[tests.b + i]];
        values.push_back(test.op == Op::test ? eval(test.a, scope) : Value{});
      }
    }
    allowed.push_back(std::move(values));
  }
  const auto ranks = [&](const Value& result) {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < table.outputs.size(); ++i) {
      all.push_back(
          rank_of(allowed[i], table.outputs.size() == 1 ? result : result[table.outputs[i].name]));
    }
    return all;
  };
  std::ranges::stable_sort(results,
                           [&](const Value& a, const Value& b) { return ranks(a) < ranks(b); });
}

Value Evaluator::aggregated(Aggregation aggregation, const std::vector<Value>& values) {
  Value total;
  for (const Value& value : values) {
    if (total.is_null()) {
      total = aggregation == Aggregation::sum ? negate(negate(value)) : value;
    } else if (aggregation == Aggregation::sum) {
      total = add(total, value);
    } else {
      const std::optional<int> order = compare(value, total);
      if (!order) return null_because(ProblemCode::wrong_kind, "outputs without order");
      if ((aggregation == Aggregation::min) == (*order < 0)) total = value;
    }
    if (total.is_null()) return null_because(ProblemCode::wrong_kind, "outputs without a sum");
  }
  return total;
}

// Of several outputs each column has a sum, least or greatest of its own.
Value Evaluator::collect(const DecisionTable& table, std::vector<Value> results) {
  if (table.aggregation == Aggregation::none) return bounded(std::move(results));
  if (table.aggregation == Aggregation::count) {
    return static_cast<std::int64_t>(results.size());
  }
  if (table.outputs.size() == 1) return aggregated(table.aggregation, results);
  Context columns;
  for (const DecisionTable::Output& output : table.outputs) {
    std::vector<Value> column;
    for (const Value& result : results) column.push_back(result[output.name]);
    columns.set(output.name, aggregated(table.aggregation, column));
  }
  return columns;
}

Value Evaluator::eval_table(const DecisionTable& table, const Scope* scope) {
  std::vector<Value> inputs;
  inputs.reserve(table.inputs.size());
  for (const DecisionTable::Input& input : table.inputs) {
    Value value = eval(input.expression, scope);
    if (input.type != kNoNode) value = conform(value, (*program_)->types[input.type]);
    if (input.allowed != kNoNode && passes_tests(input.allowed, value, scope) != true) {
      return null_because(ProblemCode::type_mismatch, "an input that is not among the allowed");
    }
    inputs.push_back(std::move(value));
  }
  const bool single = table.hit_policy == HitPolicy::unique || table.hit_policy == HitPolicy::any ||
                      table.hit_policy == HitPolicy::first;
  std::vector<Value> results;
  for (const DecisionTable::Rule& rule : table.rules) {
    if (!spend(1)) return {};
    bool matches = true;
    for (std::size_t i = 0; matches && i < inputs.size() && i < rule.tests.size(); ++i) {
      matches = passes_tests(rule.tests[i], inputs[i], scope) == true;
    }
    if (!matches) continue;
    note(rule.branch);
    Value outputs = outputs_of(table, rule, scope);
    if (table.hit_policy == HitPolicy::first) return outputs;
    if (single && !results.empty()) {
      if (table.hit_policy == HitPolicy::unique) {
        return null_because(ProblemCode::hit_policy, "more than one rule matches");
      }
      if (equals(results.front(), outputs) != true) {
        return null_because(ProblemCode::hit_policy, "matching rules differ in their outputs");
      }
      continue;
    }
    if (!spend_memory(sizeof(Value))) return {};
    results.push_back(std::move(outputs));
  }
  if (stopped_) return {};
  if (results.empty()) return defaults_of(table, scope);
  switch (table.hit_policy) {
    case HitPolicy::unique:
    case HitPolicy::any:
    case HitPolicy::first:
      return results.front();
    case HitPolicy::priority:
      order_by_priority(table, results, scope);
      return results.front();
    case HitPolicy::output_order:
      order_by_priority(table, results, scope);
      return bounded(std::move(results));
    case HitPolicy::rule_order:
      return bounded(std::move(results));
    case HitPolicy::collect:
      return collect(table, std::move(results));
  }
  return {};
}

}  // namespace rules
