#pragma once
// analysis_graph.h - a process of the model with its references looked up.  Internal to the module.
//
// Tolerant where the compiler is strict: what refers to nothing is left out, of two elements with
// one id the first counts.  The model must outlive the graph.
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bpmn/model.h"

namespace bpmn {

inline constexpr std::uint32_t kNothing = 0xFFFFFFFFU;

struct GraphNode {
  const Node* node = nullptr;
  std::uint32_t scope = kNothing;  // the sub-process around it
  std::uint32_t host = kNothing;   // of a boundary event
  std::uint32_t link = kNothing;   // throwing link: the catching one
  std::vector<std::uint32_t> in;   // flows
  std::vector<std::uint32_t> out;
  std::vector<std::uint32_t> boundary;
  std::vector<std::uint32_t> children;

  [[nodiscard]] NodeKind kind() const { return node->kind; }
  [[nodiscard]] EventKind event() const { return node->event.kind; }
};

struct GraphFlow {
  const Flow* flow = nullptr;
  std::uint32_t source = 0;
  std::uint32_t target = 0;
  bool is_default = false;
};

class AnalysisGraph {
 public:
  explicit AnalysisGraph(const ProcessModel& process);

  [[nodiscard]] const ProcessModel& process() const { return process_; }
  [[nodiscard]] const std::vector<GraphNode>& nodes() const { return nodes_; }
  [[nodiscard]] const std::vector<GraphFlow>& flows() const { return flows_; }
  [[nodiscard]] const GraphNode& node(std::uint32_t index) const { return nodes_[index]; }
  [[nodiscard]] const GraphFlow& flow(std::uint32_t index) const { return flows_[index]; }
  [[nodiscard]] std::uint32_t index_of(std::string_view id) const;
  // Nodes of a sub-process, or (kNothing) of the top level.
  [[nodiscard]] const std::vector<std::uint32_t>& scope(std::uint32_t index) const {
    return index == kNothing ? top_level_ : nodes_[index].children;
  }
  // Where tokens begin in a scope.  `together`: all of them at once; else one of them.
  struct Beginning {
    std::vector<std::uint32_t> nodes;
    bool together = false;
  };
  [[nodiscard]] Beginning beginning_of(std::uint32_t scope) const;
  // The nodes that may come next: flows, links, boundary events of the node.
  [[nodiscard]] std::vector<std::uint32_t> next(std::uint32_t index) const;
  // Does a token rest here until something happens outside?
  [[nodiscard]] bool waits(std::uint32_t index) const;
  // Not part of the flow of its scope: event sub-processes, compensation handlers.
  [[nodiscard]] bool stands_apart(std::uint32_t index) const;

 private:
  const ProcessModel& process_;
  std::vector<GraphNode> nodes_;
  std::vector<GraphFlow> flows_;
  std::vector<std::uint32_t> top_level_;
  std::unordered_map<std::string_view, std::uint32_t> index_;
};

}  // namespace bpmn
