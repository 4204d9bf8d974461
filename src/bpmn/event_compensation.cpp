// event_compensation.cpp - undoing what was completed, the last first.
//
// Source: OMG BPMN 2.0.2, 13.5.5.  A throw event names one activity or stands for all of its scope.
// Of what was completed there, each once:
//  * an activity with a compensation boundary event runs that event's handler, once for each
//    repetition it had;
//  * a sub-process with a compensation event sub-process runs that, which can itself throw the
//    compensation of what was completed inside;
//  * any other sub-process compensates what was completed inside it.
// The throw event is an open wait; what compensates runs inside it, one after another in the
// reverse order of completion.
#include <algorithm>

#include "bpmn/engine.h"

namespace bpmn {
namespace {

const EventDefinition* compensation_of(const ProcessNode& node) {
  if (node.event.kind == EventKind::compensation) return &node.event;
  const auto found =
      std::ranges::find(node.events, EventKind::compensation, &EventDefinition::kind);
  return found == node.events.end() ? nullptr : &*found;
}

}  // namespace

bool Engine::is_compensation(const Activity& activity) const {
  const ProcessNode& node = process_.node(activity.node);
  return node.kind == NodeKind::throw_event || node.kind == NodeKind::end_event;
}

bool Engine::holds_token(const Activity& activity) const {
  if (!is_compensation(activity)) return true;
  const EventDefinition* event = compensation_of(process_.node(activity.node));
  return event == nullptr || event->wait_for_completion;
}

bool Engine::compensate(const Token& token) {
  const ProcessNode& node = process_.node(token.node);
  const EventDefinition* event = compensation_of(node);
  if (event == nullptr) return false;
  emit(EventThrown{node.id, token.scope, EventKind::compensation, event->activity});
  const NodeIndex only = event->activity.empty() ? kNone : process_.index_of(event->activity);
  // An event sub-process compensates for the scope around it as well; one that compensates a
  // sub-process, for that one.
  std::vector<ActivityId> scopes{token.scope};
  while (const Activity* around = instance_.find(scopes.back())) {
    if (!process_.node(around->node).triggered_by_event) break;
    scopes.push_back(around->compensates != 0 ? around->compensates : around->scope);
  }
  std::vector<ActivityId> chosen = completed_in(scopes, only);
  if (chosen.empty()) return false;
  const ActivityId wait = next_activity();
  emit(WaitOpened{wait, node.id, token.scope, 0, EventKind::compensation, event->activity, 0, 0});
  choose(std::move(chosen), wait);
  touched_.push_back(wait);
  return event->wait_for_completion;
}

std::vector<ActivityId> Engine::completed_in(std::span<const ActivityId> scopes,
                                             NodeIndex only) const {
  std::vector<ActivityId> found;
  for (const Completed& done : instance_.completed) {
    const bool is_inside = std::ranges::find(scopes, done.scope) != scopes.end();
    if (is_inside && (only == kNone || done.node == only)) found.push_back(done.id);
  }
  return found;
}

void Engine::choose(std::vector<ActivityId> chosen, ActivityId by) {
  std::vector<ActivityId> around;  // whose inside is being chosen
  while (!chosen.empty()) {
    const ActivityId id = chosen.back();
    chosen.pop_back();
    const auto done = std::ranges::find(instance_.completed, id, &Completed::id);
    if (done == instance_.completed.end()) continue;
    const ProcessNode& node = process_.node(done->node);
    const bool is_body = done->count > 0;
    const bool runs = !is_body && (node.handler != kNone || node.compensation_sub != kNone);
    if (!runs && (around.empty() || around.back() != id)) {
      // Nothing of its own to run: what is inside it first.
      around.push_back(id);
      chosen.push_back(id);
      const std::vector<ActivityId> inside = completed_in({&id, 1});
      chosen.insert(chosen.end(), inside.begin(), inside.end());
      continue;
    }
    if (!runs) around.pop_back();
    emit(CompensationChosen{id, node.id, by});
  }
}

void Engine::continue_compensation(const Activity& compensation) {
  const auto next = std::ranges::find(instance_.compensating, compensation.id, &Completed::by);
  if (next == instance_.compensating.end()) {
    emit(WaitEnded{compensation.id, process_.node(compensation.node).id});
    const EventDefinition* event = compensation_of(process_.node(compensation.node));
    touched_.push_back(compensation.scope);
    if (event == nullptr) {
      leave_transaction(compensation);
    } else if (event->wait_for_completion) {
      leave(compensation.node, compensation.scope);
    }
    return;
  }
  const Completed done = *next;
  const ProcessNode& node = process_.node(done.node);
  if (!may_move(done.node)) return;
  emit(CompensationBegun{done.id, node.id, compensation.id});
  touched_.push_back(compensation.id);  // what compensates may be over at once
  if (done.count > 0) return;
  if (node.handler == kNone) {
    if (node.compensation_sub == kNone) return;
    const NodeIndex start = process_.node(node.compensation_sub).start;
    start_event_sub_process(start, compensation.id, done.id);
  } else if (process_.node(node.handler).loop != Loop::Kind::none) {
    open_repeated(node.handler, compensation.id, done.id);
  } else {
    open_activity(node.handler, compensation.id, 0, done.id);
  }
}

}  // namespace bpmn
