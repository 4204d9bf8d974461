// gateway_parallel.cpp - waits for a token on every incoming flow, then goes every way on.
//
// Source: OMG BPMN 2.0.2, 13.4.1.
#include <algorithm>

#include "bpmn/engine.h"

namespace bpmn {

void Engine::try_parallel_join(NodeIndex index, ActivityId scope) {
  const ProcessNode& node = process_.node(index);
  // Arrivals are one for each flow, so that as many as flows means all of them.
  const auto arrived = std::ranges::count_if(instance_.arrivals, [&](const Arrival& a) {
    return a.scope == scope && process_.flow(a.flow).target == index;
  });
  if (static_cast<std::size_t>(arrived) < node.incoming.size()) return;
  emit(JoinPassed{node.id, scope});
  tokens_.push_back({index, scope});
}

}  // namespace bpmn
