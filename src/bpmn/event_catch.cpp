// event_catch.cpp - timers, messages and signals that are waited for.
//
// Source: OMG BPMN 2.0.2, 13.5.2 and 13.5.3 (boundary events).
#include <algorithm>

#include "bpmn/engine.h"

namespace bpmn {
namespace {

// ISO 8601 "R3/PT1H" fires three times, "R/PT1H" without end.
bool repeats_after(std::string_view cycle, std::uint32_t fired) {
  if (!cycle.starts_with('R')) return false;
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
  if (node.event.kind == EventKind::timer) {
    emit(TimerArmed{id, node.id, scope, host, loop, node.event.timer, node.event.text});
  } else {
    emit(WaitOpened{id, node.id, scope, host, node.event.kind, node.event.name});
  }
}

void Engine::caught(const Activity& activity) {
  const Activity done = activity;  // the events below move the list it lies in
  const ProcessNode& node = process_.node(done.node);
  if (node.event.kind == EventKind::timer) {
    emit(TimerFired{done.id, node.id});
  } else {
    emit(WaitEnded{done.id, node.id});
  }
  if (done.host != 0 && node.interrupting) {
    // The task that is interrupted, or the gateway whose first alternative this is.
    if (const Activity* host = instance_.find(done.host)) cancel(Activity{*host});
  } else if (done.host != 0) {
    const bool again =
        node.event.kind != EventKind::timer ||
        (node.event.timer == TimerKind::cycle && repeats_after(node.event.text, done.loop + 1));
    if (again) open_catch(done.node, done.scope, done.host, done.loop + 1);
  }
  leave(done.node, done.scope);
}

}  // namespace bpmn
