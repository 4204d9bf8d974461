// transaction.cpp - a sub-process that is cancelled as a whole, and undone.
//
// Source: OMG BPMN 2.0.2, 13.5.2 and 10.3.5 (transactions): a cancel end event ends what is still
// running inside, compensates what was completed, and then leaves by the cancel boundary event.  An
// error that leaves the transaction ends it without compensating.
#include "bpmn/engine.h"

namespace bpmn {

void Engine::cancel_transaction(const Token& token) {
  const Activity* around = instance_.find(token.scope);
  while (around != nullptr &&
         (process_.node(around->node).kind != NodeKind::transaction || around->count > 0)) {
    // A handler of the cancelled transaction itself: it is being cancelled already.
    if (is_compensation(*around) && process_.node(around->node).event.kind == EventKind::cancel) {
      return;
    }
    around = instance_.find(around->scope);
  }
  if (around == nullptr) return;
  const Activity transaction = *around;
  interrupt(transaction.id);
  cancel_attached(transaction.loop > 0 ? transaction.scope : transaction.id);
  const ActivityId wait = next_activity();
  const std::string& node = process_.node(token.node).id;
  emit(WaitOpened{wait, node, transaction.id, 0, EventKind::cancel, {}, 0, 0});
  choose(completed_in({&transaction.id, 1}), wait);
  touched_.push_back(wait);
}

// All is compensated.  Of a repeated transaction the whole activity is left.
void Engine::leave_transaction(const Activity& compensation) {
  const Activity* found = instance_.find(compensation.scope);
  if (found != nullptr && found->loop > 0) found = instance_.find(found->scope);
  if (found == nullptr) return;
  const Activity transaction = *found;
  cancel(transaction);
  for (const NodeIndex boundary : process_.node(transaction.node).boundary) {
    if (process_.node(boundary).event.kind == EventKind::cancel) {
      return leave(boundary, transaction.scope);
    }
  }
}

}  // namespace bpmn
