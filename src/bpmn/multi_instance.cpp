// multi_instance.cpp - the same activity several times, at once or one after another.
//
// Source: OMG BPMN 2.0.2, 13.3.7.  A body encloses the repetitions; boundary events belong to it.
#include <optional>

#include "bpmn/engine.h"
#include "rules/expression.h"

namespace bpmn {

void Engine::open_repeated(NodeIndex index, ActivityId scope, ActivityId compensates) {
  if (process_.node(index).loop == Loop::Kind::standard) {
    open_loop(index, scope, compensates);
  } else {
    open_multi_instance(index, scope, compensates);
  }
}

void Engine::open_multi_instance(NodeIndex index, ActivityId scope, ActivityId compensates) {
  const ProcessNode& node = process_.node(index);
  const rules::Value value =
      rules::evaluate(*node.cardinality, variables_in(process_, instance_, scope, variables_))
          .value;
  std::optional<std::int64_t> count = value.if_integer();
  if (const rules::List* list = value.if_list()) count = static_cast<std::int64_t>(list->size());
  if (!count || *count < 0 || *count > kRepetitionsMax) {
    return refuse(StepReason::bad_cardinality, index);
  }
  if (*count == 0) return leave(index, scope);
  const ActivityId body = next_activity();
  const auto total = static_cast<std::uint32_t>(*count);
  emit(ScopeOpened{body, node.id, scope, 0, total, compensates});
  open_boundary(index, scope, body);
  const std::uint32_t at_once = node.loop == Loop::Kind::parallel ? total : 1;
  for (std::uint32_t loop = 1; loop <= at_once; ++loop) {
    // Repetitions of nested sub-processes multiply.
    if (!may_move(index)) return;
    open_activity(index, body, loop);
  }
}

void Engine::repeat(const Activity& body, std::uint32_t done_loop) {
  const ProcessNode& node = process_.node(body.node);
  touched_.push_back(body.id);
  if (node.loop == Loop::Kind::standard) return repeat_loop(body, done_loop);
  if (node.completion_condition) {
    std::uint32_t active = 0;
    for (const Activity& activity : instance_.activities) {
      if (activity.scope == body.id && activity.loop > 0) ++active;
    }
    const std::uint32_t started = node.loop == Loop::Kind::parallel ? body.count : done_loop;
    const rules::Value around = variables_in(process_, instance_, body.scope, variables_);
    rules::Context context;
    if (const rules::Context* variables = around.if_context()) context = *variables;
    context.set("loopCounter", done_loop);
    context.set("numberOfInstances", body.count);
    context.set("numberOfActiveInstances", active);
    context.set("numberOfCompletedInstances", started - active);
    context.set("numberOfTerminatedInstances", 0);
    // As several products name them.
    context.set("nrOfInstances", body.count);
    context.set("nrOfActiveInstances", active);
    context.set("nrOfCompletedInstances", started - active);
    const rules::Value extended{std::move(context)};
    if (rules::evaluate(*node.completion_condition, extended).value.is_true()) {
      cancel_inside(body.id);
      return;
    }
  }
  if (node.loop == Loop::Kind::sequential && done_loop < body.count && may_move(body.node)) {
    open_activity(body.node, body.id, done_loop + 1);
  }
}

rules::Value variables_in(const Process& process, const Instance& instance, ActivityId activity,
                          const rules::Value& variables) {
  if (!process.has_loops()) return variables;
  std::vector<const Activity*> repetitions;  // inner ones first
  for (const Activity* at = instance.find(activity); at != nullptr; at = instance.find(at->scope)) {
    if (at->loop > 0 && is_activity(process.node(at->node).kind) && at->host == 0) {
      repetitions.push_back(at);
    }
  }
  if (repetitions.empty()) return variables;
  rules::Context context;
  if (const rules::Context* given = variables.if_context()) context = *given;
  for (auto at = repetitions.rbegin(); at != repetitions.rend(); ++at) {
    const ProcessNode& node = process.node((*at)->node);
    if (!node.item.empty() && node.cardinality) {
      const rules::Value list = rules::evaluate(*node.cardinality, rules::Value{context}).value;
      const rules::List* items = list.if_list();
      const bool has_item = items != nullptr && (*at)->loop <= items->size();
      context.set(node.item, has_item ? (*items)[(*at)->loop - 1] : rules::Value{});
    }
    context.set("loopCounter", (*at)->loop);
  }
  return rules::Value{std::move(context)};
}

}  // namespace bpmn
