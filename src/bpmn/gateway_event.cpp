// gateway_event.cpp - waits for several things and goes the way of the first.
//
// Source: OMG BPMN 2.0.2, 13.4.4.  The gateway is an open wait of its own; the alternatives hang on
// it like boundary events on a task, so the first one cancels the others.
#include "bpmn/engine.h"

namespace bpmn {

void Engine::open_alternatives(const Token& token) {
  const ProcessNode& node = process_.node(token.node);
  const ActivityId gateway = next_activity();
  emit(WaitOpened{gateway, node.id, token.scope, 0, EventKind::none, {}});
  for (const FlowIndex flow : node.outgoing) {
    open_catch(process_.flow(flow).target, token.scope, gateway, 0);
  }
}

}  // namespace bpmn
