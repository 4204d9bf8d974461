#include "procedure/process_drawing.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>

#include "bpmn/diagram.h"
#include "bpmn/xml_edits.h"
#include "bpmn/xml_source.h"

namespace procedure {
namespace {

using bpmn::Box;
using bpmn::Point;
using pugi::xml_node;

constexpr double kSpace = 40;  // between neighbours
constexpr Box kTask{0, 0, 130, 80};
constexpr Box kGateway{0, 0, 50, 50};

std::string_view local_name(const xml_node& node) {
  return bpmn::split_name(node.name()).second;
}

xml_node child_of(const xml_node& node, std::string_view name) {
  for (const xml_node& child : node.children()) {
    if (local_name(child) == name) return child;
  }
  return {};
}

std::string number(double value) {
  std::array<char, 32> text{};
  const auto written = std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), written.ptr};
}

struct DrawnBox {
  xml_node bounds;
  std::string element;  // empty: a label
  Box box;
  bool changed = false;
};

struct DrawnEdge {
  xml_node edge;
  std::string element;
  std::vector<xml_node> waypoints;
  std::vector<Point> points;
  bool changed = false;
};

class Drawing {
 public:
  explicit Drawing(const xml_node& plane) : plane_(plane) {
    for (const xml_node& part : plane.children()) {
      const std::string_view kind = local_name(part);
      if (kind == "BPMNShape") read_shape(part);
      if (kind == "BPMNEdge") read_edge(part);
      if (const xml_node label = child_of(part, "BPMNLabel")) read_bounds(label, "");
    }
  }

  [[nodiscard]] const Box* find(std::string_view element) const {
    const auto found = std::ranges::find(boxes_, element, &DrawnBox::element);
    return element.empty() || found == boxes_.end() ? nullptr : &found->box;
  }

  // A place to the right of `beside`, in its row.
  void make_room(const std::string& element, const std::string& beside, Box box) {
    const Box* at = find(beside);
    if (at == nullptr) return;
    const double cut = at->x + at->width;
    const double centre = at->centre().y;
    const double gap = box.width + kSpace;
    for (DrawnBox& drawn : boxes_) {
      if (drawn.box.x >= cut) {
        drawn.box.x += gap;
        drawn.changed = true;
      } else if (drawn.box.x + drawn.box.width > cut) {
        drawn.box.width += gap;
        drawn.changed = true;
      }
    }
    for (DrawnEdge& edge : edges_) {
      for (Point& point : edge.points) {
        if (point.x <= cut) continue;
        point.x += gap;
        edge.changed = true;
      }
    }
    box.x = cut + kSpace;
    box.y = centre - box.height / 2;
    boxes_.push_back({{}, element, box, true});
  }

  void draw(const bpmn::Flow& flow) {
    const Box* from = find(flow.source);
    const Box* to = find(flow.target);
    if (from == nullptr || to == nullptr) return;
    const auto known = std::ranges::find(edges_, flow.id, &DrawnEdge::element);
    DrawnEdge& edge =
        known != edges_.end() ? *known : edges_.emplace_back(DrawnEdge{{}, flow.id, {}, {}});
    edge.points = route(*from, *to);
    edge.changed = true;
    if (edge.edge) replaced_.push_back(std::exchange(edge.edge, {}));
  }

  std::string written(const bpmn::XmlSource& source) {
    bpmn::XmlEdits edits(source);
    const xml_node a_shape = child_of(plane_, "BPMNShape");
    const xml_node an_edge = child_of(plane_, "BPMNEdge");
    for (const xml_node& edge : replaced_) edits.remove(edge);
    pugi::xml_document made;
    for (const DrawnBox& drawn : boxes_) {
      if (!drawn.changed) continue;
      if (drawn.bounds) {
        edits.set_attribute(drawn.bounds, "x", number(drawn.box.x));
        edits.set_attribute(drawn.bounds, "width", number(drawn.box.width));
        continue;
      }
      xml_node shape = made.append_child(a_shape.name());
      shape.append_attribute("id") = (drawn.element + "_di").c_str();
      shape.append_attribute("bpmnElement") = drawn.element.c_str();
      if (drawn.box.width == kGateway.width) shape.append_attribute("isMarkerVisible") = "true";
      xml_node bounds = shape.append_child(child_of(a_shape, "Bounds").name());
      bounds.append_attribute("x") = number(drawn.box.x).c_str();
      bounds.append_attribute("y") = number(drawn.box.y).c_str();
      bounds.append_attribute("width") = number(drawn.box.width).c_str();
      bounds.append_attribute("height") = number(drawn.box.height).c_str();
      edits.insert(plane_, a_shape, shape);
    }
    if (!an_edge) return edits.apply();
    const xml_node a_point = child_of(an_edge, "waypoint");
    for (const DrawnEdge& drawn : edges_) {
      if (!drawn.changed) continue;
      if (drawn.edge) {
        for (std::size_t i = 0; i < drawn.waypoints.size(); ++i) {
          edits.set_attribute(drawn.waypoints[i], "x", number(drawn.points[i].x));
        }
        continue;
      }
      xml_node edge = made.append_child(an_edge.name());
      edge.append_attribute("id") = (drawn.element + "_di").c_str();
      edge.append_attribute("bpmnElement") = drawn.element.c_str();
      for (const Point& point : drawn.points) {
        xml_node waypoint = edge.append_child(a_point ? a_point.name() : "di:waypoint");
        waypoint.append_attribute("x") = number(point.x).c_str();
        waypoint.append_attribute("y") = number(point.y).c_str();
      }
      edits.insert(plane_, plane_.last_child(), edge);
    }
    return edits.apply();
  }

 private:
  void read_bounds(const xml_node& of, std::string element) {
    const xml_node bounds = child_of(of, "Bounds");
    if (!bounds) return;
    const auto value = [&](const char* name) { return bounds.attribute(name).as_double(); };
    boxes_.push_back(
        {bounds, std::move(element), {value("x"), value("y"), value("width"), value("height")}});
  }

  void read_shape(const xml_node& shape) {
    read_bounds(shape, shape.attribute("bpmnElement").value());
  }

  void read_edge(const xml_node& edge) {
    DrawnEdge read{edge, edge.attribute("bpmnElement").value(), {}, {}};
    for (const xml_node& point : edge.children()) {
      if (local_name(point) != "waypoint") continue;
      read.waypoints.push_back(point);
      read.points.push_back({point.attribute("x").as_double(), point.attribute("y").as_double()});
    }
    edges_.push_back(std::move(read));
  }

  static std::vector<Point> route(const Box& from, const Box& to) {
    const Point begin{from.x + from.width, from.centre().y};
    const Point end{to.x, to.centre().y};
    if (end.x <= begin.x) {  // back: below both
      const double below = std::max(from.y + from.height, to.y + to.height) + kSpace / 2;
      return {{from.centre().x, from.y + from.height},
              {from.centre().x, below},
              {to.centre().x, below},
              {to.centre().x, to.y + to.height}};
    }
    if (begin.y == end.y) return {begin, end};
    const double turn = end.x - kSpace / 2;
    return {begin, {turn, begin.y}, {turn, end.y}, end};
  }

  xml_node plane_;
  std::vector<DrawnBox> boxes_;
  std::vector<DrawnEdge> edges_;
  std::vector<xml_node> replaced_;
};

// The plane that shows the process: the one with the shape or edge of one of its elements.
xml_node plane_of(const bpmn::XmlSource& source, const bpmn::ProcessModel& process) {
  for (const xml_node& root : source.document().children()) {
    for (const xml_node& diagram : root.children()) {
      if (local_name(diagram) != "BPMNDiagram") continue;
      const xml_node plane = child_of(diagram, "BPMNPlane");
      for (const xml_node& part : plane.children()) {
        const std::string_view shown = part.attribute("bpmnElement").value();
        if (std::ranges::find(process.nodes, shown, &bpmn::Node::id) != process.nodes.end()) {
          return plane;
        }
      }
    }
  }
  return {};
}

}  // namespace

std::string with_drawing(std::string_view xml, const bpmn::ProcessModel& process,
                         const std::vector<std::string>& added) {
  bpmn::XmlSource source;
  if (source.load(xml)) return std::string{xml};
  const xml_node plane = plane_of(source, process);
  if (!plane) return std::string{xml};
  Drawing drawing(plane);
  const auto is_added = [&](const std::string& id) {
    return std::ranges::find(added, id) != added.end();
  };
  for (const std::string& id : added) {
    const auto node = std::ranges::find(process.nodes, id, &bpmn::Node::id);
    const auto flow = std::ranges::find_if(process.flows, [&](const bpmn::Flow& one) {
      return one.target == id && drawing.find(one.source) != nullptr;
    });
    if (node == process.nodes.end() || flow == process.flows.end()) continue;
    drawing.make_room(id, flow->source, bpmn::is_gateway(node->kind) ? kGateway : kTask);
  }
  for (const bpmn::Flow& flow : process.flows) {
    if (is_added(flow.source) || is_added(flow.target)) drawing.draw(flow);
  }
  return drawing.written(source);
}

}  // namespace procedure
