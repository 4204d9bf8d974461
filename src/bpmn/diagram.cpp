#include "bpmn/diagram.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "bpmn/xml_source.h"
#include "bpmn/xml_value.h"

namespace bpmn {
namespace {

constexpr double kCoordinateMax = 1'000'000;
constexpr std::size_t kDrawnMax = 20'000;
constexpr std::size_t kWaypointsMax = 1'000;

std::string_view local_name(const char* name) {
  const std::string_view text{name};
  return text.substr(text.rfind(':') + 1);
}

std::optional<double> number(const pugi::xml_node& node, const char* name) {
  const pugi::xml_attribute attribute = node.attribute(name);
  if (!attribute) return std::nullopt;
  const double value = attribute.as_double(std::nan(""));
  if (!std::isfinite(value) || std::abs(value) > kCoordinateMax) return std::nullopt;
  return value;
}

std::optional<Box> read_box(const pugi::xml_node& bounds) {
  const auto x = number(bounds, "x");
  const auto y = number(bounds, "y");
  const auto width = number(bounds, "width");
  const auto height = number(bounds, "height");
  if (!x || !y || !width || !height || *width < 0 || *height < 0) return std::nullopt;
  return Box{*x, *y, *width, *height};
}

class DiagramReader {
 public:
  explicit DiagramReader(const pugi::xml_document& document) : document_(document) {
    index_elements();
  }

  std::vector<Diagram> read() {
    std::vector<Diagram> diagrams;
    for (const pugi::xml_node& child : document_.document_element().children()) {
      if (local_name(child.name()) != "BPMNDiagram" || diagrams.size() >= 100) continue;
      diagrams.push_back(read_diagram(child));
    }
    return diagrams;
  }

 private:
  struct Known {
    std::string_view local;
    pugi::xml_node node;
  };

  // Everything of the file with an id, for what the model does not keep.
  void index_elements() {
    pugi::xml_node at = document_.document_element();
    const pugi::xml_node root = at;
    while (at) {
      const std::string id = attribute(at, "id");
      if (at.type() == pugi::node_element && !id.empty() && elements_.size() < 100'000) {
        elements_.emplace(id, Known{local_name(at.name()), at});
      }
      if (at.first_child()) {
        at = at.first_child();
        continue;
      }
      while (at && at != root && !at.next_sibling()) at = at.parent();
      if (!at || at == root) return;
      at = at.next_sibling();
    }
  }

  Diagram read_diagram(const pugi::xml_node& element) {
    Diagram diagram;
    diagram.id = attribute(element, "id");
    diagram.name = attribute(element, "name");
    for (const pugi::xml_node& plane : element.children()) {
      if (local_name(plane.name()) != "BPMNPlane") continue;
      for (const pugi::xml_node& drawn : plane.children()) {
        if (diagram.shapes.size() + diagram.edges.size() >= kDrawnMax) break;
        const std::string_view local = local_name(drawn.name());
        if (local == "BPMNShape") read_shape(drawn, diagram);
        if (local == "BPMNEdge") read_edge(drawn, diagram);
      }
    }
    // Outer things first, so that what lies inside is drawn over them.
    std::ranges::stable_sort(diagram.shapes, {}, [](const Shape& shape) {
      switch (shape.kind) {
        case ShapeKind::participant:
          return 0;
        case ShapeKind::lane:
          return 1;
        default:
          return 2;
      }
    });
    return diagram;
  }

  static std::optional<Box> read_label(const pugi::xml_node& drawn) {
    for (const pugi::xml_node& child : drawn.children()) {
      if (local_name(child.name()) != "BPMNLabel") continue;
      for (const pugi::xml_node& bounds : child.children()) {
        if (local_name(bounds.name()) == "Bounds") return read_box(bounds);
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] const Known* find(const std::string& id) const {
    const auto found = elements_.find(id);
    return found == elements_.end() ? nullptr : &found->second;
  }

  static std::string text_inside(const pugi::xml_node& element) {
    for (const pugi::xml_node& child : element.children()) {
      if (local_name(child.name()) == "text") return text_of(child);
    }
    return {};
  }

  void name_shape(Shape& shape) const {
    const Known* known = find(shape.element);
    if (known == nullptr) return;
    shape.name = attribute(known->node, "name");
    const std::string_view local = known->local;
    if (local == "participant") {
      shape.kind = ShapeKind::participant;
    } else if (local == "lane") {
      shape.kind = ShapeKind::lane;
    } else if (local == "dataObjectReference" || local == "dataObject" || local == "dataInput" ||
               local == "dataOutput") {
      shape.kind = ShapeKind::data_object;
      const Known* object = find(reference(attribute(known->node, "dataObjectRef")));
      shape.collection = flag(known->node, "isCollection", false) ||
                         (object != nullptr && flag(object->node, "isCollection", false));
      if (shape.name.empty() && object != nullptr) shape.name = attribute(object->node, "name");
    } else if (local == "dataStoreReference" || local == "dataStore") {
      shape.kind = ShapeKind::data_store;
      const Known* store = find(reference(attribute(known->node, "dataStoreRef")));
      if (shape.name.empty() && store != nullptr) shape.name = attribute(store->node, "name");
    } else if (local == "textAnnotation") {
      shape.kind = ShapeKind::annotation;
      shape.name = text_inside(known->node);
    } else if (local == "group") {
      shape.kind = ShapeKind::group;
      const Known* value = find(reference(attribute(known->node, "categoryValueRef")));
      if (value != nullptr) shape.name = attribute(value->node, "value");
    } else if (local.starts_with("choreography") || local.ends_with("Choreography") ||
               local.ends_with("Conversation") || local == "conversation") {
      shape.kind = ShapeKind::choreography;
    }
  }

  void read_shape(const pugi::xml_node& drawn, Diagram& diagram) const {
    Shape shape;
    shape.element = reference(attribute(drawn, "bpmnElement"));
    std::optional<Box> bounds;
    for (const pugi::xml_node& child : drawn.children()) {
      if (local_name(child.name()) == "Bounds") bounds = read_box(child);
    }
    if (!bounds) return;
    shape.bounds = *bounds;
    // Where the file does not say, a sub-process large enough for content is open.
    shape.expanded = flag(drawn, "isExpanded", bounds->width > 160 && bounds->height > 110);
    shape.horizontal = flag(drawn, "isHorizontal", bounds->width >= bounds->height);
    shape.marker = flag(drawn, "isMarkerVisible", false);
    shape.label = read_label(drawn);
    name_shape(shape);
    diagram.shapes.push_back(std::move(shape));
  }

  void read_edge(const pugi::xml_node& drawn, Diagram& diagram) const {
    Edge edge;
    edge.element = reference(attribute(drawn, "bpmnElement"));
    for (const pugi::xml_node& child : drawn.children()) {
      if (local_name(child.name()) != "waypoint" || edge.waypoints.size() >= kWaypointsMax)
        continue;
      const auto x = number(child, "x");
      const auto y = number(child, "y");
      if (x && y) edge.waypoints.push_back({*x, *y});
    }
    if (edge.waypoints.size() < 2) return;
    edge.label = read_label(drawn);
    if (const Known* known = find(edge.element)) {
      edge.name = attribute(known->node, "name");
      if (known->local == "messageFlow" || known->local == "conversationLink") {
        edge.kind = EdgeKind::message;
      } else if (known->local == "association") {
        edge.kind = EdgeKind::association;
      } else if (known->local.starts_with("data")) {
        edge.kind = EdgeKind::data_association;
      }
    }
    diagram.edges.push_back(std::move(edge));
  }

  const pugi::xml_document& document_;
  std::unordered_map<std::string, Known> elements_;
};

}  // namespace

base::Result<std::vector<Diagram>, ReadError> read_diagrams(std::string_view xml) {
  XmlSource source;
  if (std::optional<ReadError> error = source.load(xml, ReadLimits{}.bytes))
    return base::Failure{std::move(*error)};
  return DiagramReader(source.document()).read();
}

}  // namespace bpmn
