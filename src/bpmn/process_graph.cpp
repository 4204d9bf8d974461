// process_graph.cpp - what follows from the drawing as a whole.
#include <algorithm>

#include "bpmn/process_compiler.h"

namespace bpmn {

void ProcessCompiler::check_reachable() {
  std::vector<bool> seen(process_.nodes_.size(), false);
  std::vector<NodeIndex> open;
  const auto visit = [&](NodeIndex index) {
    if (index == kNone || seen[index]) return;
    seen[index] = true;
    open.push_back(index);
  };
  const auto visit_starts = [&](std::span<const NodeIndex> scope, NodeIndex start) {
    for (const NodeIndex index : scope) {
      const ProcessNode& node = process_.nodes_[index];
      if (node.triggered_by_event) visit(index);
      const bool begins =
          node.incoming.empty() && node.attached_to == kNone && !node.for_compensation;
      if (begins && start == kNone) visit(index);
    }
    visit(start);
  };
  for (const NodeIndex start : process_.starts_) visit(start);
  for (const NodeIndex start : process_.instantiating_) visit(start);
  const bool has_starts = !process_.starts_.empty();
  visit_starts(process_.top_level_, has_starts ? process_.starts_.front() : kNone);
  while (!open.empty()) {
    const ProcessNode& node = process_.nodes_[open.back()];
    open.pop_back();
    for (const FlowIndex flow : node.outgoing) visit(process_.flows_[flow].target);
    for (const NodeIndex boundary : node.boundary) visit(boundary);
    visit(node.link_target);
    visit(node.handler);
    if (!node.children.empty()) visit_starts(node.children, node.start);
  }
  for (NodeIndex index = 0; index < seen.size(); ++index) {
    const ProcessNode& node = process_.nodes_[index];
    // A triggered start event of a called process is a way in that this caller does not use.
    if (!seen[index] && !(node.kind == NodeKind::start_event && node.scope != kNone)) {
      note(Severity::warning, node, "no token can ever reach it");
    }
  }
}

// Gives every node the branch of the parallel work it lies in.  A split that may let several tokens
// out opens one branch per flow, a join closes one.  Where branches meet without a join, the node
// gets a branch of its own, so that no work is moved there.
void ProcessCompiler::find_branches() {
  constexpr std::uint32_t kUnset = kNone;
  std::vector<std::uint32_t>& outer = process_.outer_branches_;
  std::vector<std::uint32_t> branch(process_.nodes_.size(), kUnset);
  std::vector<bool> mixed(process_.nodes_.size(), false);
  std::vector<std::uint32_t> branch_of_flow(process_.flows_.size(), kUnset);
  std::vector<std::uint32_t> branch_of_boundary(process_.nodes_.size(), kUnset);
  std::vector<NodeIndex> open;

  const auto new_branch = [&](std::uint32_t around) {
    outer.push_back(around);
    return static_cast<std::uint32_t>(outer.size() - 1);
  };
  const auto arrive = [&](NodeIndex index, std::uint32_t label) {
    const ProcessNode& node = process_.nodes_[index];
    const bool joins =
        (node.kind == NodeKind::parallel_gateway || node.kind == NodeKind::inclusive_gateway) &&
        node.incoming.size() > 1;
    if (joins && outer[label] != kNone) label = outer[label];
    if (branch[index] == label || mixed[index]) return;
    if (branch[index] != kUnset) {
      mixed[index] = true;
      label = new_branch(kNone);
    }
    branch[index] = label;
    open.push_back(index);
  };
  const auto enter_scope = [&](std::span<const NodeIndex> scope) {
    const std::uint32_t label = new_branch(kNone);
    std::size_t ways_in = 0;
    const auto begins = [&](const ProcessNode& node) {
      return node.kind == NodeKind::start_event ||
             (node.incoming.empty() && node.attached_to == kNone && !node.triggered_by_event &&
              !node.for_compensation);
    };
    for (const NodeIndex index : scope) {
      const ProcessNode& node = process_.nodes_[index];
      if (begins(node) && node.kind != NodeKind::start_event) ++ways_in;
    }
    for (const NodeIndex index : scope) {
      const ProcessNode& node = process_.nodes_[index];
      if (!begins(node)) continue;
      // Of several start events one is taken; nodes without incoming flows all begin at once.
      const bool alone = node.kind == NodeKind::start_event || ways_in < 2;
      arrive(index, alone ? label : new_branch(label));
    }
  };
  enter_scope(process_.top_level_);
  for (const ProcessNode& node : process_.nodes_) {
    if (!node.children.empty()) enter_scope(node.children);
  }
  while (!open.empty()) {
    const NodeIndex index = open.back();
    open.pop_back();
    const ProcessNode& node = process_.nodes_[index];
    const bool splits = node.outgoing.size() > 1 && node.kind != NodeKind::exclusive_gateway &&
                        node.kind != NodeKind::event_based_gateway;
    for (const FlowIndex flow : node.outgoing) {
      std::uint32_t label = branch[index];
      if (splits) {
        if (branch_of_flow[flow] == kUnset || mixed[index])
          branch_of_flow[flow] = new_branch(label);
        label = branch_of_flow[flow];
      }
      arrive(process_.flows_[flow].target, label);
    }
    for (const NodeIndex boundary : node.boundary) {
      std::uint32_t label = branch[index];
      if (!process_.nodes_[boundary].interrupting) {
        if (branch_of_boundary[boundary] == kUnset)
          branch_of_boundary[boundary] = new_branch(label);
        label = branch_of_boundary[boundary];
      }
      arrive(boundary, label);
    }
    if (node.link_target != kNone) arrive(node.link_target, branch[index]);
  }
  for (NodeIndex index = 0; index < branch.size(); ++index) {
    process_.nodes_[index].branch = branch[index] == kUnset ? new_branch(kNone) : branch[index];
  }
}

// Source: OMG BPMN 2.0.2, 13.4.3 (inclusive gateway): the paths that end at an incoming flow and do
// not visit the gateway.
void ProcessCompiler::find_join_reach() {
  std::vector<std::vector<NodeIndex>> throwers(process_.nodes_.size());  // of each catching link
  for (NodeIndex index = 0; index < process_.nodes_.size(); ++index) {
    const NodeIndex target = process_.nodes_[index].link_target;
    if (target != kNone) throwers[target].push_back(index);
  }
  std::size_t rows_left = 2'000;
  for (NodeIndex gateway = 0; gateway < process_.nodes_.size(); ++gateway) {
    const ProcessNode& join = process_.nodes_[gateway];
    if (join.kind != NodeKind::inclusive_gateway || join.incoming.size() < 2) continue;
    // A row of nodes per incoming flow: a hostile drawing must not cost minutes and gigabytes.
    if (join.incoming.size() > rows_left) {
      note(Severity::error, join, "more than 2,000 flows into inclusive joins are not executed");
      return;
    }
    rows_left -= join.incoming.size();
    std::vector<std::vector<bool>>& rows = process_.join_reach_[gateway];
    for (const FlowIndex incoming : join.incoming) {
      std::vector<bool>& row = rows.emplace_back(process_.nodes_.size(), false);
      std::vector<NodeIndex> open;
      const auto visit = [&](NodeIndex index) {
        if (index == kNone || index == gateway || row[index]) return;
        row[index] = true;
        open.push_back(index);
      };
      visit(process_.flows_[incoming].source);
      while (!open.empty()) {
        const NodeIndex index = open.back();
        open.pop_back();
        const ProcessNode& node = process_.nodes_[index];
        for (const FlowIndex flow : node.incoming) visit(process_.flows_[flow].source);
        visit(node.attached_to);
        for (const NodeIndex thrower : throwers[index]) visit(thrower);
      }
    }
  }
}

}  // namespace bpmn
