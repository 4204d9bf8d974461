// gateway_inclusive.cpp - every way whose condition is true, and the join that waits for them.
#include <algorithm>
#include <set>
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
  std::optional<TokenPositions> tokens;
  std::set<std::pair<NodeIndex, ActivityId>> judged;
  for (const Arrival& arrival : instance_.arrivals) {
    const NodeIndex index = process_.flow(arrival.flow).target;
    const ProcessNode& node = process_.node(index);
    const ActivityId scope = arrival.scope;
    if (node.kind != NodeKind::inclusive_gateway) continue;
    if (!judged.emplace(index, scope).second) continue;
    if (!tokens) tokens = token_positions();
    if (!is_inclusive_join_enabled(index, scope, *tokens)) continue;
    if (!may_move(index)) return false;
    blockers_.erase({index, scope});
    emit(JoinPassed{node.id, scope});  // `arrival` is gone from here on
    tokens_.push_back({index, scope});
    return true;
  }
  return false;
}

// Where tokens are: each place once.
Engine::TokenPositions Engine::token_positions() const {
  TokenPositions positions;
  for (const Activity& activity : instance_.activities) {
    const bool is_token = activity.host == 0 && holds_token(activity);
    if (is_token) positions.emplace_back(activity.scope, activity.node);
  }
  for (const Arrival& arrival : instance_.arrivals) {
    positions.emplace_back(arrival.scope, process_.flow(arrival.flow).target);
  }
  std::ranges::sort(positions);
  const auto rest = std::ranges::unique(positions);
  positions.erase(rest.begin(), rest.end());
  return positions;
}

// Source: OMG BPMN 2.0.2, 13.4.3: enabled when no token elsewhere can reach an incoming flow that
// has none, except those that can as well reach one that has some.  What blocked a join is asked
// first the next time, because it mostly still does.
bool Engine::is_inclusive_join_enabled(NodeIndex gateway, ActivityId scope,
                                       const TokenPositions& tokens) {
  const ProcessNode& node = process_.node(gateway);
  std::vector<bool> has_token(node.incoming.size(), false);
  const auto place_of = [](const Arrival& arrival) {
    return std::pair{arrival.scope, arrival.flow};
  };
  for (std::size_t i = 0; i < has_token.size(); ++i) {
    has_token[i] = std::ranges::binary_search(instance_.arrivals,
                                              std::pair{scope, node.incoming[i]}, {}, place_of);
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
  const auto blocker = blockers_.find({gateway, scope});
  if (blocker != blockers_.end()) {
    const std::pair place{scope, blocker->second};
    if (std::ranges::binary_search(tokens, place) && must_wait_for(place.second)) return false;
  }
  for (auto at = std::ranges::lower_bound(tokens, std::pair{scope, NodeIndex{0}});
       at != tokens.end() && at->first == scope; ++at) {
    if (at->second == gateway || !must_wait_for(at->second)) continue;
    blockers_[{gateway, scope}] = at->second;
    return false;
  }
  return true;
}

}  // namespace bpmn
