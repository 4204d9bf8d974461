// event_sub_process.cpp - sub-processes that start by an event while the scope around them runs.
//
// Source: OMG BPMN 2.0.2, 13.5.4.  What starts them is waited for from the moment the scope opens.
// An interrupting one ends everything else in the scope, and no other one of the scope starts after
// it; the scope is complete when it is.  One that does not interrupt may start any number of times.
#include <algorithm>

#include "bpmn/engine.h"

namespace bpmn {

std::span<const NodeIndex> Engine::event_subs_of(ActivityId scope) const {
  if (scope == 0) return process_.event_subs();
  const Activity* activity = instance_.find(scope);
  if (activity == nullptr || activity->count > 0) return {};
  return process_.node(activity->node).event_subs;
}

void Engine::open_event_starts(ActivityId scope) {
  for (const NodeIndex sub : event_subs_of(scope)) {
    const NodeIndex start = process_.node(sub).start;
    const EventKind kind = process_.node(start).event.kind;
    // These are looked up when they are thrown.
    const bool is_thrown = kind == EventKind::error || kind == EventKind::escalation ||
                           kind == EventKind::compensation;
    if (!is_thrown) open_catch(start, scope, 0, 0);
  }
}

void Engine::start_event_sub_process(NodeIndex start, ActivityId scope, ActivityId compensates) {
  const NodeIndex sub = process_.node(start).scope;
  if (process_.node(start).interrupting && compensates == 0) interrupt(scope);
  const ActivityId id = next_activity();
  emit(ScopeOpened{id, process_.node(sub).id, scope, 0, 0, compensates});
  enter_scope(process_.node(sub).children, start, id);
}

bool Engine::catch_in_event_sub_process(EventKind kind, const std::string& code, ActivityId scope) {
  const std::span<const NodeIndex> subs = event_subs_of(scope);
  if (subs.empty()) return false;
  const bool is_interrupted = std::ranges::any_of(instance_.activities, [&](const Activity& a) {
    const ProcessNode& node = process_.node(a.node);
    return a.scope == scope && node.triggered_by_event && process_.node(node.start).interrupting;
  });
  if (is_interrupted) return false;
  std::vector<NodeIndex> starts;
  for (const NodeIndex sub : subs) starts.push_back(process_.node(sub).start);
  const NodeIndex found = best_match(process_, starts, kind, code);
  if (found == kNone) return false;
  start_event_sub_process(found, scope);
  return true;
}

}  // namespace bpmn
