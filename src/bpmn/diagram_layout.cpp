// diagram_layout.cpp - a plain drawing for files without one.
//
// Layers from left to right by the longest way without loops; boundary events on the lower edge of
// their host; sub-processes around their content.  No crossing is minimised: it is there to carry
// marks, not to please.
#include <algorithm>
#include <map>

#include "bpmn/analysis_graph.h"
#include "bpmn/diagram.h"

namespace bpmn {
namespace {

constexpr double kTaskWidth = 120;
constexpr double kTaskHeight = 80;
constexpr double kGap = 84;
constexpr double kRowGap = 50;
constexpr double kMargin = 40;

class Layout {
 public:
  explicit Layout(const AnalysisGraph& graph) : graph_(graph), boxes_(graph.nodes().size()) {}

  Diagram make() {
    diagram_.laid_out = true;
    diagram_.id = graph_.process().id;
    diagram_.name = graph_.process().name;
    // Inner scopes first: a sub-process is as large as its content.
    for (auto i = static_cast<std::uint32_t>(graph_.nodes().size()); i-- > 0;) {
      if (!graph_.node(i).children.empty()) place(i);
    }
    place(kNothing);
    move_inside(kNothing, {0, 0});
    draw(kNothing);
    for (const GraphFlow& flow : graph_.flows()) draw_flow(flow);
    return std::move(diagram_);
  }

 private:
  [[nodiscard]] Box size_of(std::uint32_t index) const {
    const GraphNode& node = graph_.node(index);
    const NodeKind kind = node.kind();
    if (!node.children.empty()) return boxes_[index];
    if (is_gateway(kind)) return {0, 0, 50, 50};
    if (is_activity(kind)) return {0, 0, kTaskWidth, kTaskHeight};
    return {0, 0, 36, 36};
  }

  [[nodiscard]] std::vector<std::uint32_t> laid(std::uint32_t scope) const {
    std::vector<std::uint32_t> nodes;
    for (const std::uint32_t index : graph_.scope(scope)) {
      if (graph_.node(index).host == kNothing) nodes.push_back(index);
    }
    return nodes;
  }

  // Longest way from a beginning, loops left out: a way back is one to a node still being looked
  // at.
  [[nodiscard]] std::map<std::uint32_t, int> layers(const std::vector<std::uint32_t>& nodes) const {
    enum class State : std::uint8_t { fresh, open, done };
    std::map<std::uint32_t, State> state;
    std::vector<std::uint32_t> order;
    std::map<std::uint32_t, std::vector<std::uint32_t>> forward;
    struct Visit {
      std::uint32_t node;
      std::vector<std::uint32_t> next;
      std::size_t at = 0;
    };
    std::vector<std::uint32_t> begin;
    for (const std::uint32_t index : nodes) {
      if (graph_.node(index).in.empty()) begin.push_back(index);
    }
    begin.insert(begin.end(), nodes.begin(), nodes.end());
    for (const std::uint32_t first : begin) {
      if (state[first] != State::fresh) continue;
      std::vector<Visit> stack{{first, targets(first)}};
      state[first] = State::open;
      while (!stack.empty()) {
        Visit& top = stack.back();
        if (top.at == top.next.size()) {
          state[top.node] = State::done;
          order.push_back(top.node);
          stack.pop_back();
          continue;
        }
        const std::uint32_t to = top.next[top.at++];
        if (state[to] == State::open) continue;
        forward[top.node].push_back(to);
        if (state[to] == State::done) continue;
        state[to] = State::open;
        stack.push_back({to, targets(to)});
      }
    }
    std::map<std::uint32_t, int> layer;
    for (auto at = order.rbegin(); at != order.rend(); ++at) {
      for (const std::uint32_t to : forward[*at]) layer[to] = std::max(layer[to], layer[*at] + 1);
    }
    return layer;
  }

  [[nodiscard]] std::vector<std::uint32_t> targets(std::uint32_t index) const {
    std::vector<std::uint32_t> out;
    const auto add = [&](std::uint32_t from) {
      for (const std::uint32_t flow : graph_.node(from).out) {
        std::uint32_t to = graph_.flow(flow).target;
        if (graph_.node(to).host != kNothing) to = graph_.node(to).host;
        if (to != index) out.push_back(to);
      }
    };
    add(index);
    for (const std::uint32_t boundary : graph_.node(index).boundary) add(boundary);
    return out;
  }

  // Positions within the scope, and its size.
  void place(std::uint32_t scope) {
    const std::vector<std::uint32_t> nodes = laid(scope);
    const std::map<std::uint32_t, int> layer = layers(nodes);
    std::map<int, std::vector<std::uint32_t>> columns;
    for (const std::uint32_t index : nodes) {
      const auto found = layer.find(index);
      columns[found == layer.end() ? 0 : found->second].push_back(index);
    }
    double highest = 0;
    for (const auto& [number, column] : columns) highest = std::max(highest, height_of(column));
    double x = kMargin;
    for (const auto& [number, column] : columns) {
      double width = 0;
      for (const std::uint32_t index : column) width = std::max(width, size_of(index).width);
      double y = kMargin + (highest - height_of(column)) / 2;
      for (const std::uint32_t index : column) {
        const Box size = size_of(index);
        boxes_[index] = {x + (width - size.width) / 2, y, size.width, size.height};
        y += size.height + kRowGap;
      }
      x += width + kGap;
    }
    if (scope != kNothing) boxes_[scope] = {0, 0, x - kGap + kMargin, highest + 2 * kMargin};
  }

  [[nodiscard]] double height_of(const std::vector<std::uint32_t>& column) const {
    double height = -kRowGap;
    for (const std::uint32_t index : column) height += size_of(index).height + kRowGap;
    return height;
  }

  void move_inside(std::uint32_t scope, Point by) {
    for (const std::uint32_t index : laid(scope)) {
      boxes_[index].x += by.x;
      boxes_[index].y += by.y;
      double at = boxes_[index].x + boxes_[index].width - 50;
      for (const std::uint32_t boundary : graph_.node(index).boundary) {
        boxes_[boundary] = {at, boxes_[index].y + boxes_[index].height - 18, 36, 36};
        at -= 44;
      }
      move_inside(index, {boxes_[index].x, boxes_[index].y});
    }
  }

  void draw(std::uint32_t scope) {
    const auto add = [&](std::uint32_t index) {
      Shape& shape = diagram_.shapes.emplace_back();
      shape.element = graph_.node(index).node->id;
      shape.bounds = boxes_[index];
      shape.expanded = !graph_.node(index).children.empty();
    };
    const std::vector<std::uint32_t> nodes = laid(scope);
    for (const std::uint32_t index : nodes) {
      add(index);
      if (!graph_.node(index).children.empty()) draw(index);
    }
    for (const std::uint32_t index : nodes) {
      for (const std::uint32_t boundary : graph_.node(index).boundary) add(boundary);
    }
  }

  void draw_flow(const GraphFlow& flow) {
    const Box& from = boxes_[flow.source];
    const Box& to = boxes_[flow.target];
    Edge& edge = diagram_.edges.emplace_back();
    edge.element = flow.flow->id;
    const bool from_boundary = graph_.node(flow.source).host != kNothing;
    const Point start = from_boundary ? Point{from.centre().x, from.y + from.height}
                                      : Point{from.x + from.width, from.centre().y};
    const Point end{to.x, to.centre().y};
    edge.waypoints.push_back(start);
    if (end.x <= start.x + 1) {
      // Back: below everything that lies between.
      const double below = std::max(from.y + from.height, to.y + to.height) + 24;
      edge.waypoints.push_back({start.x + 16, start.y});
      edge.waypoints.push_back({start.x + 16, below});
      edge.waypoints.push_back({to.centre().x, below});
      edge.waypoints.push_back({to.centre().x, to.y + to.height});
      return;
    }
    if (from_boundary) {
      edge.waypoints.push_back({start.x, end.y});
    } else if (start.y != end.y) {
      edge.waypoints.push_back({end.x - kGap / 2, start.y});
      edge.waypoints.push_back({end.x - kGap / 2, end.y});
    }
    edge.waypoints.push_back(end);
  }

  const AnalysisGraph& graph_;
  std::vector<Box> boxes_;
  Diagram diagram_;
};

}  // namespace

Diagram lay_out(const ProcessModel& process) {
  const AnalysisGraph graph(process);
  return Layout(graph).make();
}

}  // namespace bpmn
