// multi_instance.cpp - the same activity several times, at once or one after another.
//
// Source: OMG BPMN 2.0.2, 13.3.7.  A body encloses the repetitions; boundary events belong to it.
#include <optional>

#include "bpmn/engine.h"
#include "rules/expression.h"

namespace bpmn {

void Engine::open_multi_instance(NodeIndex index, ActivityId scope) {
  const ProcessNode& node = process_.node(index);
  const rules::Value value = rules::evaluate(*node.cardinality, variables_).value;
  std::optional<std::int64_t> count = value.if_integer();
  if (const rules::List* list = value.if_list()) count = static_cast<std::int64_t>(list->size());
  if (!count || *count < 0 || *count > kRepetitionsMax) {
    return refuse(StepReason::bad_cardinality, index);
  }
  if (*count == 0) return leave(index, scope);
  const ActivityId body = next_activity();
  const auto total = static_cast<std::uint32_t>(*count);
  emit(ScopeOpened{body, node.id, scope, 0, total});
  open_boundary(index, scope, body);
  const std::uint32_t at_once = node.loop == Loop::Kind::parallel ? total : 1;
  for (std::uint32_t loop = 1; loop <= at_once; ++loop) {
    // Repetitions of nested sub-processes multiply.
    if (++moves_ > kMovesMax) return refuse(StepReason::too_many_moves, index);
    open_activity(index, body, loop);
  }
}

// Repetition number `done_loop` of `body` is over.
void Engine::repeat(const Activity& body, std::uint32_t done_loop) {
  const ProcessNode& node = process_.node(body.node);
  touched_.push_back(body.id);
  if (node.completion_condition) {
    std::uint32_t active = 0;
    for (const Activity& activity : instance_.activities) {
      if (activity.scope == body.id && activity.loop > 0) ++active;
    }
    const std::uint32_t started = node.loop == Loop::Kind::parallel ? body.count : done_loop;
    rules::Context context;
    if (const rules::Context* variables = variables_.if_context()) context = *variables;
    context.set("numberOfInstances", body.count);
    context.set("numberOfActiveInstances", active);
    context.set("numberOfCompletedInstances", started - active);
    const rules::Value extended{std::move(context)};
    if (rules::evaluate(*node.completion_condition, extended).value.is_true()) {
      cancel_inside(body.id);
      return;
    }
  }
  if (node.loop == Loop::Kind::sequential && done_loop < body.count) {
    open_activity(body.node, body.id, done_loop + 1);
  }
}

}  // namespace bpmn
