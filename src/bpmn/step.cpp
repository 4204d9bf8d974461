#include "bpmn/step.h"

#include <algorithm>

#include "base/overloaded.h"
#include "bpmn/engine.h"

namespace bpmn {

std::string_view to_string(StepReason reason) {
  switch (reason) {
    case StepReason::already_started:
      return "already_started";
    case StepReason::not_started:
      return "not_started";
    case StepReason::already_over:
      return "already_over";
    case StepReason::no_such_start:
      return "no_such_start";
    case StepReason::no_such_activity:
      return "no_such_activity";
    case StepReason::not_a_task:
      return "not_a_task";
    case StepReason::not_a_timer:
      return "not_a_timer";
    case StepReason::nothing_waits:
      return "nothing_waits";
    case StepReason::no_such_target:
      return "no_such_target";
    case StepReason::target_not_a_task:
      return "target_not_a_task";
    case StepReason::target_in_other_scope:
      return "target_in_other_scope";
    case StepReason::target_in_other_branch:
      return "target_in_other_branch";
    case StepReason::no_flow_applies:
      return "no_flow_applies";
    case StepReason::bad_cardinality:
      return "bad_cardinality";
    case StepReason::too_many_moves:
      return "too_many_moves";
    case StepReason::too_many_activities:
      return "too_many_activities";
    case StepReason::too_many_repetitions:
      return "too_many_repetitions";
  }
  return "";
}

base::Result<std::vector<Event>, StepRefusal> Engine::run(const Trigger& trigger) {
  const bool starts = std::holds_alternative<Start>(trigger);
  if (instance_.is_over()) {
    refuse(StepReason::already_over);
  } else if (starts && instance_.state != InstanceState::created) {
    refuse(StepReason::already_started);
  } else if (!starts && instance_.state == InstanceState::created) {
    refuse(StepReason::not_started);
  } else {
    std::visit(
        base::Overloaded{[&](const Start& t) { start(t); },
                         [&](const CompleteTask& t) { complete_task(t); },
                         [&](const ThrowError& t) { throw_from_task(t); },
                         [&](const FireTimer& t) { fire_timer(t); },
                         [&](const DeliverMessage& t) { deliver(EventKind::message, t.name); },
                         [&](const DeliverSignal& t) { deliver(EventKind::signal, t.name); },
                         [&](const MoveToken& t) { move_token(t); },
                         [&](const ConditionsChanged&) { ask_all_conditions(); },
                         [&](const Terminate&) { terminate(0); }},
        trigger);
    settle();
  }
  if (refusal_) return base::Failure{std::move(*refusal_)};
  return std::move(events_);
}

void Engine::start(const Start& trigger) {
  NodeIndex chosen = kNone;
  const std::span<const NodeIndex> starts = process_.starts();
  const std::span<const NodeIndex> others = process_.instantiating();
  if (!trigger.node.empty()) {
    const NodeIndex named = process_.index_of(trigger.node);
    if (std::ranges::find(starts, named) != starts.end()) chosen = named;
    if (std::ranges::find(others, named) != others.end()) chosen = named;
    if (chosen == kNone) return refuse(StepReason::no_such_start);
  } else if (starts.size() + others.size() == 1) {
    chosen = starts.empty() ? others.front() : starts.front();
  } else if (!starts.empty() || !others.empty()) {
    for (const NodeIndex index : starts) {
      if (process_.node(index).event.kind != EventKind::none) continue;
      if (chosen != kNone) return refuse(StepReason::no_such_start, index);
      chosen = index;
    }
    if (chosen == kNone) return refuse(StepReason::no_such_start);
  }
  emit(ProcessStarted{chosen == kNone ? std::string{} : process_.node(chosen).id});
  const bool by_start_event =
      chosen == kNone || process_.node(chosen).kind == NodeKind::start_event;
  enter_scope(process_.top_level(), chosen, 0);
  // What an instantiating task or event waited for has come: the token is behind it.
  if (!by_start_event) tokens_.back().leaves = true;
}

void Engine::complete_task(const CompleteTask& trigger) {
  const Activity* activity = instance_.find(trigger.activity);
  if (activity == nullptr) return refuse(StepReason::no_such_activity);
  if (role_of(process_, *activity) != Role::task) {
    return refuse(StepReason::not_a_task, activity->node);
  }
  complete(Activity{*activity});
}

void Engine::throw_from_task(const ThrowError& trigger) {
  const Activity* activity = instance_.find(trigger.activity);
  if (activity == nullptr) return refuse(StepReason::no_such_activity);
  if (role_of(process_, *activity) != Role::task) {
    return refuse(StepReason::not_a_task, activity->node);
  }
  emit(EventThrown{process_.node(activity->node).id, activity->scope, EventKind::error,
                   trigger.code});
  throw_error(trigger.code, trigger.activity);
}

void Engine::fire_timer(const FireTimer& trigger) {
  const Activity* activity = instance_.find(trigger.activity);
  if (activity == nullptr) return refuse(StepReason::no_such_activity);
  if (role_of(process_, *activity) != Role::timer) {
    return refuse(StepReason::not_a_timer, activity->node);
  }
  caught(*activity);
}

// A message goes to the oldest that waits for it, a signal to all that wait now.
void Engine::deliver(EventKind kind, const std::string& name) {
  std::vector<ActivityId> waiting;
  for (const Activity& activity : instance_.activities) {
    const ProcessNode& node = process_.node(activity.node);
    const EventDefinition& event = definition_of(process_, activity);
    if (event.kind != kind || event.name != name) continue;
    const Role role = role_of(process_, activity);
    const bool receives = role == Role::task && node.kind == NodeKind::receive_task;
    if (role == Role::wait || receives) waiting.push_back(activity.id);
    if (kind == EventKind::message && !waiting.empty()) break;
  }
  if (waiting.empty()) return refuse(StepReason::nothing_waits);
  for (const ActivityId id : waiting) {
    // An interrupting one may have ended the others.
    const Activity* activity = instance_.find(id);
    if (activity == nullptr) continue;
    if (role_of(process_, *activity) == Role::task) {
      complete(Activity{*activity});
    } else {
      caught(*activity);
    }
  }
}

void Engine::move_token(const MoveToken& trigger) {
  const Activity* found = instance_.find(trigger.activity);
  if (found == nullptr) return refuse(StepReason::no_such_activity);
  const Activity activity = *found;
  if (role_of(process_, activity) != Role::task)
    return refuse(StepReason::not_a_task, activity.node);
  const NodeIndex target = process_.index_of(trigger.target);
  if (target == kNone) return refuse(StepReason::no_such_target);
  if (const std::optional<StepReason> reason = forbids_move(activity, target)) {
    return refuse(*reason, target);
  }
  cancel(activity);
  tokens_.push_back({target, activity.scope});
}

std::optional<StepReason> Engine::forbids_move(const Activity& activity, NodeIndex target) const {
  const ProcessNode& from = process_.node(activity.node);
  const ProcessNode& to = process_.node(target);
  if (!to.waits) return StepReason::target_not_a_task;
  if (from.for_compensation || to.for_compensation) return StepReason::target_in_other_branch;
  if (from.scope != to.scope || activity.loop > 0) return StepReason::target_in_other_scope;
  if (from.branch == to.branch) return std::nullopt;
  // The only token may also go back to before the split that it came through.
  const bool others =
      std::ranges::any_of(instance_.activities,
                          [&](const Activity& other) {
                            return other.scope == activity.scope && other.host == 0 &&
                                   other.id != activity.id && !is_event_start(other);
                          }) ||
      std::ranges::any_of(instance_.arrivals,
                          [&](const Arrival& arrival) { return arrival.scope == activity.scope; });
  if (!others) {
    for (std::uint32_t b = process_.outer_branch(from.branch); b != kNone;
         b = process_.outer_branch(b)) {
      if (b == to.branch) return std::nullopt;
    }
  }
  return StepReason::target_in_other_branch;
}

base::Result<std::vector<Event>, StepRefusal> step(const Process& process, const Instance& instance,
                                                   const Trigger& trigger,
                                                   const rules::Value& variables) {
  return Engine(process, instance, variables).run(trigger);
}

}  // namespace bpmn
