// event_multiple.cpp - an event with several definitions: one of them is enough, or all must
// happen.
//
// Source: OMG BPMN 2.0.2, 10.5.5 (multiple and parallel multiple events).  A wait of kind
// `multiple` groups them; each definition that is waited for is a timer or wait of its own that
// hangs on it.
#include <algorithm>

#include "bpmn/engine.h"

namespace bpmn {
namespace {

bool is_waited_for(EventKind kind) {
  return kind == EventKind::timer || kind == EventKind::message || kind == EventKind::signal ||
         kind == EventKind::conditional;
}

}  // namespace

void Engine::open_parts(NodeIndex index, ActivityId scope, ActivityId group, bool again) {
  const ProcessNode& node = process_.node(index);
  for (std::uint32_t part = 1; part <= node.events.size(); ++part) {
    const EventKind kind = node.events[part - 1].kind;
    if (!is_waited_for(kind)) continue;
    const bool must_turn = again && kind == EventKind::conditional;
    open_wait({0, index, scope, group, must_turn ? 1U : 0U, 0, part, 0});
  }
}

void Engine::part_caught(const Activity& part) {
  const Activity* found = instance_.find(part.host);
  if (found == nullptr) return;
  const Activity group = *found;
  const ProcessNode& node = process_.node(part.node);
  end_wait(part);
  const auto is_open = [&] {
    return std::ranges::any_of(instance_.activities,
                               [&](const Activity& other) { return other.host == group.id; });
  };
  if (node.parallel_multiple && is_open()) return;
  const bool repeats = !node.interrupting && !node.parallel_multiple;
  if (repeats) {
    const bool again = open_again(part) || is_open();
    if (!again) end_wait(group);
  } else {
    end_wait(group);
    cancel_attached(group.id);
    if (!node.interrupting && std::ranges::all_of(node.events, [](const EventDefinition& event) {
          return event.kind != EventKind::timer || event.timer == TimerKind::cycle;
        })) {
      const ActivityId next = next_activity();
      open_wait({0, group.node, group.scope, group.host, 0, 0, 0, 0});
      open_parts(group.node, group.scope, next, true);
    }
  }
  go_on_from(group.node, group.scope, group.host);
}

}  // namespace bpmn
