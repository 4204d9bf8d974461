// event_throw.cpp - end events and intermediate throw events.
//
// Source: OMG BPMN 2.0.2, 13.5.4 to 13.5.6.
#include "bpmn/engine.h"

namespace bpmn {

void Engine::pass_throw(const Token& token) {
  const ProcessNode& node = process_.node(token.node);
  if (node.link_target != kNone) {
    tokens_.push_back({node.link_target, token.scope});
    return;
  }
  if (node.event.kind != EventKind::none) {
    emit(EventThrown{node.id, token.scope, node.event.kind, node.event.name});
  }
  if (node.event.kind == EventKind::escalation) {
    catch_on_boundary(EventKind::escalation, node.event.name, token.scope);
    // An interrupting boundary event has ended the scope, and the token with it.
    if (token.scope != 0 && instance_.find(token.scope) == nullptr) return;
  }
  leave(token.node, token.scope);
}

void Engine::pass_end(const Token& token) {
  const ProcessNode& node = process_.node(token.node);
  touched_.push_back(token.scope);
  switch (node.event.kind) {
    case EventKind::none:
      break;
    case EventKind::terminate:
      terminate(token.scope);
      break;
    case EventKind::error:
      emit(EventThrown{node.id, token.scope, EventKind::error, node.event.name});
      if (!catch_on_boundary(EventKind::error, node.event.name, token.scope)) fail(node.event.name);
      break;
    default:
      emit(EventThrown{node.id, token.scope, node.event.kind, node.event.name});
      if (node.event.kind == EventKind::escalation) {
        catch_on_boundary(EventKind::escalation, node.event.name, token.scope);
      }
      break;
  }
}

// Ends the scope at once: the whole process, or the sub-process, which counts as completed.
void Engine::terminate(ActivityId scope) {
  if (scope == 0) {
    cancel_all();
    emit(ProcessEnded{InstanceState::terminated, {}});
    return;
  }
  cancel_inside(scope);
  if (const Activity* activity = instance_.find(scope)) complete(Activity{*activity});
}

bool Engine::catch_on_boundary(EventKind kind, const std::string& code, ActivityId from) {
  ActivityId at = from;
  while (at != 0) {
    const Activity* found = instance_.find(at);
    if (found == nullptr) return false;
    const Activity activity = *found;
    at = activity.scope;
    // Repetitions have no boundary of their own: it belongs to the body around them.
    if (activity.loop > 0) continue;
    for (const NodeIndex boundary : process_.node(activity.node).boundary) {
      const ProcessNode& node = process_.node(boundary);
      if (node.event.kind != kind) continue;
      if (!node.event.name.empty() && node.event.name != code) continue;
      if (kind == EventKind::error || node.interrupting) cancel(activity);
      leave(boundary, activity.scope);
      return true;
    }
  }
  return false;
}

void Engine::fail(const std::string& code) {
  cancel_all();
  emit(ProcessEnded{InstanceState::failed, code});
}

}  // namespace bpmn
