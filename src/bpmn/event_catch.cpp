// event_catch.cpp - timers, messages, signals and conditions that are waited for.
//
// Source: OMG BPMN 2.0.2, 13.5.2 and 13.5.3 (boundary events).
#include <algorithm>

#include "bpmn/engine.h"

namespace bpmn {
namespace {

// ISO 8601 "R3/PT1H" fires three times, "R/PT1H" without end; so does what is written otherwise
// (a cron line, an expression), which only the caller understands.
bool repeats_after(std::string_view cycle, std::uint32_t fired) {
  if (!cycle.starts_with('R')) return true;
  cycle.remove_prefix(1);
  std::uint64_t times = 0;
  bool counted = false;
  while (!cycle.empty() && cycle.front() >= '0' && cycle.front() <= '9') {
    times = std::min<std::uint64_t>(times * 10 + static_cast<std::uint64_t>(cycle.front() - '0'),
                                    1'000'000);
    counted = true;
    cycle.remove_prefix(1);
  }
  return !counted || fired < times;
}

}  // namespace

void Engine::open_catch(NodeIndex index, ActivityId scope, ActivityId host, std::uint32_t loop) {
  const ProcessNode& node = process_.node(index);
  const ActivityId id = next_activity();
  open_wait({0, index, scope, host, loop, 0, 0, 0});
  if (node.event.kind == EventKind::multiple) open_parts(index, scope, id, false);
}

void Engine::open_wait(const Activity& wait) {
  const ProcessNode& node = process_.node(wait.node);
  const EventDefinition& event = definition_of(process_, wait);
  const ActivityId id = next_activity();
  if (event.kind == EventKind::timer) {
    emit(TimerArmed{id, node.id, wait.scope, wait.host, wait.loop, event.timer, event.text,
                    wait.part});
    return;
  }
  const bool conditional = event.kind == EventKind::conditional;
  emit(WaitOpened{id, node.id, wait.scope, wait.host, event.kind, event.name,
                  conditional ? wait.loop : 0, wait.part});
  if (conditional) unasked_.push_back(id);
}

void Engine::end_wait(const Activity& activity) {
  const std::string& node = process_.node(activity.node).id;
  if (role_of(process_, activity) == Role::timer) {
    emit(TimerFired{activity.id, node});
  } else {
    emit(WaitEnded{activity.id, node});
  }
}

void Engine::caught(const Activity& activity) {
  const Activity done = activity;  // the events below move the list it lies in
  if (done.part > 0) return part_caught(done);
  end_wait(done);
  const bool is_attached = done.host != 0 || is_event_start(done);
  if (is_attached && !process_.node(done.node).interrupting) open_again(done);
  go_on_from(done.node, done.scope, done.host);
}

bool Engine::open_again(const Activity& activity) {
  const EventDefinition& event = definition_of(process_, activity);
  Activity next = activity;
  if (event.kind == EventKind::timer) {
    const bool again =
        event.timer == TimerKind::cycle && repeats_after(event.text, activity.loop + 1);
    if (!again) return false;
    ++next.loop;
  } else {
    // A condition that has just been true must turn false first.
    next.loop = event.kind == EventKind::conditional ? 1 : 0;
  }
  open_wait(next);
  return true;
}

// `host`: the task that is interrupted, or the gateway whose first alternative this is.
void Engine::go_on_from(NodeIndex index, ActivityId scope, ActivityId host) {
  const ProcessNode& node = process_.node(index);
  if (node.kind == NodeKind::start_event) {
    // Anything else comes from a stored instance that was tampered with.
    const bool starts = node.scope != kNone && process_.node(node.scope).triggered_by_event;
    if (starts) start_event_sub_process(index, scope);
    return;
  }
  if (host != 0 && node.interrupting) {
    if (const Activity* found = instance_.find(host)) cancel(Activity{*found});
  }
  leave(index, scope);
}

}  // namespace bpmn
