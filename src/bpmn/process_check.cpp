// process_check.cpp - what each element needs before it can run.
#include <algorithm>

#include "bpmn/process_compiler.h"
#include "rules/expression.h"

namespace bpmn {
namespace {

bool is_waited_for(EventKind kind) {
  return kind == EventKind::timer || kind == EventKind::message || kind == EventKind::signal ||
         kind == EventKind::conditional;
}

bool is_thrown_on(EventKind kind) {
  return kind == EventKind::message || kind == EventKind::signal || kind == EventKind::escalation ||
         kind == EventKind::compensation;
}

// Source: OMG BPMN 2.0.2, 10.5 (tables of the events' types).
bool is_allowed(NodeKind node, EventKind event) {
  const bool is_code = event == EventKind::error || event == EventKind::escalation;
  const bool undoes = event == EventKind::cancel || event == EventKind::compensation;
  switch (node) {
    case NodeKind::catch_event:
      return is_waited_for(event) || event == EventKind::link;
    case NodeKind::boundary_event:
      return is_waited_for(event) || is_code || undoes;
    case NodeKind::throw_event:
      return is_thrown_on(event) || event == EventKind::none || event == EventKind::link;
    case NodeKind::end_event:
      return is_thrown_on(event) || is_code || undoes || event == EventKind::none ||
             event == EventKind::terminate;
    default:
      return true;
  }
}

// One condition is the plain negation of the other.
bool are_complementary(const rules::Expression& a, const rules::Expression& b) {
  return a.text() == "not(" + b.text() + ")" || b.text() == "not(" + a.text() + ")";
}

}  // namespace

// The none start event of each scope; a scope without start events begins at every node without an
// incoming flow (BPMN 2.0.2, 10.5.2).
void ProcessCompiler::find_starts() {
  for (const NodeIndex index : process_.top_level_) {
    if (process_.nodes_[index].kind == NodeKind::start_event) process_.starts_.push_back(index);
  }
  find_instantiating();
  for (ProcessNode& scope : process_.nodes_) {
    for (const NodeIndex index : scope.children) {
      const ProcessNode& child = process_.nodes_[index];
      if (child.kind != NodeKind::start_event) continue;
      // A called process may have other ways to start; the call takes the one without a trigger.
      if (child.event.kind != EventKind::none && !scope.triggered_by_event) continue;
      if (scope.start != kNone)
        note(Severity::error, child, "a second start event in its sub-process");
      scope.start = index;
    }
  }
}

// Source: OMG BPMN 2.0.2, 13.2 and 13.4.4: what starts an instance instead of a start event.
void ProcessCompiler::find_instantiating() {
  for (const NodeIndex index : process_.top_level_) {
    const ProcessNode& node = process_.nodes_[index];
    if (!node.instantiate || !node.incoming.empty()) continue;
    if (node.kind == NodeKind::receive_task) process_.instantiating_.push_back(index);
    if (node.kind != NodeKind::event_based_gateway) continue;
    if (node.parallel_multiple) {
      note(Severity::error, node,
           "a parallel event-based gateway that starts a process is not executed: each of its "
           "events would have to find the instance that another one started");
    }
    for (const FlowIndex flow : node.outgoing) {
      process_.instantiating_.push_back(process_.flows_[flow].target);
    }
  }
}

void ProcessCompiler::find_event_subs() {
  for (NodeIndex index = 0; index < process_.nodes_.size(); ++index) {
    const ProcessNode& node = process_.nodes_[index];
    if (!node.triggered_by_event || !is_sub_process(node.kind)) continue;
    if (node.start == kNone) {
      note(Severity::error, node, "an event sub-process without a start event never starts");
      continue;
    }
    ProcessNode& start = process_.nodes_[node.start];
    const bool compensates = start.event.kind == EventKind::compensation;
    start.interrupting = start.interrupting || start.event.kind == EventKind::error;
    if (node.scope == kNone) {
      process_.event_subs_.push_back(index);
      continue;
    }
    ProcessNode& around = process_.nodes_[node.scope];
    around.event_subs.push_back(index);
    if (compensates && around.compensation_sub != kNone) {
      note(Severity::error, node, "a second event sub-process that compensates the same one");
    } else if (compensates) {
      around.compensation_sub = index;
    }
  }
}

// Only what a throw event can compensate is remembered.  A sub-process comes before its content.
void ProcessCompiler::find_compensable() {
  if (!compensates_) return;
  for (auto node = process_.nodes_.rbegin(); node != process_.nodes_.rend(); ++node) {
    const bool is_handler = node->for_compensation ||
                            (node->triggered_by_event && node->start != kNone &&
                             process_.nodes_[node->start].event.kind == EventKind::compensation);
    if (is_handler) continue;
    node->compensable = node->handler != kNone || node->compensation_sub != kNone ||
                        std::ranges::any_of(node->children, [&](NodeIndex child) {
                          return process_.nodes_[child].compensable;
                        });
  }
}

void ProcessCompiler::check_nodes() {
  for (const ProcessNode& node : process_.nodes_) {
    check_support(node);
    check_event(node);
    check_flows_of(node);
    if (is_gateway(node.kind)) check_gateway(node);
  }
}

void ProcessCompiler::check_support(const ProcessNode& node) {
  if (node.kind == NodeKind::complex_gateway) {
    note(Severity::error, node,
         "complexGateway is not executed: what its condition may ask is not defined by the "
         "standard");
  } else if (node.kind == NodeKind::ad_hoc_sub_process) {
    note(Severity::error, node,
         "adHocSubProcess is not executed: its activities have no order to follow");
  } else if (node.kind == NodeKind::script_task) {
    note(Severity::error, node, "scriptTask is not executed: scripts are not run");
  }
  if (is_sub_process(node.kind) && node.children.empty()) {
    note(Severity::warning, node, "the sub-process is empty and passed at once");
  }
  if (node.kind == NodeKind::call_activity && node.start == kNone &&
      std::ranges::any_of(node.children, [&](NodeIndex child) {
        return process_.nodes_[child].kind == NodeKind::start_event;
      })) {
    note(Severity::error, node, "the called process has no start event without a trigger");
  }
  const bool is_aside = node.triggered_by_event || node.for_compensation;
  if (is_aside && !(node.incoming.empty() && node.outgoing.empty())) {
    note(Severity::error, node,
         node.triggered_by_event ? "an event sub-process has sequence flows"
                                 : "an activity that compensates has sequence flows");
  }
  if (node.triggered_by_event && (node.loop != Loop::Kind::none || !node.boundary.empty())) {
    note(Severity::error, node, "an event sub-process has a loop or a boundary event");
  }
}

void ProcessCompiler::check_event(const ProcessNode& node) {
  if (node.kind == NodeKind::start_event) check_start(node);
  if (node.event.kind != EventKind::multiple) return check_definition(node, node.event, false);
  if (node.events.empty()) {
    note(Severity::error, node, "a multiple event without definitions is not executed");
  }
  for (const EventDefinition& event : node.events) check_definition(node, event, true);
}

void ProcessCompiler::check_definition(const ProcessNode& node, const EventDefinition& event,
                                       bool is_part) {
  const EventKind kind = event.kind;
  const std::string name{to_string(kind)};
  const bool catches = node.kind == NodeKind::catch_event || node.kind == NodeKind::boundary_event;
  if (!is_allowed(node.kind, kind)) {
    note(Severity::error, node,
         catches ? "catches nothing that can happen" : name + " cannot be thrown here");
    return;
  }
  if (is_part && (kind == EventKind::link || kind == EventKind::none || kind == EventKind::cancel ||
                  kind == EventKind::multiple || (kind == EventKind::compensation && catches))) {
    note(Severity::error, node, name + " as one of several definitions is not executed");
  }
  if (is_part && node.parallel_multiple && !is_waited_for(kind) &&
      node.kind != NodeKind::throw_event && node.kind != NodeKind::end_event) {
    note(Severity::error, node, name + " as one of several that must all happen is not executed");
  }
  if (kind == EventKind::timer && event.text.empty()) {
    note(Severity::warning, node, "the timer does not say when");
  }
  check_compensation(node, event);
}

void ProcessCompiler::check_start(const ProcessNode& node) {
  if (node.scope == kNone) {
    const auto starts = [](EventKind kind) {
      return is_waited_for(kind) || kind == EventKind::none;
    };
    const bool fits = node.event.kind == EventKind::multiple
                          ? std::ranges::all_of(node.events, starts, &EventDefinition::kind)
                          : starts(node.event.kind);
    if (!fits) note(Severity::error, node, "no such event starts a process");
    return;
  }
  const ProcessNode& around = process_.nodes_[node.scope];
  const EventKind kind = node.event.kind;
  if (!around.triggered_by_event) {
    if (kind != EventKind::none && around.kind != NodeKind::call_activity) {
      note(Severity::error, node, "the start event of a sub-process has no trigger");
    }
    return;
  }
  const bool starts = is_waited_for(kind) || kind == EventKind::error ||
                      kind == EventKind::escalation || kind == EventKind::compensation ||
                      kind == EventKind::multiple;
  if (!starts) note(Severity::error, node, "nothing can start its event sub-process");
}

void ProcessCompiler::check_compensation(const ProcessNode& node, const EventDefinition& event) {
  if (event.kind == EventKind::cancel) {
    if (node.kind == NodeKind::end_event && !is_in_transaction(node)) {
      note(Severity::error, node, "a cancel end event outside of a transaction");
    }
    if (node.kind == NodeKind::boundary_event && node.attached_to != kNone &&
        process_.nodes_[node.attached_to].kind != NodeKind::transaction) {
      note(Severity::error, node, "a cancel event on something that is no transaction");
    }
  }
  if (event.kind != EventKind::compensation || event.activity.empty()) return;
  if (node.kind != NodeKind::throw_event && node.kind != NodeKind::end_event) return;
  const NodeIndex activity = process_.index_of(event.activity);
  if (activity == kNone || !is_activity(process_.nodes_[activity].kind)) {
    note(Severity::error, node, "compensates '" + event.activity + "', which is no activity");
    return;
  }
  // In its own scope, or around the event sub-processes that it is in.
  for (NodeIndex scope = node.scope;; scope = process_.nodes_[scope].scope) {
    if (process_.nodes_[activity].scope == scope) break;
    if (scope != kNone && process_.nodes_[scope].triggered_by_event) continue;
    note(Severity::warning, node,
         "'" + event.activity + "' is in another scope: never compensated");
    return;
  }
  if (!process_.nodes_[activity].compensable) {
    note(Severity::warning, node, "nothing compensates '" + event.activity + "'");
  }
}

bool ProcessCompiler::is_in_transaction(const ProcessNode& node) const {
  for (NodeIndex scope = node.scope; scope != kNone; scope = process_.nodes_[scope].scope) {
    if (process_.nodes_[scope].kind == NodeKind::transaction) return true;
  }
  return false;
}

void ProcessCompiler::check_flows_of(const ProcessNode& node) {
  if ((node.kind == NodeKind::start_event || node.kind == NodeKind::boundary_event) &&
      !node.incoming.empty()) {
    note(Severity::error, node, "an event that begins something has an incoming flow");
  }
  if (node.kind == NodeKind::end_event && !node.outgoing.empty()) {
    note(Severity::error, node, "an end event has an outgoing flow");
  }
  if (node.kind == NodeKind::throw_event && node.event.kind == EventKind::link &&
      !node.outgoing.empty()) {
    note(Severity::error, node, "a throwing link has an outgoing flow");
  }
  const bool is_aside =
      node.triggered_by_event || node.for_compensation ||
      (node.kind == NodeKind::boundary_event && node.event.kind == EventKind::compensation);
  const bool dead_end = node.outgoing.empty() && node.kind != NodeKind::end_event &&
                        node.link_target == kNone && !is_aside;
  if (dead_end) note(Severity::warning, node, "has no outgoing flow: a token ends here");
}

void ProcessCompiler::check_gateway(const ProcessNode& node) {
  if (node.kind == NodeKind::event_based_gateway) {
    for (const FlowIndex flow : node.outgoing) {
      const ProcessNode& target = process_.nodes_[process_.flows_[flow].target];
      const bool waits =
          target.kind == NodeKind::receive_task ||
          (target.kind == NodeKind::catch_event &&
           (is_waited_for(target.event.kind) || target.event.kind == EventKind::multiple));
      if (!waits || target.incoming.size() != 1 || !target.boundary.empty() ||
          target.loop != Loop::Kind::none) {
        note(Severity::error, node,
             "'" + target.id + "' after it is no simple event, or can be reached another way");
      }
    }
    if (node.outgoing.empty()) note(Severity::error, node, "has no alternative");
    return;
  }
  if (node.kind == NodeKind::parallel_gateway) {
    for (const FlowIndex flow : node.outgoing) {
      if (process_.flows_[flow].condition) {
        note(Severity::warning, process_.flows_[flow].id, node.line,
             "its condition has no effect after a parallel gateway");
      }
    }
    return;
  }
  if (node.outgoing.size() < 2 || node.default_flow != kNone) return;
  std::vector<const rules::Expression*> conditions;
  for (const FlowIndex flow : node.outgoing) {
    const auto& condition = process_.flows_[flow].condition;
    if (condition) {
      conditions.push_back(condition.get());
    } else {
      note(Severity::warning, process_.flows_[flow].id, node.line,
           "has neither a condition nor the mark of a default flow");
    }
  }
  if (conditions.size() != node.outgoing.size()) return;
  if (conditions.size() == 2 && are_complementary(*conditions[0], *conditions[1])) return;
  note(Severity::warning, node, "has no default flow: it may happen that no condition is true");
}

}  // namespace bpmn
