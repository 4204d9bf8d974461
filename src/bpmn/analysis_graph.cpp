#include "bpmn/analysis_graph.h"

#include <map>
#include <utility>

namespace bpmn {

AnalysisGraph::AnalysisGraph(const ProcessModel& process) : process_(process) {
  for (const Node& node : process.nodes) {
    if (node.id.empty()) continue;
    const auto index = static_cast<std::uint32_t>(nodes_.size());
    if (!index_.emplace(node.id, index).second) continue;
    GraphNode& added = nodes_.emplace_back();
    added.node = &node;
    if (!node.scope.empty()) {
      // A sub-process stands before its content; anything else would be a circle.
      const std::uint32_t scope = index_of(node.scope);
      if (scope != kNothing && scope != index && is_sub_process(nodes_[scope].kind())) {
        added.scope = scope;
      }
    }
    (added.scope == kNothing ? top_level_ : nodes_[added.scope].children).push_back(index);
  }
  std::map<std::pair<std::uint32_t, std::string_view>, std::uint32_t> links;
  for (std::uint32_t index = 0; index < nodes_.size(); ++index) {
    GraphNode& node = nodes_[index];
    if (node.kind() == NodeKind::catch_event && node.event() == EventKind::link) {
      links.emplace(std::pair{node.scope, std::string_view{node.node->event.name}}, index);
    }
    if (node.kind() != NodeKind::boundary_event) continue;
    const std::uint32_t host = index_of(node.node->attached_to);
    if (host == kNothing || !is_activity(nodes_[host].kind()) || nodes_[host].scope != node.scope) {
      continue;
    }
    node.host = host;
    nodes_[host].boundary.push_back(index);
  }
  for (GraphNode& node : nodes_) {
    if (node.kind() != NodeKind::throw_event || node.event() != EventKind::link) continue;
    const auto found = links.find({node.scope, std::string_view{node.node->event.name}});
    if (found != links.end()) node.link = found->second;
  }
  for (const Flow& flow : process.flows) {
    const std::uint32_t source = index_of(flow.source);
    const std::uint32_t target = index_of(flow.target);
    if (source == kNothing || target == kNothing) continue;
    if (nodes_[source].scope != nodes_[target].scope) continue;
    const auto index = static_cast<std::uint32_t>(flows_.size());
    const bool is_default = !flow.id.empty() && nodes_[source].node->default_flow == flow.id;
    flows_.push_back({&flow, source, target, is_default});
    nodes_[source].out.push_back(index);
    nodes_[target].in.push_back(index);
  }
}

std::uint32_t AnalysisGraph::index_of(std::string_view id) const {
  const auto found = index_.find(id);
  return found == index_.end() ? kNothing : found->second;
}

bool AnalysisGraph::stands_apart(std::uint32_t index) const {
  const Node& node = *nodes_[index].node;
  return node.triggered_by_event || node.for_compensation ||
         (node.kind == NodeKind::boundary_event && node.event.kind == EventKind::compensation);
}

// Source: OMG BPMN 2.0.2, 10.5.2: without start events everything that has no incoming flow begins.
AnalysisGraph::Beginning AnalysisGraph::beginning_of(std::uint32_t scope) const {
  Beginning starts;
  Beginning others{{}, true};
  for (const std::uint32_t index : this->scope(scope)) {
    const GraphNode& node = nodes_[index];
    if (node.kind() == NodeKind::start_event) {
      starts.nodes.push_back(index);
      continue;
    }
    if (!node.in.empty() || node.kind() == NodeKind::boundary_event || stands_apart(index))
      continue;
    if (node.kind() == NodeKind::catch_event && node.event() == EventKind::link) continue;
    if (node.node->instantiate) {
      starts.nodes.push_back(index);
    } else {
      others.nodes.push_back(index);
    }
  }
  return starts.nodes.empty() ? others : starts;
}

std::vector<std::uint32_t> AnalysisGraph::next(std::uint32_t index) const {
  const GraphNode& node = nodes_[index];
  std::vector<std::uint32_t> out;
  for (const std::uint32_t flow : node.out) out.push_back(flows_[flow].target);
  if (node.link != kNothing) out.push_back(node.link);
  for (const std::uint32_t boundary : node.boundary) out.push_back(boundary);
  return out;
}

bool AnalysisGraph::waits(std::uint32_t index) const {
  const GraphNode& node = nodes_[index];
  switch (node.kind()) {
    case NodeKind::start_event:
    case NodeKind::end_event:
    case NodeKind::throw_event:
    case NodeKind::exclusive_gateway:
    case NodeKind::parallel_gateway:
    case NodeKind::inclusive_gateway:
    case NodeKind::complex_gateway:
      return false;
    case NodeKind::catch_event:
      return node.event() != EventKind::link;
    case NodeKind::sub_process:
    case NodeKind::transaction: {
      // It waits if anything inside does; nested ones are looked at in the same way.
      for (const std::uint32_t child : node.children) {
        if (nodes_[child].kind() != NodeKind::boundary_event && waits(child)) return true;
      }
      return false;
    }
    default:
      return true;
  }
}

}  // namespace bpmn
