// gateway_inclusive.cpp - every way whose condition is true, and the join that waits for them.
#include <algorithm>
#include <utility>

#include "bpmn/engine.h"

namespace bpmn {

// Also what an activity or event with several or conditional outgoing flows does.
//
// Source: OMG BPMN 2.0.2, 13.4.3 and 13.3.4: all true conditions; the default flow if there is
// none.
void Engine::split_by_condition(NodeIndex index, ActivityId scope) {
  const ProcessNode& node = process_.node(index);
  std::vector<FlowIndex> chosen;
  for (const FlowIndex flow_index : node.outgoing) {
    const ProcessFlow& flow = process_.flow(flow_index);
    if (flow.is_default) continue;
    if (!flow.condition || is_true(*flow.condition, scope)) chosen.push_back(flow_index);
  }
  if (chosen.empty() && node.default_flow != kNone) chosen.push_back(node.default_flow);
  if (chosen.empty()) return refuse(StepReason::no_flow_applies, index);
  for (const FlowIndex flow : chosen) take(flow, scope);
}

bool Engine::pass_one_inclusive_join() {
  std::vector<std::pair<NodeIndex, ActivityId>> judged;
  for (const Arrival& arrival : instance_.arrivals) {
    const NodeIndex index = process_.flow(arrival.flow).target;
    const ProcessNode& node = process_.node(index);
    const ActivityId scope = arrival.scope;
    if (node.kind != NodeKind::inclusive_gateway) continue;
    if (std::ranges::find(judged, std::pair{index, scope}) != judged.end()) continue;
    judged.emplace_back(index, scope);
    if (!is_inclusive_join_enabled(index, scope)) continue;
    if (!may_move(index)) return false;
    emit(JoinPassed{node.id, scope});  // `arrival` is gone from here on
    tokens_.push_back({index, scope});
    return true;
  }
  return false;
}

// Source: OMG BPMN 2.0.2, 13.4.3: enabled when no token elsewhere can reach an incoming flow that
// has none, except those that can as well reach one that has some.
bool Engine::is_inclusive_join_enabled(NodeIndex gateway, ActivityId scope) const {
  const ProcessNode& node = process_.node(gateway);
  std::vector<bool> has_token(node.incoming.size(), false);
  for (const Arrival& arrival : instance_.arrivals) {
    if (arrival.scope != scope) continue;
    const auto place = std::ranges::find(node.incoming, arrival.flow);
    if (place != node.incoming.end()) {
      has_token[static_cast<std::size_t>(place - node.incoming.begin())] = true;
    }
  }
  const auto must_wait_for = [&](NodeIndex position) {
    bool reaches_empty = false;
    for (std::size_t i = 0; i < has_token.size(); ++i) {
      if (!process_.reaches_join(gateway, i, position)) continue;
      if (has_token[i]) return false;
      reaches_empty = true;
    }
    return reaches_empty;
  };
  for (const Activity& activity : instance_.activities) {
    const bool is_token = activity.scope == scope && activity.host == 0 && holds_token(activity);
    if (is_token && must_wait_for(activity.node)) return false;
  }
  for (const Arrival& arrival : instance_.arrivals) {
    const NodeIndex position = process_.flow(arrival.flow).target;
    if (arrival.scope == scope && position != gateway && must_wait_for(position)) return false;
  }
  return true;
}

}  // namespace bpmn
