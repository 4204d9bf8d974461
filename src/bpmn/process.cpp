#include "bpmn/process.h"

namespace bpmn {

NodeIndex Process::index_of(std::string_view node_id) const {
  const auto found = node_index_.find(node_id);
  return found == node_index_.end() ? kNone : found->second;
}

FlowIndex Process::flow_index_of(std::string_view flow_id) const {
  const auto found = flow_index_.find(flow_id);
  return found == flow_index_.end() ? kNone : found->second;
}

const ProcessNode* Process::find_node(std::string_view node_id) const {
  const NodeIndex index = index_of(node_id);
  return index == kNone ? nullptr : &nodes_[index];
}

const std::string* Process::find_extension(std::string_view node_id, std::string_view name) const {
  const ProcessNode* found = find_node(node_id);
  return found == nullptr ? nullptr : bpmn::find_extension(found->extensions, name);
}

bool Process::reaches(NodeIndex from, NodeIndex to) const {
  std::vector<bool> seen(nodes_.size(), false);
  std::vector<NodeIndex> open{from};
  while (!open.empty()) {
    const ProcessNode& at = nodes_[open.back()];
    open.pop_back();
    const auto visit = [&](NodeIndex next) {
      if (next == kNone || seen[next]) return;
      seen[next] = true;
      open.push_back(next);
    };
    for (const FlowIndex flow : at.outgoing) visit(flows_[flow].target);
    for (const NodeIndex boundary : at.boundary) visit(boundary);
    visit(at.link_target);
  }
  return seen[to];
}

bool Process::reaches_join(NodeIndex gateway, std::size_t incoming, NodeIndex from) const {
  const auto found = join_reach_.find(gateway);
  if (found == join_reach_.end() || incoming >= found->second.size()) return false;
  return found->second[incoming][from];
}

std::uint32_t Process::outer_branch(std::uint32_t branch) const {
  return branch < outer_branches_.size() ? outer_branches_[branch] : kNone;
}

}  // namespace bpmn
