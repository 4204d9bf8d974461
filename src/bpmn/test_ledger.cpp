#include "bpmn/test_ledger.h"

#include <algorithm>

#include "base/overloaded.h"

namespace bpmn {
namespace {

bool passes_at_once(const ProcessNode& node) {
  return is_gateway(node.kind)
             ? node.kind != NodeKind::event_based_gateway
             : node.kind == NodeKind::start_event || node.kind == NodeKind::throw_event ||
                   node.event.kind == EventKind::link;
}

const EventDefinition* compensation_of(const ProcessNode& node) {
  if (node.event.kind == EventKind::compensation) return &node.event;
  for (const EventDefinition& event : node.events) {
    if (event.kind == EventKind::compensation) return &event;
  }
  return nullptr;
}

}  // namespace

void Ledger::wrong(const std::string& what, NodeIndex node) {
  if (!wrong_.empty()) return;
  wrong_ = what + " at " + (node == kNone ? std::string{"-"} : process_.node(node).id);
}

bool Ledger::is_join(NodeIndex index) const {
  const ProcessNode& node = process_.node(index);
  return (node.kind == NodeKind::parallel_gateway || node.kind == NodeKind::inclusive_gateway) &&
         node.incoming.size() > 1;
}

void Ledger::use(std::map<Place, int>& book, const Place& place, const char* what) {
  const auto found = book.find(place);
  if (found == book.end()) return wrong(what, place.second);
  if (--found->second == 0) book.erase(found);
}

void Ledger::grant(ActivityId scope, NodeIndex node) {
  arrive(scope, node);
}

void Ledger::arrive(ActivityId scope, NodeIndex index) {
  const ProcessNode& node = process_.node(index);
  if (node.kind == NodeKind::end_event) return;
  if (node.link_target != kNone) return arrive(scope, node.link_target);
  if (!passes_at_once(node)) {
    ++come_[{scope, index}];
  } else if (!node.outgoing.empty()) {
    ++done_[{scope, index}];
  }
}

void Ledger::enter_scope(ActivityId scope, NodeIndex of, NodeIndex start) {
  if (start != kNone) return arrive(scope, start);
  const auto nodes =
      of == kNone ? process_.top_level() : std::span<const NodeIndex>{process_.node(of).children};
  for (const NodeIndex index : nodes) {
    const ProcessNode& node = process_.node(index);
    const bool aside = node.triggered_by_event || node.for_compensation ||
                       node.kind == NodeKind::start_event ||
                       node.kind == NodeKind::boundary_event ||
                       (node.kind == NodeKind::catch_event && node.event.kind == EventKind::link);
    if (node.incoming.empty() && !aside) arrive(scope, index);
  }
}

void Ledger::take_flow(const FlowTaken& event) {
  const FlowIndex index = process_.flow_index_of(event.flow);
  const ProcessFlow& flow = process_.flow(index);
  const ProcessNode& source = process_.node(flow.source);
  const Place place{event.scope, flow.source};
  const bool splits = source.kind != NodeKind::exclusive_gateway;
  const bool same_exit = splits && exit_ == place && !exit_flows_.contains(index);
  if (!same_exit) {
    exit_ = place;
    exit_flows_.clear();
    if (done_.contains(place)) {
      use(done_, place, "-");
    } else if (source.loop != Loop::Kind::none) {
      use(come_, place, "leaves without having been there");  // nothing to repeat
    } else if (source.kind != NodeKind::boundary_event || !thrown_) {
      wrong("leaves without a token", flow.source);
    }
  }
  exit_flows_.insert(index);
  if (is_join(flow.target)) {
    ++arrivals_[{event.scope, index}];
  } else {
    arrive(event.scope, flow.target);
  }
}

void Ledger::pass_join(const JoinPassed& event) {
  const NodeIndex index = process_.index_of(event.node);
  const ProcessNode& node = process_.node(index);
  std::size_t used = 0;
  for (const FlowIndex flow : node.incoming) {
    const auto found = arrivals_.find({event.scope, flow});
    if (found == arrivals_.end()) continue;
    ++used;
    if (--found->second == 0) arrivals_.erase(found);
  }
  const bool all = node.kind == NodeKind::parallel_gateway;
  if (used == 0 || (all && used < node.incoming.size())) wrong("joins too early", index);
  exit_ = {0, kNone};
  if (!node.outgoing.empty()) ++done_[{event.scope, index}];
}

void Ledger::open(ActivityId id, const std::string& name, ActivityId scope, const Activity& more) {
  const NodeIndex index = process_.index_of(name);
  const ProcessNode& node = process_.node(index);
  Activity activity = more;
  activity.id = id;
  activity.node = index;
  activity.scope = scope;
  if (scope != 0 && !open_.contains(scope)) wrong("opened in a scope that is not open", index);
  const bool attached = activity.host != 0 || (node.kind == NodeKind::start_event);
  if (attached) {
    if (activity.host != 0 && !open_.contains(activity.host)) wrong("hangs on nothing", index);
  } else if (activity.loop > 0 && is_activity(node.kind)) {
    const auto body = open_.find(scope);
    if (body == open_.end() || body->second.node != index || activity.loop > body->second.count) {
      wrong("a repetition without its body", index);
    }
  } else if (activity.compensates != 0) {
    if (begun_.erase(activity.compensates) == 0) wrong("compensates what was not begun", index);
  } else if (node.triggered_by_event) {
    if (!thrown_) use(started_, {scope, index}, "starts without its event");
    if (process_.node(node.start).interrupting) drop(scope);
  } else if (node.kind == NodeKind::throw_event) {
    const EventDefinition* event = compensation_of(node);
    if (event != nullptr && event->wait_for_completion && !node.outgoing.empty()) {
      use(done_, {scope, index}, "waits without a token");
    }
  } else if (node.kind == NodeKind::end_event) {
    if (node.event.kind == EventKind::cancel) drop(scope);
  } else {
    use(come_, {scope, index}, "opened without a token");
  }
  open_.emplace(id, activity);
}

void Ledger::happened(const Activity& wait) {
  const ProcessNode& node = process_.node(wait.node);
  const bool repeats = !node.interrupting && !node.parallel_multiple;
  const bool groups = node.event.kind == EventKind::multiple && wait.part == 0;
  if (wait.part > 0 ? !repeats : groups && repeats) return;
  ActivityId scope = wait.scope;
  if (node.kind == NodeKind::start_event) {
    ++started_[{scope, node.scope}];
  } else if (node.kind == NodeKind::end_event) {
    thrown_ = true;  // the cancel boundary event of the transaction is next
  } else if (!node.outgoing.empty()) {
    const EventDefinition* event = compensation_of(node);
    const bool goes_on =
        node.kind != NodeKind::throw_event || event == nullptr || event->wait_for_completion;
    if (goes_on) ++done_[{scope, wait.node}];
  }
}

void Ledger::close(ActivityId id, bool goes_on) {
  const auto found = open_.find(id);
  if (found == open_.end()) return wrong("ended without having been open", kNone);
  const Activity activity = found->second;
  open_.erase(found);
  drop(id);
  for (const ActivityId chosen : queues_[id]) completed_[chosen].is_chosen = false;
  queues_.erase(id);
  if (!goes_on) return;
  const ProcessNode& node = process_.node(activity.node);
  const bool is_work = is_activity(node.kind) && activity.host == 0;
  if (!is_work) return happened(activity);
  if (node.compensable) {
    completed_[id] = {static_cast<int>(completed_.size()), activity.scope, false};
  }
  const bool leaves = activity.loop == 0 && activity.compensates == 0 && !node.outgoing.empty();
  if (leaves) ++done_[{activity.scope, activity.node}];
}

// Everything that was under way in the scope is gone.
void Ledger::drop(ActivityId scope) {
  const auto inside = [scope](const auto& entry) { return entry.first.first == scope; };
  std::erase_if(come_, inside);
  std::erase_if(done_, inside);
  std::erase_if(started_, inside);
  std::erase_if(arrivals_, inside);
}

void Ledger::choose(const CompensationChosen& event) {
  const NodeIndex node = process_.index_of(event.node);
  const auto done = completed_.find(event.activity);
  if (done == completed_.end() || done->second.is_chosen) {
    return wrong("compensates what was not completed, or twice", node);
  }
  done->second.is_chosen = true;
  const auto last = completed_.find(chosen_last_);
  if (last != completed_.end() && last->second.scope == done->second.scope &&
      last->second.order < done->second.order) {
    wrong("compensates the older one first", node);
  }
  chosen_last_ = event.activity;
  if (event.by != 0) queues_[event.by].push_back(event.activity);
}

void Ledger::begin(const CompensationBegun& event) {
  std::vector<ActivityId>& queue = queues_[event.by];
  if (queue.empty() || queue.front() != event.activity) {
    wrong("compensates out of turn", process_.index_of(event.node));
  } else {
    queue.erase(queue.begin());
  }
  begun_.insert(event.activity);
}

void Ledger::check_memory(const Instance& after) {
  std::set<ActivityId> known{0};
  for (const Activity& activity : after.activities) {
    known.insert(activity.id);
    known.insert(activity.compensates);
  }
  for (const Completed& done : after.completed) known.insert(done.id);
  for (const Completed& done : after.compensating) known.insert(done.id);
  for (const Completed& done : after.completed) {
    if (!known.contains(done.scope)) wrong("remembered of a scope that is gone", done.node);
  }
  for (const Completed& done : after.compensating) {
    if (after.find(done.by) == nullptr) wrong("chosen by what is gone", done.node);
  }
}

void Ledger::take(const Event& event) {
  std::visit(
      base::Overloaded{
          [&](const ProcessStarted& e) { enter_scope(0, kNone, process_.index_of(e.node)); },
          [&](const FlowTaken& e) { take_flow(e); },
          [&](const JoinPassed& e) { pass_join(e); },
          [&](const EventThrown& e) {
            thrown_ = thrown_ || e.kind == EventKind::error || e.kind == EventKind::escalation;
          },
          [&](const TaskOpened& e) {
            open(e.activity, e.node, e.scope, {0, 0, 0, 0, e.loop, 0, 0, e.compensates});
          },
          [&](const ScopeOpened& e) {
            open(e.activity, e.node, e.scope, {0, 0, 0, 0, e.loop, e.count, 0, e.compensates});
            const ProcessNode& node = *process_.find_node(e.node);
            if (e.count == 0) enter_scope(e.activity, process_.index_of(e.node), node.start);
          },
          [&](const TimerArmed& e) {
            open(e.activity, e.node, e.scope, {0, 0, 0, e.host, 0, 0, e.part, 0});
          },
          [&](const WaitOpened& e) {
            open(e.activity, e.node, e.scope, {0, 0, 0, e.host, 0, 0, e.part, 0});
          },
          [&](const TaskCompleted& e) { close(e.activity, true); },
          [&](const ScopeCompleted& e) { close(e.activity, true); },
          [&](const TimerFired& e) { close(e.activity, true); },
          [&](const WaitEnded& e) { close(e.activity, true); },
          [&](const TaskCancelled& e) { close(e.activity, false); },
          [&](const ScopeCancelled& e) { close(e.activity, false); },
          [&](const TimerCancelled& e) { close(e.activity, false); },
          [&](const WaitCancelled& e) { close(e.activity, false); },
          [&](const ProcessEnded&) {
            drop(0);
            open_.clear();
          },
          [](const WaitRearmed&) {},
          [](const ArrivalsDropped&) {},
          [&](const CompensationChosen& e) { choose(e); },
          [&](const CompensationBegun& e) { begin(e); }},
      event);
  if (!std::holds_alternative<CompensationChosen>(event)) chosen_last_ = 0;
}

std::string Ledger::settle(const Instance& after) {
  for (const auto& [place, tokens] : come_) wrong("a token came and stayed", place.second);
  for (const auto& [place, tokens] : done_) wrong("a token never left", place.second);
  std::map<std::pair<ActivityId, FlowIndex>, int> known;
  for (const Arrival& a : after.arrivals) known[{a.scope, a.flow}] = static_cast<int>(a.tokens);
  if (known != arrivals_) wrong("other arrivals than the instance's", kNone);
  std::set<ActivityId> scopes;  // those with something in them
  for (const Activity& activity : after.activities) {
    const bool holds =
        activity.host == 0 && process_.node(activity.node).kind != NodeKind::start_event;
    if (holds) scopes.insert(activity.scope);
    if (!open_.contains(activity.id)) wrong("open for the instance only", activity.node);
  }
  if (open_.size() != after.activities.size()) wrong("not open for the instance", kNone);
  for (const Activity& activity : after.activities) {
    const NodeKind kind = process_.node(activity.node).kind;
    const bool is_scope = role_of(process_, activity) == Role::scope ||
                          kind == NodeKind::throw_event || kind == NodeKind::end_event;
    if (is_scope && !scopes.contains(activity.id)) wrong("an empty scope", activity.node);
  }
  if (!after.is_over() && !scopes.contains(0)) wrong("an empty process", kNone);
  check_memory(after);
  started_.clear();
  begun_.clear();
  thrown_ = false;
  exit_ = {0, kNone};
  return wrong_;
}

}  // namespace bpmn
