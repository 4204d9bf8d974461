#include "catalogue/process_drawing.h"

#include <algorithm>
#include <map>

#include "base/ensure.h"

namespace catalogue {
namespace {

constexpr int kLeft = 190;  // of the lanes
constexpr int kTop = 80;
constexpr int kLaneHeight = 150;
constexpr int kColumnWidth = 170;
constexpr int kTaskWidth = 130;
constexpr int kTaskHeight = 80;
constexpr int kEventSize = 36;
constexpr int kGatewaySize = 50;
constexpr int kBend = 20;  // how far before a node a flow bends towards it

struct Place {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  [[nodiscard]] int middle_x() const { return x + width / 2; }
  [[nodiscard]] int middle_y() const { return y + height / 2; }
};

struct Bend {
  int x = 0;
  int y = 0;
};

class Writer {
 public:
  explicit Writer(const Drawing& drawing) : drawing_(drawing) {
    for (const DrawnNode& node : drawing.nodes) {
      nodes_[node.id] = &node;
      places_[node.id] = place(node);
      columns_ = std::max(columns_, node.column + 1);
    }
    flows_ = drawing.flows;
    flows_.insert(flows_.end(), drawing.branches.begin(), drawing.branches.end());
  }

  std::string write() {
    text_ =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<bpmn:definitions xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\""
        " xmlns:bpmndi=\"http://www.omg.org/spec/BPMN/20100524/DI\""
        " xmlns:dc=\"http://www.omg.org/spec/DD/20100524/DC\""
        " xmlns:di=\"http://www.omg.org/spec/DD/20100524/DI\""
        " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
        " xmlns:mc=\"https://motcua.vn/ns/bpmn\" id=\"definitions\""
        " targetNamespace=\"https://motcua.vn/procedures\""
        " expressionLanguage=\"https://www.omg.org/spec/DMN/20191111/FEEL/\">\n";
    const std::string name = xml_escaped(drawing_.name);
    line(1, "<bpmn:collaboration id=\"collaboration\">");
    line(2, "<bpmn:participant id=\"participant\" name=\"" + name + "\" processRef=\"process\" />");
    line(1, "</bpmn:collaboration>");
    line(1, "<bpmn:process id=\"process\" name=\"" + name + "\" isExecutable=\"true\">");
    write_lanes();
    for (const DrawnNode& node : drawing_.nodes) write_node(node);
    for (const DrawnFlow& flow : flows_) write_flow(flow);
    line(1, "</bpmn:process>");
    write_diagram();
    text_ += "</bpmn:definitions>\n";
    return std::move(text_);
  }

 private:
  static Place place(const DrawnNode& node) {
    const int width = node.kind == DrawnKind::task      ? kTaskWidth
                      : node.kind == DrawnKind::gateway ? kGatewaySize
                                                        : kEventSize;
    const int height = node.kind == DrawnKind::task ? kTaskHeight : width;
    const int x = kLeft + 80 + static_cast<int>(node.column) * kColumnWidth;
    const int y = kTop + static_cast<int>(node.lane) * kLaneHeight + kLaneHeight / 2;
    return {x - width / 2, y - height / 2, width, height};
  }

  void line(int depth, const std::string& text) {
    text_.append(static_cast<std::size_t>(depth) * 2, ' ');
    text_ += text;
    text_ += '\n';
  }

  static std::string id_of(const DrawnFlow& flow) { return flow.from + "_to_" + flow.to; }

  void write_lanes() {
    line(2, "<bpmn:laneSet id=\"lanes\">");
    for (std::size_t i = 0; i < drawing_.lanes.size(); ++i) {
      const DrawnLane& lane = drawing_.lanes[i];
      line(3, "<bpmn:lane id=\"" + lane.id + "\" name=\"" + xml_escaped(lane.name) + "\">");
      for (const DrawnNode& node : drawing_.nodes) {
        if (node.lane == i) line(4, "<bpmn:flowNodeRef>" + node.id + "</bpmn:flowNodeRef>");
      }
      line(3, "</bpmn:lane>");
    }
    line(2, "</bpmn:laneSet>");
  }

  void write_node(const DrawnNode& node) {
    const std::string tag = node.kind == DrawnKind::start     ? "bpmn:startEvent"
                            : node.kind == DrawnKind::end     ? "bpmn:endEvent"
                            : node.kind == DrawnKind::gateway ? "bpmn:exclusiveGateway"
                                                              : "bpmn:userTask";
    std::string open =
        "<" + tag + " id=\"" + node.id + "\" name=\"" + xml_escaped(node.name) + "\"";
    for (const auto& [name, value] : node.attributes) {
      open += "\n      mc:" + name + "=\"" + xml_escaped(value) + "\"";
    }
    line(2, open + ">");
    if (!node.properties.empty()) {
      line(3, "<bpmn:extensionElements>");
      for (const auto& [name, value] : node.properties) {
        line(4, "<mc:property name=\"" + name + "\" value=\"" + xml_escaped(value) + "\" />");
      }
      line(3, "</bpmn:extensionElements>");
    }
    for (const DrawnFlow& flow : flows_) {
      if (flow.to == node.id) line(3, "<bpmn:incoming>" + id_of(flow) + "</bpmn:incoming>");
    }
    for (const DrawnFlow& flow : flows_) {
      if (flow.from == node.id) line(3, "<bpmn:outgoing>" + id_of(flow) + "</bpmn:outgoing>");
    }
    line(2, "</" + tag + ">");
  }

  void write_flow(const DrawnFlow& flow) {
    std::string open = "<bpmn:sequenceFlow id=\"" + id_of(flow) + "\"";
    if (!flow.name.empty()) open += " name=\"" + xml_escaped(flow.name) + "\"";
    open += " sourceRef=\"" + flow.from + "\" targetRef=\"" + flow.to + "\"";
    if (flow.condition.empty()) {
      line(2, open + " />");
      return;
    }
    line(2, open + ">");
    line(3, "<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">" +
                xml_escaped(flow.condition) + "</bpmn:conditionExpression>");
    line(2, "</bpmn:sequenceFlow>");
  }

  void write_bounds(const Place& place) {
    line(4, "<dc:Bounds x=\"" + std::to_string(place.x) + "\" y=\"" + std::to_string(place.y) +
                "\" width=\"" + std::to_string(place.width) + "\" height=\"" +
                std::to_string(place.height) + "\" />");
  }

  void write_shape(const std::string& id, const char* more, const Place& place) {
    line(3, "<bpmndi:BPMNShape id=\"" + id + "_di\" bpmnElement=\"" + id + "\"" + more + ">");
    write_bounds(place);
    line(3, "</bpmndi:BPMNShape>");
  }

  // Straight where nothing is between, in right angles elsewhere: forwards the bend is just before
  // the target, backwards the way is below the source's lane.
  [[nodiscard]] std::vector<Bend> way(const DrawnFlow& flow) {
    const Place& from = places_.at(flow.from);
    const Place& to = places_.at(flow.to);
    const DrawnNode& source = *nodes_.at(flow.from);
    const DrawnNode& target = *nodes_.at(flow.to);
    if (target.column < source.column) {
      const int y = kTop + static_cast<int>(source.lane + 1) * kLaneHeight - 12;
      return {{from.middle_x(), from.y + from.height},
              {from.middle_x(), y},
              {to.middle_x(), y},
              {to.middle_x(), to.y + to.height}};
    }
    if (source.lane == target.lane && target.column > source.column + 1) {
      const int y = kTop + static_cast<int>(source.lane) * kLaneHeight + 14;
      return {{from.middle_x(), from.y},
              {from.middle_x(), y},
              {to.middle_x(), y},
              {to.middle_x(), to.y}};
    }
    if (source.lane == target.lane) {
      return {{from.x + from.width, from.middle_y()}, {to.x, to.middle_y()}};
    }
    const int bend = to.x - kBend;
    return {{from.x + from.width, from.middle_y()},
            {bend, from.middle_y()},
            {bend, to.middle_y()},
            {to.x, to.middle_y()}};
  }

  void write_diagram() {
    const int width = 160 + static_cast<int>(columns_) * kColumnWidth;
    const int height = static_cast<int>(drawing_.lanes.size()) * kLaneHeight;
    line(1, "<bpmndi:BPMNDiagram id=\"diagram\">");
    line(2, "<bpmndi:BPMNPlane id=\"plane\" bpmnElement=\"collaboration\">");
    write_shape("participant", " isHorizontal=\"true\"", {kLeft - 30, kTop, width + 30, height});
    for (std::size_t i = 0; i < drawing_.lanes.size(); ++i) {
      write_shape(drawing_.lanes[i].id, " isHorizontal=\"true\"",
                  {kLeft, kTop + static_cast<int>(i) * kLaneHeight, width, kLaneHeight});
    }
    for (const DrawnNode& node : drawing_.nodes) {
      write_shape(node.id, node.kind == DrawnKind::gateway ? " isMarkerVisible=\"true\"" : "",
                  places_.at(node.id));
    }
    for (const DrawnFlow& flow : flows_) {
      const std::string id = id_of(flow);
      line(3, "<bpmndi:BPMNEdge id=\"" + id + "_di\" bpmnElement=\"" + id + "\">");
      for (const Bend& bend : way(flow)) {
        line(4, "<di:waypoint x=\"" + std::to_string(bend.x) + "\" y=\"" + std::to_string(bend.y) +
                    "\" />");
      }
      line(3, "</bpmndi:BPMNEdge>");
    }
    line(2, "</bpmndi:BPMNPlane>");
    line(1, "</bpmndi:BPMNDiagram>");
  }

  const Drawing& drawing_;
  std::vector<DrawnFlow> flows_;
  std::map<std::string, const DrawnNode*> nodes_;
  std::map<std::string, Place> places_;
  std::size_t columns_ = 0;
  std::string text_;
};

}  // namespace

std::string to_bpmn(const Drawing& drawing) {
  return Writer(drawing).write();
}

std::string xml_escaped(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size() + 16);
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&apos;";
        break;
      case '\n':
        escaped += "&#10;";
        break;
      case '\t':
        escaped += ' ';
        break;
      default:
        // Control characters, and U+FFFE and U+FFFF, are no XML.
        if (c >= 0 && c < ' ') break;
        if (c == '\xEF' && i + 2 < text.size() && text[i + 1] == '\xBF' &&
            (text[i + 2] == '\xBE' || text[i + 2] == '\xBF')) {
          i += 2;
          break;
        }
        escaped.push_back(c);
    }
  }
  return escaped;
}

}  // namespace catalogue
