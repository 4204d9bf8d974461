// event_throw.cpp - end events and intermediate throw events.
//
// Source: OMG BPMN 2.0.2, 13.5.4 to 13.5.6.  What is thrown may end the scope that the token is in:
// the token goes on as one of those that are still to move, and is gone if they are.
#include <algorithm>

#include "bpmn/engine.h"

namespace bpmn {
namespace {

// What ends the token's scope comes after everything else that an event throws.
bool ends_scope(EventKind kind) {
  return kind == EventKind::terminate || kind == EventKind::error || kind == EventKind::cancel;
}

Match match(const EventDefinition& event, EventKind kind, const std::string& code) {
  if (event.kind != kind) return Match::no;
  if (event.name == code) return Match::exact;
  return event.name.empty() ? Match::every : Match::no;
}

}  // namespace

Match match(const ProcessNode& node, EventKind kind, const std::string& code) {
  if (node.event.kind != EventKind::multiple) return match(node.event, kind, code);
  Match best = Match::no;
  for (const EventDefinition& event : node.events) best = std::max(best, match(event, kind, code));
  return best;
}

NodeIndex best_match(const Process& process, std::span<const NodeIndex> nodes, EventKind kind,
                     const std::string& code) {
  NodeIndex best = kNone;
  Match quality = Match::no;
  for (const NodeIndex index : nodes) {
    const Match found = match(process.node(index), kind, code);
    if (found <= quality) continue;
    best = index;
    quality = found;
  }
  return best;
}

void Engine::pass_throw(const Token& token) {
  const ProcessNode& node = process_.node(token.node);
  if (node.link_target != kNone) {
    tokens_.push_back({node.link_target, token.scope});
    return;
  }
  if (node.event.kind == EventKind::none || node.event.kind == EventKind::message) {
    if (node.event.kind == EventKind::message) throw_one(node.event, token);
    return leave(token.node, token.scope);
  }
  const bool waits = compensate(token);
  if (!waits) tokens_.push_back({token.node, token.scope, true});
  if (node.event.kind != EventKind::multiple) return throw_one(node.event, token);
  for (const EventDefinition& event : node.events) throw_one(event, token);
}

void Engine::pass_end(const Token& token) {
  const ProcessNode& node = process_.node(token.node);
  touched_.push_back(token.scope);
  if (node.event.kind == EventKind::none) return;
  compensate(token);
  if (node.event.kind != EventKind::multiple) return throw_one(node.event, token);
  for (const bool ending : {false, true}) {
    for (const EventDefinition& event : node.events) {
      const bool is_there = token.scope == 0 || instance_.find(token.scope) != nullptr;
      if (ends_scope(event.kind) == ending && is_there && !is_settled()) throw_one(event, token);
    }
  }
}

void Engine::throw_one(const EventDefinition& event, const Token& token) {
  const std::string& node = process_.node(token.node).id;
  if (event.kind == EventKind::terminate) return terminate(token.scope);
  if (event.kind != EventKind::compensation) {
    emit(EventThrown{node, token.scope, event.kind, event.name});
  }
  switch (event.kind) {
    case EventKind::error:
      throw_error(event.name, token.scope);
      break;
    case EventKind::escalation:
      catch_thrown(EventKind::escalation, event.name, token.scope);
      break;
    case EventKind::signal:
      broadcast(event.name);
      break;
    case EventKind::cancel:
      cancel_transaction(token);
      break;
    default:
      break;
  }
}

// Source: OMG BPMN 2.0.2, 10.5.5: a signal is broadcast without regard to where it is thrown.
// Everything of this instance that waits for it now gets it.
void Engine::broadcast(const std::string& name) {
  std::vector<ActivityId> waiting;
  for (const Activity& activity : instance_.activities) {
    const EventDefinition& event = definition_of(process_, activity);
    const bool waits = role_of(process_, activity) == Role::wait;
    if (waits && event.kind == EventKind::signal && event.name == name) {
      waiting.push_back(activity.id);
    }
  }
  for (const ActivityId id : waiting) {
    // An interrupting one may have ended the others.
    if (const Activity* activity = instance_.find(id)) caught(*activity);
  }
}

// Ends the scope at once: the whole process, or the sub-process, which counts as completed.
void Engine::terminate(ActivityId scope) {
  cancel_inside(scope);
  if (scope == 0) {
    emit(ProcessEnded{InstanceState::terminated, {}});
  } else if (const Activity* activity = instance_.find(scope)) {
    complete(Activity{*activity});
  }
}

bool Engine::catch_thrown(EventKind kind, const std::string& code, ActivityId from) {
  for (ActivityId at = from;;) {
    if (catch_in_event_sub_process(kind, code, at)) return true;
    const Activity* found = instance_.find(at);
    if (found == nullptr) return false;
    const Activity activity = *found;
    if (catch_on_boundary(kind, code, activity)) return true;
    at = activity.scope;
  }
}

bool Engine::catch_on_boundary(EventKind kind, const std::string& code, const Activity& activity) {
  // Repetitions have no boundary of their own: it belongs to the body around them.
  if (activity.loop > 0) return false;
  const NodeIndex boundary =
      best_match(process_, process_.node(activity.node).boundary, kind, code);
  if (boundary == kNone) return false;
  if (kind == EventKind::error || process_.node(boundary).interrupting) cancel(activity);
  leave(boundary, activity.scope);
  return true;
}

// An error that nothing catches fails the process.
void Engine::throw_error(const std::string& code, ActivityId from) {
  if (catch_thrown(EventKind::error, code, from)) return;
  cancel_inside(0);
  emit(ProcessEnded{InstanceState::failed, code});
}

}  // namespace bpmn
