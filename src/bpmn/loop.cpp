// loop.cpp - the same activity one run after another, for as long as a condition holds.
//
// Source: OMG BPMN 2.0.2, 13.3.6.  The condition sees loopCounter, the number of runs that are
// done; without a condition only loopMaximum ends it.  A body encloses the runs, as it does the
// repetitions of a multi-instance activity.
#include "bpmn/engine.h"
#include "rules/expression.h"

namespace bpmn {

bool Engine::wants_another(const ProcessNode& node, ActivityId scope, std::uint32_t done) const {
  if (node.maximum > 0 && done >= node.maximum) return false;
  if (!node.completion_condition) return true;
  const rules::Value around = variables_in(process_, instance_, scope, variables_);
  rules::Context context;
  if (const rules::Context* variables = around.if_context()) context = *variables;
  context.set("loopCounter", done);
  return rules::evaluate(*node.completion_condition, rules::Value{std::move(context)})
      .value.is_true();
}

void Engine::open_loop(NodeIndex index, ActivityId scope, ActivityId compensates) {
  const ProcessNode& node = process_.node(index);
  if (node.test_before && !wants_another(node, scope, 0)) return leave(index, scope);
  const ActivityId body = next_activity();
  const std::uint32_t most = node.maximum > 0 ? node.maximum : kRepetitionsMax;
  emit(ScopeOpened{body, node.id, scope, 0, most, compensates});
  open_boundary(index, scope, body);
  open_activity(index, body, 1);
}

void Engine::repeat_loop(const Activity& body, std::uint32_t done_loop) {
  if (!wants_another(process_.node(body.node), body.scope, done_loop)) return;
  if (done_loop >= kRepetitionsMax) return refuse(StepReason::too_many_repetitions, body.node);
  if (!may_move(body.node)) return;
  open_activity(body.node, body.id, done_loop + 1);
}

}  // namespace bpmn
