// gateway_parallel.cpp - waits for a token on every incoming flow, then goes every way on.
//
// Source: OMG BPMN 2.0.2, 13.4.1.
#include <algorithm>

#include "bpmn/engine.h"

namespace bpmn {

void Engine::try_parallel_join(NodeIndex index, ActivityId scope) {
  const ProcessNode& node = process_.node(index);
  const auto arrived = [&](FlowIndex flow) {
    return std::ranges::any_of(
        instance_.arrivals, [&](const Arrival& a) { return a.flow == flow && a.scope == scope; });
  };
  if (!std::ranges::all_of(node.incoming, arrived)) return;
  emit(JoinPassed{node.id, scope});
  tokens_.push_back({index, scope});
}

}  // namespace bpmn
