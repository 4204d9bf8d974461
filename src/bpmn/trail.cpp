#include "bpmn/trail.h"

#include <algorithm>

namespace bpmn {
namespace {

std::vector<NodeIndex> in_document_order(const std::vector<bool>& chosen) {
  std::vector<NodeIndex> nodes;
  for (NodeIndex index = 0; index < chosen.size(); ++index) {
    if (chosen[index]) nodes.push_back(index);
  }
  return nodes;
}

}  // namespace

std::vector<NodeIndex> predecessor_tasks(const Process& process, NodeIndex node) {
  std::vector<bool> seen(process.nodes().size(), false);
  std::vector<bool> chosen(process.nodes().size(), false);
  std::vector<NodeIndex> open;
  const auto visit = [&](NodeIndex index) {
    if (index == kNone || seen[index]) return;
    seen[index] = true;
    if (process.node(index).waits) {
      chosen[index] = process.node(index).branch == process.node(node).branch;
    } else {
      open.push_back(index);
    }
  };
  const auto visit_before = [&](NodeIndex index) {
    const ProcessNode& at = process.node(index);
    for (const FlowIndex flow : at.incoming) visit(process.flow(flow).source);
    visit(at.attached_to);
    if (at.kind != NodeKind::catch_event || at.event.kind != EventKind::link) return;
    for (NodeIndex other = 0; other < process.nodes().size(); ++other) {
      if (process.node(other).link_target == index) visit(other);
    }
  };
  visit_before(node);
  while (!open.empty()) {
    const NodeIndex index = open.back();
    open.pop_back();
    visit_before(index);
  }
  return in_document_order(chosen);
}

std::vector<NodeIndex> successor_tasks(const Process& process, NodeIndex node) {
  std::vector<bool> seen(process.nodes().size(), false);
  std::vector<bool> chosen(process.nodes().size(), false);
  std::vector<NodeIndex> open;
  const auto visit = [&](NodeIndex index) {
    if (index == kNone || seen[index]) return;
    seen[index] = true;
    if (process.node(index).waits) {
      chosen[index] = true;
    } else {
      open.push_back(index);
    }
  };
  const auto visit_after = [&](NodeIndex index) {
    const ProcessNode& at = process.node(index);
    for (const FlowIndex flow : at.outgoing) visit(process.flow(flow).target);
    visit(at.link_target);
    // The end of a sub-process goes on after it.
    if (at.outgoing.empty() && at.link_target == kNone) {
      NodeIndex around = at.scope;
      while (around != kNone && process.node(around).triggered_by_event) {
        around = process.node(around).scope;  // what follows it follows the scope around it
      }
      if (around == kNone) return;
      for (const FlowIndex flow : process.node(around).outgoing) visit(process.flow(flow).target);
    }
  };
  visit_after(node);
  while (!open.empty()) {
    const NodeIndex index = open.back();
    open.pop_back();
    const ProcessNode& at = process.node(index);
    if (at.start != kNone) {
      visit(at.start);
    } else if (!at.children.empty()) {
      for (const NodeIndex child : at.children) {
        if (process.node(child).incoming.empty() && process.node(child).attached_to == kNone)
          visit(child);
      }
    } else {
      visit_after(index);
    }
  }
  return in_document_order(chosen);
}

}  // namespace bpmn
