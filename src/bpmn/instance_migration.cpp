#include "bpmn/instance_migration.h"

#include <algorithm>
#include <set>
#include <utility>

namespace bpmn {
namespace {

using Kind = MigrationObstacleKind;

bool is_split_or_join(const ProcessNode& node) {
  return node.kind == NodeKind::parallel_gateway || node.kind == NodeKind::inclusive_gateway ||
         node.kind == NodeKind::complex_gateway;
}

class Migration {
 public:
  Migration(const Process& from, const Process& to, const ElementMapping& mapping)
      : from_(from), to_(to), mapping_(mapping) {}

  base::Result<Instance, std::vector<MigrationObstacle>> run(const Instance& before) {
    Instance after = before;
    for (Activity& activity : after.activities) {
      activity.node = element(activity.node);
      if (activity.node != kNone) check_waits(before, activity.id);
    }
    for (Arrival& arrival : after.arrivals) arrival.flow = join_flow(arrival.flow);
    for (std::vector<Completed>* list : {&after.completed, &after.compensating}) {
      for (Completed& one : *list) one.node = element(one.node);
    }
    if (!before.is_over() && before.state != InstanceState::created) {
      check_top_level(before);
      check_branches(before);
    }
    if (!obstacles_.empty()) return base::Failure{std::move(obstacles_)};
    std::ranges::sort(after.arrivals, {},
                      [](const Arrival& one) { return std::pair{one.scope, one.flow}; });
    return after;
  }

 private:
  void tell(Kind kind, const ProcessNode& node) {
    const MigrationObstacle obstacle{kind, node.id, node.name};
    if (std::ranges::find(obstacles_, obstacle) == obstacles_.end()) obstacles_.push_back(obstacle);
  }

  [[nodiscard]] std::string_view mapped(std::string_view id) const {
    const auto found = mapping_.find(id);
    return found == mapping_.end() ? id : std::string_view{found->second};
  }
  [[nodiscard]] NodeIndex counterpart(NodeIndex index) const {
    return index == kNone ? kNone : to_.index_of(mapped(from_.node(index).id));
  }
  // The element around one: both have none, or each other's counterpart.
  [[nodiscard]] bool same_place(NodeIndex old_place, NodeIndex new_place) const {
    return old_place == kNone ? new_place == kNone : counterpart(old_place) == new_place;
  }

  [[nodiscard]] bool alike(const ProcessNode& old_node, const ProcessNode& new_node) const {
    return old_node.kind == new_node.kind && old_node.waits == new_node.waits &&
           old_node.event.kind == new_node.event.kind && old_node.loop == new_node.loop &&
           old_node.events.size() == new_node.events.size() &&
           old_node.interrupting == new_node.interrupting &&
           old_node.triggered_by_event == new_node.triggered_by_event &&
           old_node.compensable == new_node.compensable &&
           same_place(old_node.scope, new_node.scope) &&
           same_place(old_node.attached_to, new_node.attached_to);
  }

  // kNone, and an obstacle, when there is no such element any more.
  NodeIndex element(NodeIndex index) {
    const ProcessNode& old_node = from_.node(index);
    const NodeIndex found = counterpart(index);
    if (found == kNone) {
      tell(Kind::element_gone, old_node);
    } else if (!alike(old_node, to_.node(found))) {
      tell(Kind::element_changed, old_node);
    } else {
      return found;
    }
    return kNone;
  }

  using Indices = std::vector<NodeIndex>;
  [[nodiscard]] bool same_set(const Indices& old_ones, const Indices& new_ones) const {
    std::set<NodeIndex> carried;
    for (const NodeIndex one : old_ones) carried.insert(counterpart(one));
    return carried == std::set<NodeIndex>(new_ones.begin(), new_ones.end());
  }
  [[nodiscard]] Indices targets(const Process& process, const ProcessNode& node) const {
    Indices indices;
    for (const FlowIndex flow : node.outgoing) indices.push_back(process.flow(flow).target);
    return indices;
  }

  // What was armed together with an open activity is what would be armed with it now.
  void check_waits(const Instance& before, ActivityId id) {
    const Activity& activity = *before.find(id);
    const ProcessNode& old_node = from_.node(activity.node);
    const ProcessNode& new_node = to_.node(counterpart(activity.node));
    const bool alternatives = old_node.kind == NodeKind::event_based_gateway;
    if (!same_set(old_node.boundary, new_node.boundary) ||
        !same_set(old_node.event_subs, new_node.event_subs) ||
        (alternatives && !same_set(targets(from_, old_node), targets(to_, new_node)))) {
      tell(Kind::waits_changed, old_node);
    }
  }

  void check_top_level(const Instance& before) {
    const auto list = [](std::span<const NodeIndex> span) {
      return Indices(span.begin(), span.end());
    };
    if (same_set(list(from_.event_subs()), list(to_.event_subs()))) return;
    const NodeIndex any = before.activities.empty() ? 0 : before.activities.front().node;
    tell(Kind::waits_changed, from_.node(any));
  }

  // The same flow, or the one between the same two elements.
  [[nodiscard]] FlowIndex same_flow(const ProcessFlow& flow, NodeIndex join) const {
    const FlowIndex found = to_.flow_index_of(flow.id);
    if (found != kNone && to_.flow(found).target == join) return found;
    for (const FlowIndex one : to_.node(join).incoming) {
      if (to_.flow(one).source == counterpart(flow.source)) return one;
    }
    return kNone;
  }

  // A token that has come to a join stays there.  Where a step was put before the join, its flow is
  // the only one that has no counterpart.
  FlowIndex join_flow(FlowIndex index) {
    const ProcessFlow& flow = from_.flow(index);
    const NodeIndex join = element(flow.target);
    if (join == kNone) return kNone;
    const ProcessNode& old_join = from_.node(flow.target);
    std::set<FlowIndex> left(to_.node(join).incoming.begin(), to_.node(join).incoming.end());
    std::size_t unmatched = 0;
    for (const FlowIndex one : old_join.incoming) {
      const FlowIndex same = same_flow(from_.flow(one), join);
      unmatched += same == kNone || left.erase(same) == 0 ? 1U : 0U;
    }
    FlowIndex found = same_flow(flow, join);
    if (found == kNone && unmatched == 1 && left.size() == 1) found = *left.begin();
    if (found == kNone || unmatched > 1 || left.size() != unmatched) {
      tell(Kind::join_changed, old_join);
    }
    return found;
  }

  [[nodiscard]] static int depth(const Process& process, NodeIndex index) {
    int levels = 0;
    std::uint32_t branch = process.node(index).branch;
    while ((branch = process.outer_branch(branch)) != kNone) ++levels;
    return levels;
  }

  // A scope with one token may change its splits as long as the token stays outside of them; with
  // several, every split and join has to be there still.
  void check_branches(const Instance& before) {
    bool side_by_side = !before.arrivals.empty();
    for (const Activity& activity : before.activities) {
      const NodeIndex now = counterpart(activity.node);
      if (now == kNone) continue;
      const int level = depth(from_, activity.node);
      if (level != depth(to_, now)) tell(Kind::branches_changed, from_.node(activity.node));
      side_by_side = side_by_side || level > 0;
    }
    if (!side_by_side) return;
    Indices old_ones;
    Indices new_ones;
    for (NodeIndex i = 0; i < from_.nodes().size(); ++i) {
      if (is_split_or_join(from_.node(i))) old_ones.push_back(i);
    }
    for (NodeIndex i = 0; i < to_.nodes().size(); ++i) {
      if (is_split_or_join(to_.node(i))) new_ones.push_back(i);
    }
    if (same_set(old_ones, new_ones)) return;
    const NodeIndex any = before.activities.empty()
                              ? from_.flow(before.arrivals.front().flow).target
                              : before.activities.front().node;
    tell(Kind::branches_changed, from_.node(any));
  }

  const Process& from_;
  const Process& to_;
  const ElementMapping& mapping_;
  std::vector<MigrationObstacle> obstacles_;
};

}  // namespace

std::string_view to_string(MigrationObstacleKind kind) {
  switch (kind) {
    case Kind::element_gone:
      return "element_gone";
    case Kind::element_changed:
      return "element_changed";
    case Kind::waits_changed:
      return "waits_changed";
    case Kind::branches_changed:
      return "branches_changed";
    case Kind::join_changed:
      return "join_changed";
  }
  return "";
}

base::Result<Instance, std::vector<MigrationObstacle>> migrate(const Process& from,
                                                               const Instance& instance,
                                                               const Process& to,
                                                               const ElementMapping& mapping) {
  return Migration(from, to, mapping).run(instance);
}

}  // namespace bpmn
