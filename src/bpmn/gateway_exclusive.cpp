// gateway_exclusive.cpp - exactly one way on.
//
// Source: OMG BPMN 2.0.2, 13.4.2: conditions in order, the first that is true; else the default
// flow; else an exception.  A flow with neither condition nor default mark counts as a second
// default, because that is what its author means.
#include "bpmn/engine.h"

namespace bpmn {

void Engine::pass_exclusive(const Token& token) {
  const ProcessNode& node = process_.node(token.node);
  FlowIndex otherwise = node.default_flow;
  touched_.push_back(token.scope);
  for (const FlowIndex index : node.outgoing) {
    const ProcessFlow& flow = process_.flow(index);
    if (flow.is_default) continue;
    if (!flow.condition) {
      if (otherwise == kNone) otherwise = index;
    } else if (is_true(*flow.condition, token.scope)) {
      return take(index, token.scope);
    }
  }
  if (otherwise != kNone) return take(otherwise, token.scope);
  if (!node.outgoing.empty()) refuse(StepReason::no_flow_applies, token.node);
}

}  // namespace bpmn
