#include "bpmn/engine.h"

#include <utility>

#include "rules/expression.h"

namespace bpmn {

void Engine::emit(Event event) {
  apply_to(process_, instance_, event);
  events_.push_back(std::move(event));
}

void Engine::refuse(StepReason reason, NodeIndex node) {
  if (refusal_) return;
  refusal_ = StepRefusal{reason, node == kNone ? std::string{} : process_.node(node).id};
}

ActivityId Engine::next_activity() {
  return instance_.last_activity + 1;
}

bool Engine::may_move(NodeIndex node) {
  if (++moves_ <= kMovesMax) return true;
  refuse(StepReason::too_many_moves, node);
  return false;
}

bool Engine::is_true(const rules::Expression& condition, ActivityId scope) const {
  if (scope == 0 || !process_.has_loops()) {
    return rules::evaluate(condition, variables_).value.is_true();
  }
  const rules::Value inside = variables_in(process_, instance_, scope, variables_);
  return rules::evaluate(condition, inside).value.is_true();
}

// Conditions of what was just opened first, then tokens, then scopes that ran empty, then inclusive
// joins: those may only be judged once nothing else can move.
void Engine::settle() {
  while (!is_settled()) {
    if (!unasked_.empty()) {
      const ActivityId wait = unasked_.front();  // the oldest
      unasked_.erase(unasked_.begin());
      ask_condition(wait);
    } else if (next_token_ < tokens_.size()) {
      const Token token = tokens_[next_token_++];
      if (next_token_ == tokens_.size()) {
        tokens_.clear();
        next_token_ = 0;
      }
      // Its scope may have been cancelled while it waited for its turn.
      if (token.node == kNone) continue;
      if (token.scope != 0 && instance_.find(token.scope) == nullptr) continue;
      if (!may_move(token.node)) return;
      if (instance_.activities.size() + instance_.completed.size() > kOpenActivitiesMax) {
        return refuse(StepReason::too_many_activities, token.node);
      }
      enter(token);
    } else if (!touched_.empty()) {
      complete_finished_scopes();
    } else if (!pass_one_inclusive_join()) {
      return;
    }
  }
}

void Engine::enter(const Token& token) {
  const ProcessNode& node = process_.node(token.node);
  if (token.leaves) return leave(token.node, token.scope);
  switch (node.kind) {
    case NodeKind::start_event:
      leave(token.node, token.scope);
      break;
    case NodeKind::end_event:
      pass_end(token);
      break;
    case NodeKind::throw_event:
      pass_throw(token);
      break;
    case NodeKind::catch_event:
      if (node.event.kind == EventKind::link) {
        leave(token.node, token.scope);
      } else {
        open_catch(token.node, token.scope, 0, 0);
      }
      break;
    case NodeKind::exclusive_gateway:
      pass_exclusive(token);
      break;
    case NodeKind::event_based_gateway:
      open_alternatives(token);
      break;
    case NodeKind::parallel_gateway:
    case NodeKind::inclusive_gateway:
      leave(token.node, token.scope);
      break;
    case NodeKind::boundary_event:
    case NodeKind::complex_gateway:
      break;  // never entered: the compiler refuses models in which they could be
    default:
      if (node.loop != Loop::Kind::none) {
        open_repeated(token.node, token.scope);
      } else {
        open_activity(token.node, token.scope, 0);
      }
      break;
  }
}

void Engine::enter_scope(std::span<const NodeIndex> nodes, NodeIndex start, ActivityId scope) {
  touched_.push_back(scope);
  open_event_starts(scope);
  if (start != kNone) {
    tokens_.push_back({start, scope});
    return;
  }
  for (const NodeIndex index : nodes) {
    const ProcessNode& node = process_.node(index);
    const bool begins = node.incoming.empty() && node.attached_to == kNone &&
                        node.kind != NodeKind::start_event && !node.triggered_by_event &&
                        !node.for_compensation;
    const bool is_link_target =
        node.kind == NodeKind::catch_event && node.event.kind == EventKind::link;
    if (begins && !is_link_target) tokens_.push_back({index, scope});
  }
}

void Engine::leave(NodeIndex index, ActivityId scope) {
  const ProcessNode& node = process_.node(index);
  touched_.push_back(scope);
  if (node.outgoing.size() == 1 && !process_.flow(node.outgoing[0]).condition) {
    take(node.outgoing[0], scope);
  } else if (node.kind == NodeKind::parallel_gateway) {
    for (const FlowIndex flow : node.outgoing) take(flow, scope);
  } else if (!node.outgoing.empty()) {
    split_by_condition(index, scope);
  }
}

void Engine::take(FlowIndex index, ActivityId scope) {
  const ProcessFlow& flow = process_.flow(index);
  const ProcessNode& target = process_.node(flow.target);
  emit(FlowTaken{flow.id, scope});
  const bool joins = target.incoming.size() > 1;
  if (joins && target.kind == NodeKind::parallel_gateway) {
    if (!may_move(flow.target)) return;
    try_parallel_join(flow.target, scope);
  } else if (!joins || target.kind != NodeKind::inclusive_gateway) {
    tokens_.push_back({flow.target, scope});
  }
}

}  // namespace bpmn
