#include "bpmn/diagram_svg.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <unordered_map>

#include "bpmn/diagram_svg_shapes.h"
#include "bpmn/diagram_svg_text.h"

namespace bpmn {
namespace {

// Colours are chosen for 4.5:1 on their ground, in light and in dark; severity also has a shape.
constexpr std::string_view kStyle = R"(<style>
svg{--ground:#fff;--fill:#fff;--band:#f3f4f6;--line:#1f2937;--soft:#6b7280;--text:#111827;
--error:#b3261e;--warning:#8a5300;--note:#1d4ed8;--route:#c2410c;background:var(--ground);
font-family:system-ui,"Noto Sans","Segoe UI",Roboto,Arial,sans-serif}
@media (prefers-color-scheme:dark){svg{--ground:#15171c;--fill:#1f232b;--band:#1a1d24;--line:#d1d5db;
--soft:#9ca3af;--text:#f3f4f6;--error:#ff8a80;--warning:#fbbf24;--note:#93b4ff;--route:#fb923c}}
.ground{fill:var(--ground)}
.shape{fill:var(--fill);stroke:var(--line);stroke-width:1.6}
.thin{stroke-width:1.2}.thick{stroke-width:3.4}.dashed{stroke-dasharray:5 3}
.dotted{stroke-dasharray:2 3}.open{fill:none}
.ring{fill:none;stroke:var(--line);stroke-width:1.2}
.pool{fill:var(--ground);stroke:var(--line);stroke-width:1.4}
.lane{fill:var(--band);fill-opacity:.5;stroke:var(--soft);stroke-width:1}
.group{fill:none;stroke:var(--soft);stroke-width:1.4;stroke-dasharray:9 4 2 4}
.icon{fill:none;stroke:var(--line);stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round}
.icon.full{fill:var(--line);stroke:var(--fill);stroke-width:.6}.icon.bold{stroke-width:2.6}
.flow{fill:none;stroke:var(--line);stroke-width:1.4;stroke-linejoin:round}
.message{stroke-dasharray:8 4}.link{stroke:var(--soft);stroke-dasharray:1.5 4;stroke-linecap:round}
.head{fill:var(--line);stroke:none}.head.hollow{fill:var(--ground);stroke:var(--line);stroke-width:1.2}
.route{fill:none;stroke:var(--route);stroke-width:7;stroke-opacity:.5;stroke-linejoin:round;stroke-linecap:round}
.name{fill:var(--text);text-anchor:middle}.left{text-anchor:start}
.halo{paint-order:stroke;stroke:var(--ground);stroke-width:3;stroke-linejoin:round}
.marked.error .shape{stroke:var(--error)}.marked.warning .shape{stroke:var(--warning)}
.badge.error{fill:var(--error)}.badge.warning{fill:var(--warning)}.badge.note{fill:var(--note)}
.badge{stroke:var(--ground);stroke-width:1.5}
.number{fill:var(--ground);text-anchor:middle;font-weight:700}
.strong{font-weight:700}
</style>
)";

std::string_view severity_class(Severity severity) {
  return to_string(severity);
}

class SvgPicture {
 public:
  SvgPicture(const Model& model, const Diagram& diagram, std::span<const AnalysisFinding> findings,
             const SvgOptions& options)
      : diagram_(diagram), findings_(findings), options_(options) {
    for (const ProcessModel& process : model.processes) {
      for (const Node& node : process.nodes) nodes_.emplace(node.id, &node);
      for (const Flow& flow : process.flows) {
        flows_.emplace(flow.id, &flow);
        if (flow.condition) conditional_.insert(flow.id);
      }
      for (const Node& node : process.nodes) {
        if (!node.default_flow.empty()) defaults_.insert(node.default_flow);
      }
      if (title_.empty()) title_ = process.name.empty() ? process.id : process.name;
    }
    if (!options.title.empty()) title_ = options.title;
    if (!diagram.name.empty() && options.title.empty() && diagram.laid_out) title_ = diagram.name;
    for (std::size_t i = 0; i < findings.size(); ++i) marks_[findings[i].element].push_back(i);
    find_route();
  }

  std::string draw() {
    find_frame();
    std::string body;
    for (const Edge& edge : diagram_.edges) body += route_of(edge);
    std::string bands;
    std::string shapes;
    std::string names;
    for (const Shape& shape : in_drawing_order()) {
      const bool band = shape.kind == ShapeKind::participant || shape.kind == ShapeKind::lane;
      (band ? bands : shapes) += drawn(shape);
      const auto node = nodes_.find(shape.element);
      if (node != nodes_.end() && !is_activity(node->second->kind)) {
        names += svg_outer_label(node->second->name, shape);
      }
    }
    std::string edges;
    for (const Edge& edge : diagram_.edges) edges += drawn(edge);
    // Open sub-processes lie below the flows inside them, so that shapes come before edges.
    body = bands + body + shapes + edges + names + badges();
    std::string legend = options_.legend ? this->legend() : std::string{};
    const double width = right_ - left_;
    const double height = bottom_ - top_;
    const std::string size = svg_number(width) + "\" height=\"" + svg_number(height);
    std::string out = "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"" +
                      svg_number(left_) + " " + svg_number(top_) + " " + svg_number(width) + " " +
                      svg_number(height) + "\" width=\"" + size + "\" lang=\"" +
                      (vietnamese() ? "vi" : "en") + "\">\n<title>" + svg_escaped(title_) +
                      "</title>\n<desc>" + svg_escaped(description()) + "</desc>\n";
    out += kStyle;
    out += "<rect class=\"ground\" x=\"" + svg_number(left_) + "\" y=\"" + svg_number(top_) +
           "\" width=\"" + size + "\"/>\n";
    return out + body + legend + "</svg>\n";
  }

 private:
  [[nodiscard]] bool vietnamese() const { return options_.language == TextLanguage::vietnamese; }

  [[nodiscard]] std::string description() const {
    const std::string number = std::to_string(findings_.size());
    return vietnamese() ? "Sơ đồ quy trình, " + number + " vấn đề được đánh dấu."
                        : "Process diagram with " + number + " findings marked.";
  }

  [[nodiscard]] const std::string& sentence(const AnalysisFinding& finding) const {
    return vietnamese() ? finding.vietnamese : finding.message;
  }

  // The gravest finding that has one and whose way lies on this drawing.
  void find_route() {
    std::set<std::string_view> drawn;
    for (const Shape& shape : diagram_.shapes) drawn.insert(shape.element);
    const AnalysisFinding* chosen = nullptr;
    for (const AnalysisFinding& finding : findings_) {
      if (finding.route.empty() || !drawn.contains(finding.route.back().node)) continue;
      if (chosen == nullptr || finding.severity > chosen->severity) chosen = &finding;
    }
    if (chosen == nullptr) return;
    routed_ = static_cast<std::size_t>(chosen - findings_.data());
    for (const RouteStep& step : chosen->route) {
      route_.insert(step.node);
      route_.insert(step.flows.begin(), step.flows.end());
    }
  }

  void include(double x, double y) {
    left_ = std::min(left_, x);
    top_ = std::min(top_, y);
    right_ = std::max(right_, x);
    bottom_ = std::max(bottom_, y);
  }

  void find_frame() {
    if (diagram_.shapes.empty() && diagram_.edges.empty()) {
      left_ = top_ = 0;
      right_ = 400;
      bottom_ = 40;
    }
    for (const Shape& shape : diagram_.shapes) {
      const Box& box = shape.bounds;
      include(box.x, box.y);
      include(box.x + box.width, box.y + box.height);
      const auto node = nodes_.find(shape.element);
      const bool labelled =
          node != nodes_.end() && !is_activity(node->second->kind) && !node->second->name.empty();
      if (labelled && !shape.label) {
        include(box.centre().x - 55, box.y);
        include(box.centre().x + 55, box.y + box.height + 50);
      }
      if (shape.label) {
        include(shape.label->x, shape.label->y);
        include(shape.label->x + shape.label->width, shape.label->y + shape.label->height + 14);
      }
    }
    for (const Edge& edge : diagram_.edges) {
      for (const Point& point : edge.waypoints) include(point.x, point.y);
    }
    constexpr double kFrame = 24;
    left_ -= kFrame;
    top_ -= kFrame;
    right_ += kFrame;
    bottom_ += kFrame;
  }

  // The opening of a group with id, title and, where it is marked, what was found.
  [[nodiscard]] std::string opening(const std::string& element, const std::string& name,
                                    std::string_view kind) const {
    const auto found = marks_.find(element);
    std::string classes;
    std::string told;
    if (found != marks_.end() && !element.empty()) {
      Severity worst = Severity::note;
      for (const std::size_t i : found->second) {
        worst = std::max(worst, findings_[i].severity);
        told += (told.empty() ? "" : " ") + std::to_string(i + 1) + ". " + sentence(findings_[i]);
      }
      classes = " class=\"marked " + std::string{severity_class(worst)} + "\"";
    }
    std::string out = "<g data-element=\"" + svg_escaped(element) + "\"" + classes + "><title>" +
                      svg_escaped(name.empty() ? std::string{kind} + " " + element : name) +
                      "</title>";
    if (!told.empty()) out += "<desc>" + svg_escaped(told) + "</desc>";
    return out;
  }

  // What holds others comes before them, the larger the earlier.
  [[nodiscard]] std::vector<Shape> in_drawing_order() const {
    std::vector<Shape> shapes = diagram_.shapes;
    std::ranges::stable_sort(shapes, std::greater<>{}, [&](const Shape& shape) {
      const auto node = nodes_.find(shape.element);
      const bool holds = shape.kind == ShapeKind::participant || shape.kind == ShapeKind::lane ||
                         (node != nodes_.end() && is_open(*node->second, shape));
      return holds ? shape.bounds.width * shape.bounds.height : 0.0;
    });
    return shapes;
  }

  [[nodiscard]] std::string drawn(const Shape& shape) const {
    const auto node = nodes_.find(shape.element);
    if (node == nodes_.end()) {
      return opening(shape.element, shape.name, "") + svg_other(shape) + "</g>\n";
    }
    std::string out = opening(shape.element, node->second->name, to_string(node->second->kind));
    if (route_.contains(shape.element)) out += outline(shape.bounds);
    return out + svg_node(*node->second, shape) + "</g>\n";
  }

  static std::string outline(const Box& box) {
    return "<rect class=\"route\" x=\"" + svg_number(box.x - 3) + "\" y=\"" +
           svg_number(box.y - 3) + "\" width=\"" + svg_number(box.width + 6) + "\" height=\"" +
           svg_number(box.height + 6) + "\" rx=\"10\"/>";
  }

  static std::string points_of(const Edge& edge) {
    std::string out;
    for (const Point& point : edge.waypoints) {
      out += (out.empty() ? "" : " ") + svg_number(point.x) + "," + svg_number(point.y);
    }
    return out;
  }

  [[nodiscard]] std::string route_of(const Edge& edge) const {
    if (!route_.contains(edge.element)) return {};
    return "<polyline class=\"route\" points=\"" + points_of(edge) + "\"/>\n";
  }

  [[nodiscard]] std::string drawn(const Edge& edge) const {
    const auto flow = flows_.find(edge.element);
    const std::string& name = flow == flows_.end() ? edge.name : flow->second->name;
    std::string classes = "flow";
    if (edge.kind == EdgeKind::message) classes += " message";
    if (edge.kind == EdgeKind::association || edge.kind == EdgeKind::data_association) {
      classes += " link";
    }
    std::string out = opening(edge.element, name, "flow") + "<polyline class=\"" + classes +
                      "\" points=\"" + points_of(edge) + "\"/>" + ends_of(edge, flow);
    if (!name.empty()) out += label_of(edge, name);
    return out + "</g>\n";
  }

  using FlowPlace = std::unordered_map<std::string_view, const Flow*>::const_iterator;

  // A small shape at `at`, turned into the direction from -> at.
  static std::string turned(Point from, Point at, std::string_view classes, std::string_view path) {
    const double x = at.x - from.x;
    const double y = at.y - from.y;
    const double length = std::max(0.001, std::sqrt(x * x + y * y));
    const auto part = [&](double value) {
      std::string text = std::to_string(value / length);
      text.resize(std::min<std::size_t>(text.size(), 6));
      return text;
    };
    return "<path class=\"" + std::string{classes} + "\" transform=\"matrix(" + part(x) + " " +
           part(y) + " " + part(-y) + " " + part(x) + " " + svg_number(at.x) + " " +
           svg_number(at.y) + ")\" d=\"" + std::string{path} + "\"/>";
  }

  [[nodiscard]] std::string ends_of(const Edge& edge, FlowPlace flow) const {
    const std::vector<Point>& way = edge.waypoints;
    const Point last = way.back();
    const Point before = way[way.size() - 2];
    switch (edge.kind) {
      case EdgeKind::message:
        return "<circle class=\"head hollow\" cx=\"" + svg_number(way[0].x) + "\" cy=\"" +
               svg_number(way[0].y) + "\" r=\"4\"/>" +
               turned(before, last, "head hollow", "M0 0L-9 -4.5V4.5Z");
      case EdgeKind::association:
        return {};
      case EdgeKind::data_association:
        return turned(before, last, "ring", "M-8 -4L0 0L-8 4");
      case EdgeKind::sequence:
        break;
    }
    std::string out = turned(before, last, "head", "M0 0L-10 -4.5V4.5Z");
    if (flow == flows_.end()) return out;
    // The mark of a default flow; the diamond of a condition stands behind activities only.
    const Point towards = way[1];
    if (defaults_.contains(flow->first)) {
      out += turned(towards, way[0], "ring", "M-11 -5L-5 5");
    } else if (conditional_.contains(flow->first)) {
      const auto source = nodes_.find(flow->second->source);
      if (source != nodes_.end() && is_activity(source->second->kind)) {
        out += turned(towards, way[0], "head hollow", "M0 0L-7 -4L-14 0L-7 4Z");
      }
    }
    return out;
  }

  static std::pair<Point, bool> middle_of(const Edge& edge) {
    // The middle of the longest piece, and whether that lies flat.
    Point best = edge.waypoints[0];
    double longest = -1;
    bool flat = true;
    for (std::size_t i = 1; i < edge.waypoints.size(); ++i) {
      const Point a = edge.waypoints[i - 1];
      const Point b = edge.waypoints[i];
      const double length = std::abs(a.x - b.x) + std::abs(a.y - b.y);
      if (length <= longest) continue;
      longest = length;
      best = {(a.x + b.x) / 2, (a.y + b.y) / 2};
      flat = std::abs(a.x - b.x) >= std::abs(a.y - b.y);
    }
    return {best, flat};
  }

  static std::string label_of(const Edge& edge, const std::string& name) {
    constexpr double kSize = 11;
    const double width = edge.label ? std::max(edge.label->width, 70.0) : 100;
    const auto lines = wrapped(name, width, kSize, 3);
    const double height = static_cast<double>(lines.size()) * kSize * 1.25;
    if (edge.label && edge.label->width > 0) {
      const Point at = edge.label->centre();
      return svg_text(lines, at.x, edge.label->y + std::max(height, edge.label->height) / 2, kSize,
                      "name halo");
    }
    // Above the first piece that is long enough, else over the middle.
    const auto [at, flat] = middle_of(edge);
    return svg_text(lines, at.x, flat ? at.y - 5 - height / 2 : at.y, kSize, "name halo");
  }

  // Error: octagon, warning: triangle, note: circle; each with the finding's number.
  static std::string badge(Severity severity, Point at, std::size_t number) {
    const std::string classes = "badge " + std::string{severity_class(severity)};
    std::string out =
        "<g transform=\"translate(" + svg_number(at.x) + " " + svg_number(at.y) + ")\">";
    if (severity == Severity::error) {
      out += "<path class=\"" + classes + "\" d=\"M-5 -12H5L12 -5V5L5 12H-5L-12 5V-5Z\"/>";
    } else if (severity == Severity::warning) {
      out += "<path class=\"" + classes + "\" d=\"M0 -15L15 11H-15Z\"/>";
    } else {
      out += "<circle class=\"" + classes + "\" r=\"11\"/>";
    }
    const double down = severity == Severity::warning ? 7.5 : 4;
    const std::string size = number < 100 ? "11" : "8";
    return out + "<text class=\"number\" y=\"" + svg_number(down) + "\" font-size=\"" + size +
           "\">" + std::to_string(number) + "</text></g>";
  }

  [[nodiscard]] std::string badges() const {
    std::string out;
    std::set<std::string_view> done;
    const auto put = [&](const std::string& element, Point at) {
      const auto found = marks_.find(element);
      if (element.empty() || found == marks_.end() || !done.insert(found->first).second) return;
      std::size_t shown = 0;
      for (const std::size_t i : found->second) {
        if (++shown > 6) break;
        out += badge(findings_[i].severity, at, i + 1) + "\n";
        at.x -= 26;
      }
    };
    for (const Shape& shape : diagram_.shapes) {
      const Box& box = shape.bounds;
      put(shape.element, {box.x + box.width - 2, box.y - 2});
    }
    for (const Edge& edge : diagram_.edges) put(edge.element, middle_of(edge).first);
    return out;
  }

  [[nodiscard]] bool is_drawn(const std::string& element) const {
    const auto same = [&](const auto& drawn) { return drawn.element == element; };
    return std::ranges::any_of(diagram_.shapes, same) || std::ranges::any_of(diagram_.edges, same);
  }

  [[nodiscard]] std::string severity_word(Severity severity) const {
    if (!vietnamese()) return std::string{to_string(severity)};
    switch (severity) {
      case Severity::error:
        return "lỗi";
      case Severity::warning:
        return "cảnh báo";
      case Severity::note:
        break;
    }
    return "lưu ý";
  }

  std::string legend() {
    if (findings_.empty()) return {};
    constexpr double kSize = 13;
    constexpr std::size_t kShownMax = 200;
    // As wide as a phone at least, and no wider than is read with ease.
    right_ = std::max(right_, left_ + 340);
    const double width = std::clamp(right_ - left_ - 76, 260.0, 760.0);
    std::string out = "<g class=\"legend\">";
    double y = bottom_ + 10;
    for (std::size_t i = 0; i < findings_.size() && i < kShownMax; ++i) {
      const AnalysisFinding& finding = findings_[i];
      std::string head =
          severity_word(finding.severity) + ": " +
          (finding.name.empty() ? finding.element : finding.name + " (" + finding.element + ")");
      if (!is_drawn(finding.element))
        head += vietnamese() ? " – ngoài hình này" : " – not on this picture";
      if (routed_ == i) head += vietnamese() ? " – đường tô đậm" : " – the highlighted way";
      const auto heads = wrapped(head, width, kSize, 3);
      const auto lines = wrapped(sentence(finding), width, kSize, 24);
      const double step = kSize * 1.25;
      const double head_height = step * static_cast<double>(heads.size());
      const double height = step * static_cast<double>(lines.size());
      out += badge(finding.severity, {left_ + 30, y + 12}, i + 1);
      out += svg_text(heads, left_ + 52, y + head_height / 2, kSize, "name left strong");
      out += svg_text(lines, left_ + 52, y + head_height + height / 2, kSize, "name left");
      y += head_height + height + 16;
    }
    bottom_ = y + 8;
    return out + "</g>\n";
  }

  const Diagram& diagram_;
  std::span<const AnalysisFinding> findings_;
  const SvgOptions& options_;
  std::unordered_map<std::string_view, const Node*> nodes_;
  std::unordered_map<std::string_view, const Flow*> flows_;
  std::set<std::string_view> conditional_;
  std::set<std::string_view> defaults_;
  std::map<std::string, std::vector<std::size_t>> marks_;
  std::set<std::string> route_;
  std::optional<std::size_t> routed_;
  std::string title_;
  double left_ = 1e9;
  double top_ = 1e9;
  double right_ = -1e9;
  double bottom_ = -1e9;
};

}  // namespace

std::string draw_svg(const Model& model, const Diagram& diagram,
                     std::span<const AnalysisFinding> findings, const SvgOptions& options) {
  return SvgPicture(model, diagram, findings, options).draw();
}

}  // namespace bpmn
