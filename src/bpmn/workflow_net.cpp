#include "bpmn/workflow_net.h"

#include <algorithm>
#include <unordered_map>

namespace bpmn {
namespace {

constexpr std::size_t kOptionalFlowsMax = 10;  // 1,023 subsets

class NetMaker {
 public:
  NetMaker(const AnalysisGraph& graph, const std::set<std::uint32_t>& never_completing)
      : graph_(graph), never_completing_(never_completing) {}

  WorkflowNet make(std::uint32_t scope) {
    net_.nodes.emplace_back();  // the beginning
    for (const std::uint32_t index : graph_.scope(scope)) {
      if (is_left_out(index)) continue;
      note_outside(index);
      const NetNodeIndex main = add_node(index);
      entry_[index] = main;
      node_of_[index] = main;
      if (splits_off(index)) {
        // In front of the host: from here also the tokens of its boundary events set out.
        entry_[index] = static_cast<NetNodeIndex>(net_.nodes.size());
        net_.nodes.emplace_back();
        net_.nodes.back().element = index;
      } else if (net_.nodes[main].waits && graph_.node(index).in.size() > 1) {
        // Tokens from different sides that wait at one element lie on one place.
        entry_[index] = static_cast<NetNodeIndex>(net_.nodes.size());
        net_.nodes.emplace_back();
        net_.nodes.back().element = index;
        const PlaceIndex place = add_place(entry_[index], main);
        net_.nodes[entry_[index]].choices.push_back({kNothing, {}, {place}});
      }
    }
    for (const std::uint32_t index : graph_.scope(scope)) {
      if (node_of_.contains(index)) connect(index);
    }
    begin(scope);
    find_sides();
    return std::move(net_);
  }

 private:
  [[nodiscard]] bool is_left_out(std::uint32_t index) const {
    const GraphNode& node = graph_.node(index);
    if (graph_.stands_apart(index)) return true;
    // Boundary events that interrupt are choices of their host.
    return node.kind() == NodeKind::boundary_event &&
           (node.host == kNothing || node.node->interrupting || graph_.stands_apart(node.host));
  }

  [[nodiscard]] bool splits_off(std::uint32_t index) const {
    const std::vector<std::uint32_t>& boundary = graph_.node(index).boundary;
    return std::ranges::any_of(boundary, [&](std::uint32_t b) { return node_of_boundary(b); });
  }
  [[nodiscard]] bool node_of_boundary(std::uint32_t index) const {
    return !graph_.node(index).node->interrupting && !graph_.stands_apart(index);
  }

  void note_outside(std::uint32_t index) {
    const GraphNode& node = graph_.node(index);
    const bool joins_at_will = node.kind() == NodeKind::complex_gateway ||
                               (node.kind() == NodeKind::event_based_gateway && node.in.empty() &&
                                node.out.size() > 1 && node.node->parallel_multiple);
    if (joins_at_will) {
      net_.outside.push_back(index);
      net_.outside_flow = true;
    } else if (node.kind() == NodeKind::ad_hoc_sub_process) {
      net_.outside.push_back(index);
    }
  }

  NetNodeIndex add_node(std::uint32_t index) {
    const GraphNode& node = graph_.node(index);
    const auto made = static_cast<NetNodeIndex>(net_.nodes.size());
    NetNode& added = net_.nodes.emplace_back();
    added.element = index;
    added.waits = graph_.waits(index);
    if (node.kind() == NodeKind::parallel_gateway) added.join = JoinMode::all;
    if (node.kind() == NodeKind::inclusive_gateway || node.kind() == NodeKind::complex_gateway) {
      added.join = JoinMode::inclusive;
    }
    if (node.kind() == NodeKind::end_event) {
      const EventKind event = node.event();
      added.fails = event == EventKind::error || event == EventKind::cancel;
      added.ends_scope = added.fails || event == EventKind::terminate;
    }
    return made;
  }

  PlaceIndex add_place(NetNodeIndex from, NetNodeIndex to) {
    const auto index = static_cast<PlaceIndex>(net_.places.size());
    NetPlace& place = net_.places.emplace_back();
    place.from = from;
    place.to = to;
    net_.nodes[to].in.push_back(index);
    return index;
  }

  // The ways out of an element, from the node that stands for it or for its host.
  void add_choices(NetNodeIndex from, std::uint32_t index) {
    const GraphNode& node = graph_.node(index);
    if (node.out.empty()) return add_link_or_end(from, index);
    std::vector<std::uint32_t> always;
    std::vector<std::uint32_t> optional;
    std::uint32_t otherwise = kNothing;
    const bool inclusive = node.kind() == NodeKind::inclusive_gateway;
    for (const std::uint32_t flow : node.out) {
      const GraphFlow& out = graph_.flow(flow);
      if (out.is_default && node.kind() != NodeKind::parallel_gateway) {
        otherwise = flow;
      } else if (out.flow->condition && node.kind() != NodeKind::parallel_gateway) {
        optional.push_back(flow);
      } else {
        always.push_back(flow);
      }
    }
    if (node.kind() == NodeKind::exclusive_gateway ||
        node.kind() == NodeKind::event_based_gateway) {
      for (const std::uint32_t flow : node.out) add_choice(from, index, {flow});
      return;
    }
    // In a drawing that is not meant to run, an inclusive split without conditions is meant to
    // choose.
    if (inclusive && !graph_.process().executable && optional.empty() && always.size() > 1)
      optional.swap(always);
    if (optional.size() > kOptionalFlowsMax) {
      net_.too_wide = true;
      for (const std::uint32_t flow : optional) add_choice(from, index, {flow});
      add_choice(from, index, optional);
    } else {
      for (std::uint32_t bits = 0; bits < (1U << optional.size()); ++bits) {
        std::vector<std::uint32_t> chosen = always;
        for (std::size_t i = 0; i < optional.size(); ++i) {
          if ((bits >> i & 1U) != 0) chosen.push_back(optional[i]);
        }
        if (!chosen.empty()) add_choice(from, index, chosen);
      }
    }
    if (always.empty() && otherwise != kNothing) add_choice(from, index, {otherwise});
  }

  void add_link_or_end(NetNodeIndex from, std::uint32_t index) {
    NetChoice choice;
    choice.element = index;
    const std::uint32_t link = graph_.node(index).link;
    if (link != kNothing && entry_.contains(link)) {
      choice.places.push_back(add_place(from, entry_[link]));
    }
    net_.nodes[from].choices.push_back(std::move(choice));
  }

  void add_choice(NetNodeIndex from, std::uint32_t index, const std::vector<std::uint32_t>& flows) {
    NetChoice choice;
    choice.element = index;
    choice.flows = flows;
    for (const std::uint32_t flow : flows) {
      const auto target = entry_.find(graph_.flow(flow).target);
      if (target == entry_.end()) continue;
      const auto known = place_of_flow_.find(flow);
      choice.places.push_back(known != place_of_flow_.end() ? known->second
                                                            : add_place(from, target->second));
      place_of_flow_[flow] = choice.places.back();
    }
    std::ranges::sort(choice.places);
    net_.nodes[from].choices.push_back(std::move(choice));
  }

  void connect(std::uint32_t index) {
    const GraphNode& node = graph_.node(index);
    const NetNodeIndex made = node_of_[index];
    if (!never_completing_.contains(index)) add_choices(made, index);
    std::vector<PlaceIndex> extra;
    for (const std::uint32_t boundary : node.boundary) {
      if (graph_.stands_apart(boundary)) continue;
      if (graph_.node(boundary).node->interrupting) {
        add_choices(made, boundary);
        net_.nodes[made].waits = true;
      } else if (node_of_.contains(boundary)) {
        extra.push_back(add_place(entry_[index], node_of_[boundary]));
      }
    }
    if (!splits_off(index)) return;
    const PlaceIndex host = add_place(entry_[index], made);
    std::vector<NetChoice>& ways = net_.nodes[entry_[index]].choices;
    ways.push_back({kNothing, {}, {host}});
    // Each of them at most once, and any of them together.
    const std::size_t together = std::min(extra.size(), kOptionalFlowsMax);
    if (extra.size() > together) net_.too_wide = true;
    for (std::uint32_t bits = 1; bits < (1U << together); ++bits) {
      NetChoice choice{kNothing, {}, {host}};
      for (std::size_t i = 0; i < together; ++i) {
        if ((bits >> i & 1U) != 0) choice.places.push_back(extra[i]);
      }
      std::ranges::sort(choice.places);
      ways.push_back(std::move(choice));
    }
    for (const PlaceIndex place : extra) {
      net_.places[place].side = true;
      net_.places[place].waits = true;  // until its event happens
    }
  }

  void begin(std::uint32_t scope) {
    const AnalysisGraph::Beginning beginning = graph_.beginning_of(scope);
    NetChoice all;
    for (const std::uint32_t index : beginning.nodes) {
      const auto entry = entry_.find(index);
      if (entry == entry_.end()) continue;
      const PlaceIndex place = add_place(0, entry->second);
      if (beginning.together) {
        all.places.push_back(place);
      } else {
        net_.nodes[0].choices.push_back({kNothing, {}, {place}});
      }
    }
    if (beginning.together) net_.nodes[0].choices.push_back(std::move(all));
  }

  // Everything behind a non-interrupting boundary event that cannot be reached otherwise.
  void find_sides() {
    std::vector<bool> seen(net_.nodes.size(), false);
    std::vector<NetNodeIndex> open{0};
    seen[0] = true;
    while (!open.empty()) {
      const NetNodeIndex index = open.back();
      open.pop_back();
      for (const NetChoice& choice : net_.nodes[index].choices) {
        for (const PlaceIndex place : choice.places) {
          const NetNodeIndex to = net_.places[place].to;
          if (net_.places[place].side || seen[to]) continue;
          seen[to] = true;
          open.push_back(to);
        }
      }
    }
    for (NetPlace& place : net_.places) {
      if (!seen[place.from]) place.side = true;
    }
  }

  const AnalysisGraph& graph_;
  const std::set<std::uint32_t>& never_completing_;
  WorkflowNet net_;
  std::unordered_map<std::uint32_t, NetNodeIndex> entry_;    // where tokens for it go
  std::unordered_map<std::uint32_t, NetNodeIndex> node_of_;  // where they leave from
  std::unordered_map<std::uint32_t, PlaceIndex> place_of_flow_;
};

}  // namespace

std::uint32_t TraceArena::step(std::uint32_t element, std::vector<std::uint32_t> flows) {
  steps_.push_back({element, std::move(flows)});
  cells_.push_back({static_cast<std::uint32_t>(steps_.size() - 1), kEmpty});
  return static_cast<std::uint32_t>(cells_.size() - 1);
}

std::uint32_t TraceArena::join(std::uint32_t first, std::uint32_t second) {
  if (first == kEmpty) return second;
  if (second == kEmpty) return first;
  cells_.push_back({first, second});
  return static_cast<std::uint32_t>(cells_.size() - 1);
}

void TraceArena::append_steps(std::uint32_t trace, std::vector<Step>& out) const {
  std::vector<std::uint32_t> open{trace};
  while (!open.empty()) {
    const std::uint32_t index = open.back();
    open.pop_back();
    if (index == kEmpty) continue;
    const Cell& cell = cells_[index];
    if (cell.second == kEmpty) {
      out.push_back(steps_[cell.first]);
    } else {
      open.push_back(cell.second);
      open.push_back(cell.first);
    }
  }
}

WorkflowNet make_net(const AnalysisGraph& graph, std::uint32_t scope,
                     const std::set<std::uint32_t>& never_completing) {
  return NetMaker(graph, never_completing).make(scope);
}

}  // namespace bpmn
