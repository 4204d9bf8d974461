#include "bpmn/event.h"

#include <algorithm>
#include <tuple>

#include "base/overloaded.h"

namespace bpmn {
namespace {

bool is_join(const ProcessNode& node) {
  return (node.kind == NodeKind::parallel_gateway || node.kind == NodeKind::inclusive_gateway) &&
         node.incoming.size() > 1;
}

auto place_of(const Arrival& arrival) {
  return std::tuple{arrival.scope, arrival.flow};
}

void open(const Process& process, Instance& instance, Activity activity, std::string_view node) {
  activity.node = process.index_of(node);
  if (activity.node == kNone || activity.id == 0) return;
  const auto place = std::ranges::lower_bound(instance.activities, activity.id, {}, &Activity::id);
  if (place != instance.activities.end() && place->id == activity.id) return;
  instance.last_activity = std::max(instance.last_activity, activity.id);
  instance.activities.insert(place, activity);
}

// What was completed inside `scope`, at any depth, can no longer be compensated.
void forget_inside(Instance& instance, ActivityId scope) {
  std::vector<ActivityId> scopes{scope};
  while (!scopes.empty() && !instance.completed.empty()) {
    const ActivityId around = scopes.back();
    scopes.pop_back();
    std::erase_if(instance.completed, [&](const Completed& done) {
      if (done.scope == around) scopes.push_back(done.id);
      return done.scope == around;
    });
  }
}

// What an interrupted throw event had chosen and not begun can be compensated by another one.
void give_back(Instance& instance, ActivityId by) {
  std::erase_if(instance.compensating, [&](const Completed& chosen) {
    if (chosen.by != by) return false;
    const auto place = std::ranges::find_if(instance.completed, [&](const Completed& other) {
      return other.scope == chosen.scope && other.id > chosen.id;
    });
    instance.completed.insert(place, chosen)->by = 0;
    return true;
  });
}

enum class Outcome : std::uint8_t { completed, ended };  // ended: cancelled, or no activity

void close(const Process& process, Instance& instance, ActivityId id, Outcome outcome) {
  const auto place = std::ranges::lower_bound(instance.activities, id, {}, &Activity::id);
  if (place == instance.activities.end() || place->id != id) return;
  const Activity activity = *place;
  instance.activities.erase(place);
  const bool remembers = outcome == Outcome::completed && process.node(activity.node).compensable;
  if (remembers) {
    instance.completed.push_back({id, activity.node, activity.scope, activity.count, 0});
  }
  if (instance.completed.empty() && instance.compensating.empty()) return;
  if (!remembers) forget_inside(instance, id);
  if (activity.compensates != 0) forget_inside(instance, activity.compensates);
  give_back(instance, id);
}

void close_scope(const Process& process, Instance& instance, ActivityId id, Outcome outcome) {
  close(process, instance, id, outcome);
  std::erase_if(instance.arrivals, [id](const Arrival& a) { return a.scope == id; });
}

void choose(Instance& instance, const CompensationChosen& event) {
  const auto place = std::ranges::find(instance.completed, event.activity, &Completed::id);
  if (place == instance.completed.end()) return;
  if (event.by != 0) {
    instance.compensating.push_back(*place);
    instance.compensating.back().by = event.by;
  }
  instance.completed.erase(place);
}

void begin(const Process& process, Instance& instance, const CompensationBegun& event) {
  const auto place = std::ranges::find(instance.compensating, event.activity, &Completed::id);
  if (place == instance.compensating.end()) return;
  const bool from_outside = place->count == 0 && process.node(place->node).handler != kNone;
  instance.compensating.erase(place);
  // A handler beside a sub-process knows nothing of what is inside it.
  if (from_outside) forget_inside(instance, event.activity);
}

void arrive(const Process& process, Instance& instance, const FlowTaken& event) {
  const FlowIndex flow = process.flow_index_of(event.flow);
  if (flow == kNone || !is_join(process.node(process.flow(flow).target))) return;
  const Arrival arrival{flow, event.scope, 1};
  const auto place = std::ranges::lower_bound(instance.arrivals, place_of(arrival), {}, place_of);
  if (place != instance.arrivals.end() && place_of(*place) == place_of(arrival)) {
    ++place->tokens;
  } else {
    instance.arrivals.insert(place, arrival);
  }
}

void consume(const Process& process, Instance& instance, const JoinPassed& event) {
  const NodeIndex node = process.index_of(event.node);
  for (Arrival& arrival : instance.arrivals) {
    if (arrival.scope == event.scope && process.flow(arrival.flow).target == node) --arrival.tokens;
  }
  std::erase_if(instance.arrivals, [](const Arrival& a) { return a.tokens == 0; });
}

}  // namespace

void apply_to(const Process& process, Instance& instance, const Event& event) {
  std::visit(
      base::Overloaded{
          [&](const ProcessStarted&) { instance.state = InstanceState::running; },
          [&](const FlowTaken& e) { arrive(process, instance, e); },
          [&](const JoinPassed& e) { consume(process, instance, e); },
          [](const EventThrown&) {},
          [&](const TaskOpened& e) {
            open(process, instance, {e.activity, 0, e.scope, 0, e.loop, 0, 0, e.compensates},
                 e.node);
          },
          [&](const TaskCompleted& e) { close(process, instance, e.activity, Outcome::completed); },
          [&](const TaskCancelled& e) { close(process, instance, e.activity, Outcome::ended); },
          [&](const ScopeOpened& e) {
            open(process, instance, {e.activity, 0, e.scope, 0, e.loop, e.count, 0, e.compensates},
                 e.node);
          },
          [&](const ScopeCompleted& e) {
            close_scope(process, instance, e.activity, Outcome::completed);
          },
          [&](const ScopeCancelled& e) {
            close_scope(process, instance, e.activity, Outcome::ended);
          },
          [&](const TimerArmed& e) {
            open(process, instance, {e.activity, 0, e.scope, e.host, e.loop, 0, e.part, 0}, e.node);
          },
          [&](const TimerFired& e) { close(process, instance, e.activity, Outcome::ended); },
          [&](const TimerCancelled& e) { close(process, instance, e.activity, Outcome::ended); },
          [&](const WaitOpened& e) {
            open(process, instance, {e.activity, 0, e.scope, e.host, e.loop, 0, e.part, 0}, e.node);
          },
          [&](const WaitEnded& e) { close(process, instance, e.activity, Outcome::ended); },
          [&](const WaitCancelled& e) { close(process, instance, e.activity, Outcome::ended); },
          [&](const ProcessEnded& e) {
            instance.state = e.state;
            instance.activities.clear();
            instance.arrivals.clear();
            instance.completed.clear();
            instance.compensating.clear();
          },
          [&](const WaitRearmed& e) {
            const auto place = std::ranges::find(instance.activities, e.activity, &Activity::id);
            if (place != instance.activities.end()) place->loop = 0;
          },
          [&](const ArrivalsDropped& e) {
            std::erase_if(instance.arrivals, [&](const Arrival& a) { return a.scope == e.scope; });
          },
          [&](const CompensationChosen& e) { choose(instance, e); },
          [&](const CompensationBegun& e) { begin(process, instance, e); }},
      event);
}

Instance apply(const Process& process, Instance instance, const Event& event) {
  apply_to(process, instance, event);
  return instance;
}

}  // namespace bpmn
