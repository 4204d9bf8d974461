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

void close(Instance& instance, ActivityId id) {
  const auto place = std::ranges::lower_bound(instance.activities, id, {}, &Activity::id);
  if (place != instance.activities.end() && place->id == id) instance.activities.erase(place);
}

void close_scope(Instance& instance, ActivityId id) {
  close(instance, id);
  std::erase_if(instance.arrivals, [id](const Arrival& a) { return a.scope == id; });
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
          [&](const JoinPassed& e) { consume(process, instance, e); }, [](const EventThrown&) {},
          [&](const TaskOpened& e) {
            open(process, instance, {e.activity, 0, e.scope, 0, e.loop, 0}, e.node);
          },
          [&](const TaskCompleted& e) { close(instance, e.activity); },
          [&](const TaskCancelled& e) { close(instance, e.activity); },
          [&](const ScopeOpened& e) {
            open(process, instance, {e.activity, 0, e.scope, 0, e.loop, e.count}, e.node);
          },
          [&](const ScopeCompleted& e) { close_scope(instance, e.activity); },
          [&](const ScopeCancelled& e) { close_scope(instance, e.activity); },
          [&](const TimerArmed& e) {
            open(process, instance, {e.activity, 0, e.scope, e.host, e.loop, 0}, e.node);
          },
          [&](const TimerFired& e) { close(instance, e.activity); },
          [&](const TimerCancelled& e) { close(instance, e.activity); },
          [&](const WaitOpened& e) {
            open(process, instance, {e.activity, 0, e.scope, e.host, 0, 0}, e.node);
          },
          [&](const WaitEnded& e) { close(instance, e.activity); },
          [&](const WaitCancelled& e) { close(instance, e.activity); },
          [&](const ProcessEnded& e) {
            instance.state = e.state;
            instance.activities.clear();
            instance.arrivals.clear();
          }},
      event);
}

Instance apply(const Process& process, Instance instance, const Event& event) {
  apply_to(process, instance, event);
  return instance;
}

}  // namespace bpmn
