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
  // Of a repeated transaction no repetition stays: what each of them completed is compensated.
  std::vector<ActivityId> scopes{transaction.id};
  if (transaction.loop > 0) {
    scopes.push_back(transaction.scope);
    for (const Activity& other : instance_.activities) {
      const bool beside = other.scope == transaction.scope && other.id != transaction.id;
      if (beside) scopes.push_back(other.id);
    }
  }
  for (const ActivityId scope : scopes) {
    if (scope != transaction.scope) interrupt(scope);
  }
  cancel_attached(transaction.loop > 0 ? transaction.scope : transaction.id);
  const ActivityId wait = next_activity();
  const std::string& node = process_.node(token.node).id;
  emit(WaitOpened{wait, node, transaction.id, 0, EventKind::cancel, {}, 0, 0});
  choose(completed_in(scopes), wait);
  for (const ActivityId scope : scopes) {
    const bool beside = scope != transaction.scope && scope != transaction.id;
    const Activity* other = beside ? instance_.find(scope) : nullptr;
    if (other != nullptr) cancel(Activity{*other});
  }
  touched_.push_back(wait);
}

// All is compensated.
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
