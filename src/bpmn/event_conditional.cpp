// event_conditional.cpp - events that happen when a condition becomes true.
//
// Source: OMG BPMN 2.0.2, 10.5.5 (conditional): after it happened, the condition has to turn false
// before the event can happen again.  It is asked when it is opened, and when the caller says that
// variables changed; the instance keeps one number for those that have to turn false first.
#include "bpmn/engine.h"
#include "rules/expression.h"

namespace bpmn {

void Engine::ask_all_conditions() {
  for (const Activity& activity : instance_.activities) {
    const bool waits = role_of(process_, activity) == Role::wait;
    if (waits && definition_of(process_, activity).kind == EventKind::conditional) {
      unasked_.push_back(activity.id);
    }
  }
}

void Engine::ask_condition(ActivityId id) {
  const Activity* found = instance_.find(id);
  if (found == nullptr || !may_move(found->node)) return;
  const Activity wait = *found;
  const std::size_t place = wait.part == 0 ? 0 : wait.part - 1;
  const auto& conditions = process_.node(wait.node).conditions;
  const bool holds =
      place < conditions.size() && conditions[place] && is_true(*conditions[place], wait.scope);
  if (holds && wait.loop == 0) {
    caught(wait);
  } else if (!holds && wait.loop > 0) {
    emit(WaitRearmed{wait.id, process_.node(wait.node).id});
  }
}

}  // namespace bpmn
