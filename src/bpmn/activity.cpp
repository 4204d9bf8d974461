// activity.cpp - opening, completing and cancelling of tasks and sub-processes.
//
// Source: OMG BPMN 2.0.2, 13.3.2 (activity life cycle).
#include <algorithm>

#include "bpmn/engine.h"

namespace bpmn {

// A plain activity, or (loop > 0) one repetition inside its body.
void Engine::open_activity(NodeIndex index, ActivityId scope, std::uint32_t loop,
                           ActivityId compensates) {
  const ProcessNode& node = process_.node(index);
  const ActivityId id = next_activity();
  if (node.waits) {
    emit(TaskOpened{id, node.id, scope, loop, compensates});
  } else {
    emit(ScopeOpened{id, node.id, scope, loop, 0, compensates});
  }
  if (loop == 0) open_boundary(index, scope, id);
  if (!node.waits) enter_scope(node.children, node.start, id);
}

void Engine::open_boundary(NodeIndex index, ActivityId scope, ActivityId host) {
  for (const NodeIndex boundary : process_.node(index).boundary) {
    const EventKind kind = process_.node(boundary).event.kind;
    // These are not waited for; they are looked up when they are thrown.
    const bool is_thrown = kind == EventKind::error || kind == EventKind::escalation ||
                           kind == EventKind::cancel || kind == EventKind::compensation;
    if (!is_thrown) open_catch(boundary, scope, host, 0);
  }
}

void Engine::complete(const Activity& activity) {
  const ProcessNode& node = process_.node(activity.node);
  if (role_of(process_, activity) == Role::task) {
    emit(TaskCompleted{activity.id, node.id});
  } else {
    emit(ScopeCompleted{activity.id, node.id});
  }
  cancel_attached(activity.id);
  const Activity* body = activity.loop > 0 ? instance_.find(activity.scope) : nullptr;
  if (body != nullptr) {
    repeat(Activity{*body}, activity.loop);
  } else {
    leave(activity.node, activity.scope);
  }
}

// Goes on after every touched scope in which neither an activity nor a token is left.
void Engine::complete_finished_scopes() {
  const ActivityId scope = touched_.back();
  touched_.pop_back();
  bool has_event_starts = false;
  for (const Activity& activity : instance_.activities) {
    if (activity.scope != scope) continue;
    if (!is_event_start(activity)) return;
    has_event_starts = true;
  }
  for (const Arrival& arrival : instance_.arrivals) {
    if (arrival.scope == scope) return;
  }
  if (has_event_starts) cancel_inside(scope);
  if (scope == 0) {
    emit(ProcessEnded{InstanceState::completed, {}});
  } else if (const Activity* activity = instance_.find(scope)) {
    const Activity done = *activity;
    if (is_compensation(done)) {
      continue_compensation(done);
    } else {
      complete(done);
    }
  }
}

void Engine::cancel(const Activity& activity) {
  const std::string& node = process_.node(activity.node).id;
  touched_.push_back(activity.scope);
  switch (role_of(process_, activity)) {
    case Role::task:
      emit(TaskCancelled{activity.id, node});
      break;
    case Role::scope:
      cancel_inside(activity.id);
      emit(ScopeCancelled{activity.id, node});
      break;
    case Role::timer:
      emit(TimerCancelled{activity.id, node});
      break;
    case Role::wait:
      if (is_compensation(activity)) cancel_inside(activity.id);
      emit(WaitCancelled{activity.id, node});
      break;
  }
  cancel_attached(activity.id);
}

void Engine::cancel_inside(ActivityId scope) {
  std::vector<Activity> inside;
  for (const Activity& activity : instance_.activities) {
    if (activity.scope == scope) inside.push_back(activity);
  }
  for (const Activity& activity : inside) {
    // What hung on another one went with it.
    if (instance_.find(activity.id) != nullptr) cancel(activity);
  }
}

void Engine::cancel_attached(ActivityId host) {
  std::vector<Activity> attached;
  for (const Activity& activity : instance_.activities) {
    if (activity.host == host) attached.push_back(activity);
  }
  for (const Activity& activity : attached) cancel(activity);
}

void Engine::interrupt(ActivityId scope) {
  cancel_inside(scope);
  for (Token& token : tokens_) {
    if (token.scope == scope) token.node = kNone;
  }
  const bool drops = std::ranges::any_of(
      instance_.arrivals, [scope](const Arrival& arrival) { return arrival.scope == scope; });
  if (drops) emit(ArrivalsDropped{scope});
}

}  // namespace bpmn
