// process_check.cpp - what each element needs before it can run.
#include <algorithm>

#include "bpmn/process_compiler.h"
#include "rules/expression.h"

namespace bpmn {
namespace {

bool catches_at_run_time(EventKind kind) {
  return kind == EventKind::timer || kind == EventKind::message || kind == EventKind::signal;
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
  for (ProcessNode& scope : process_.nodes_) {
    for (const NodeIndex index : scope.children) {
      const ProcessNode& child = process_.nodes_[index];
      if (child.kind != NodeKind::start_event) continue;
      // A called process may have other ways to start; the call takes the one without a trigger.
      if (child.event.kind != EventKind::none) continue;
      if (scope.start != kNone)
        note(Severity::error, child, "a second start event in its sub-process");
      scope.start = index;
    }
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
  if (node.kind == NodeKind::complex_gateway || node.kind == NodeKind::ad_hoc_sub_process ||
      node.kind == NodeKind::script_task) {
    note(Severity::error, node, std::string{to_string(node.kind)} + " is not executed");
  }
  if (node.kind == NodeKind::transaction) {
    note(Severity::warning, node, "a transaction runs as a plain sub-process");
  }
  if (node.triggered_by_event) note(Severity::error, node, "an event sub-process is not executed");
  if (node.loop == Loop::Kind::standard)
    note(Severity::error, node, "a standard loop is not executed");
  if (is_sub_process(node.kind) && node.children.empty()) {
    note(Severity::warning, node, "the sub-process is empty and passed at once");
  }
}

void ProcessCompiler::check_event(const ProcessNode& node) {
  const EventKind kind = node.event.kind;
  if (kind == EventKind::conditional || kind == EventKind::cancel ||
      kind == EventKind::compensation || kind == EventKind::multiple) {
    note(Severity::error, node, std::string{to_string(kind)} + " event is not executed");
    return;
  }
  switch (node.kind) {
    case NodeKind::catch_event:
      if (!catches_at_run_time(kind) && kind != EventKind::link) {
        note(Severity::error, node, "catches nothing that can happen");
      }
      break;
    case NodeKind::boundary_event:
      if (!catches_at_run_time(kind) && kind != EventKind::error && kind != EventKind::escalation) {
        note(Severity::error, node, "catches nothing that can happen");
      }
      break;
    case NodeKind::throw_event:
      if (kind == EventKind::timer || kind == EventKind::error || kind == EventKind::terminate) {
        note(Severity::error, node, std::string{to_string(kind)} + " cannot be thrown here");
      }
      break;
    case NodeKind::start_event:
      if (node.scope != kNone && kind != EventKind::none &&
          process_.nodes_[node.scope].kind != NodeKind::call_activity) {
        note(Severity::error, node, "the start event of a sub-process has no trigger");
      }
      break;
    default:
      break;
  }
  if (kind == EventKind::timer && node.event.text.empty()) {
    note(Severity::warning, node, "the timer does not say when");
  }
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
  const bool dead_end =
      node.outgoing.empty() && node.kind != NodeKind::end_event && node.link_target == kNone;
  if (dead_end) note(Severity::warning, node, "has no outgoing flow: a token ends here");
}

void ProcessCompiler::check_gateway(const ProcessNode& node) {
  if (node.kind == NodeKind::event_based_gateway) {
    for (const FlowIndex flow : node.outgoing) {
      const ProcessNode& target = process_.nodes_[process_.flows_[flow].target];
      const bool waits =
          target.kind == NodeKind::receive_task ||
          (target.kind == NodeKind::catch_event && catches_at_run_time(target.event.kind));
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
