#include "bpmn/diagram_svg_shapes.h"

#include <algorithm>

#include "bpmn/diagram_svg_text.h"

namespace bpmn {
namespace {

constexpr double kTextSize = 12;

std::string rect(const Box& box, double round, std::string_view classes) {
  return "<rect class=\"" + std::string{classes} + "\" x=\"" + svg_number(box.x) + "\" y=\"" +
         svg_number(box.y) + "\" width=\"" + svg_number(box.width) + "\" height=\"" +
         svg_number(box.height) + "\" rx=\"" + svg_number(round) + "\"/>";
}

std::string circle(Point centre, double radius, std::string_view classes) {
  return "<circle class=\"" + std::string{classes} + "\" cx=\"" + svg_number(centre.x) +
         "\" cy=\"" + svg_number(centre.y) + "\" r=\"" + svg_number(radius) + "\"/>";
}

// A path drawn for a square of 20 by 20, put around `centre` at the size wanted.
std::string icon(std::string_view path, Point centre, double size, bool filled) {
  const double scale = size / 20;
  return "<path class=\"" + std::string{filled ? "icon full" : "icon"} +
         "\" transform=\"translate(" + svg_number(centre.x - size / 2) + " " +
         svg_number(centre.y - size / 2) + ") scale(" + svg_number(scale) + ")\" d=\"" +
         std::string{path} + "\"/>";
}

constexpr std::string_view kEnvelope = "M1 4H19V16H1ZM1 4L10 11L19 4";
constexpr std::string_view kClock =
    "M10 1A9 9 0 1 1 9.99 1ZM10 4V10L14 12M10 1V3M19 10H17M10 19V17M1 10H3";
constexpr std::string_view kSignal = "M10 2L19 17H1Z";
constexpr std::string_view kBolt = "M3 18L7 3L12 11L17 2L13 17L8 9Z";
constexpr std::string_view kEscalation = "M10 2L17 18L10 11L3 18Z";
constexpr std::string_view kSheet = "M3 1H17V19H3ZM6 5H14M6 8.3H14M6 11.6H14M6 15H14";
constexpr std::string_view kArrow = "M2 7H11V3L19 10L11 17V13H2Z";
constexpr std::string_view kCross =
    "M4 2L10 8L16 2L18 4L12 10L18 16L16 18L10 12L4 18L2 16L8 10L2 4Z";
constexpr std::string_view kRewind = "M10 3V17L1 10ZM19 3V17L10 10Z";
constexpr std::string_view kPentagon = "M10 1L19 7.6L15.6 18H4.4L1 7.6Z";
constexpr std::string_view kPlus = "M8 2H12V8H18V12H12V18H8V12H2V8H8Z";
constexpr std::string_view kPerson =
    "M10 2A4 4 0 1 1 9.99 2ZM2 19C2 13 6 11 7 10.5C8 12 12 12 13 10.5C14 11 18 13 18 19Z";
constexpr std::string_view kGear =
    "M10 6.5A3.5 3.5 0 1 1 9.99 6.5ZM10 1V4M10 16V19M1 10H4M16 10H19M3.6 3.6L5.8 5.8M14.2 "
    "14.2L16.4 "
    "16.4M16.4 3.6L14.2 5.8M5.8 14.2L3.6 16.4M10 4A6 6 0 1 1 9.99 4Z";
constexpr std::string_view kHand =
    "M2 8L7 3H11L9 6H18V8.5H11M18 8.5V11H11M17.5 11V13.5H11M16.5 13.5V16H7L2 13Z";
constexpr std::string_view kScript =
    "M6 1H17C13 6 19 12 14 19H3C8 13 2 7 6 1ZM7 6H13M7 10H14M7 14H13";
constexpr std::string_view kTable = "M1 3H19V17H1ZM1 7H19M1 12H19M7 7V17";

std::string event_icon(const Node& node, Point centre, double size, bool filled) {
  switch (node.event.kind) {
    case EventKind::message:
      return icon(kEnvelope, centre, size, filled);
    case EventKind::timer:
      return icon(kClock, centre, size * 1.15, false);
    case EventKind::signal:
      return icon(kSignal, centre, size, filled);
    case EventKind::error:
      return icon(kBolt, centre, size, filled);
    case EventKind::escalation:
      return icon(kEscalation, centre, size, filled);
    case EventKind::conditional:
      return icon(kSheet, centre, size, false);
    case EventKind::link:
      return icon(kArrow, centre, size, filled);
    case EventKind::terminate:
      return circle(centre, size * 0.55, "icon full");
    case EventKind::cancel:
      return icon(kCross, centre, size, filled);
    case EventKind::compensation:
      return icon(kRewind, centre, size, filled);
    case EventKind::multiple:
      return icon(node.parallel_multiple ? kPlus : kPentagon, centre, size, filled);
    case EventKind::none:
      break;
  }
  return {};
}

std::string svg_event(const Node& node, const Shape& shape) {
  const Point centre = shape.bounds.centre();
  const double radius = std::max(4.0, std::min(shape.bounds.width, shape.bounds.height) / 2);
  std::string line = "shape";
  const bool gentle = !node.interrupting &&
                      (node.kind == NodeKind::boundary_event || node.kind == NodeKind::start_event);
  if (gentle) line += " dashed";
  if (node.kind == NodeKind::end_event) line += " thick";
  std::string out = circle(centre, radius, line);
  const bool intermediate = node.kind == NodeKind::catch_event ||
                            node.kind == NodeKind::throw_event ||
                            node.kind == NodeKind::boundary_event;
  if (intermediate) out += circle(centre, radius - 3, gentle ? "ring dashed" : "ring");
  const bool throws = node.kind == NodeKind::throw_event || node.kind == NodeKind::end_event;
  return out + event_icon(node, centre, radius, throws);
}

std::string svg_gateway(const Node& node, const Shape& shape) {
  const Box& box = shape.bounds;
  const Point centre = box.centre();
  std::string out = "<path class=\"shape\" d=\"M" + svg_number(centre.x) + " " + svg_number(box.y) +
                    "L" + svg_number(box.x + box.width) + " " + svg_number(centre.y) + "L" +
                    svg_number(centre.x) + " " + svg_number(box.y + box.height) + "L" +
                    svg_number(box.x) + " " + svg_number(centre.y) + "Z\"/>";
  const double size = std::min(box.width, box.height) * 0.44;
  switch (node.kind) {
    case NodeKind::exclusive_gateway:
      return shape.marker ? out + icon(kCross, centre, size * 0.8, true) : out;
    case NodeKind::parallel_gateway:
      return out + icon(kPlus, centre, size, true);
    case NodeKind::inclusive_gateway:
      return out + circle(centre, size * 0.5, "icon bold");
    case NodeKind::event_based_gateway:
      return out + circle(centre, size * 0.6, "icon") + icon(kPentagon, centre, size * 0.7, false);
    default:
      return out +
             icon("M10 1V19M1 10H19M3.6 3.6L16.4 16.4M16.4 3.6L3.6 16.4", centre, size, false);
  }
}

std::string_view task_icon(NodeKind kind) {
  switch (kind) {
    case NodeKind::user_task:
      return kPerson;
    case NodeKind::service_task:
      return kGear;
    case NodeKind::send_task:
    case NodeKind::receive_task:
      return kEnvelope;
    case NodeKind::manual_task:
      return kHand;
    case NodeKind::script_task:
      return kScript;
    case NodeKind::business_rule_task:
      return kTable;
    default:
      return {};
  }
}

std::string activity_markers(const Node& node, const Shape& shape) {
  std::vector<std::string_view> markers;
  if (is_sub_process(node.kind) && !shape.expanded)
    markers.emplace_back("M2 2H18V18H2ZM10 5V15M5 10H15");
  if (node.loop.kind == Loop::Kind::parallel) markers.emplace_back("M4 3V17M10 3V17M16 3V17");
  if (node.loop.kind == Loop::Kind::sequential) markers.emplace_back("M3 4H17M3 10H17M3 16H17");
  if (node.loop.kind == Loop::Kind::standard) {
    markers.emplace_back("M13.5 17A8 8 0 1 0 6 16.5M6 16.5L2 16M6 16.5L6.5 12");
  }
  if (node.for_compensation) markers.push_back(kRewind);
  if (node.kind == NodeKind::ad_hoc_sub_process)
    markers.emplace_back("M2 11C5 4 9 6 11 10C13 14 16 14 18 8");
  const Box& box = shape.bounds;
  double x = box.centre().x - 9 * (static_cast<double>(markers.size()) - 1);
  std::string out;
  for (const std::string_view marker : markers) {
    out += icon(marker, {x, box.y + box.height - 10}, 13, false);
    x += 18;
  }
  return out;
}

std::string svg_activity(const Node& node, const Shape& shape) {
  const Box& box = shape.bounds;
  const bool open = is_open(node, shape);
  std::string classes = "shape";
  if (node.kind == NodeKind::call_activity) classes += " thick";
  if (node.triggered_by_event) classes += " dotted";
  if (open) classes += " open";
  std::string out = rect(box, 8, classes);
  if (node.kind == NodeKind::transaction && box.width > 8 && box.height > 8) {
    out += rect({box.x + 3, box.y + 3, box.width - 6, box.height - 6}, 6, "ring");
  }
  const std::string_view marker = task_icon(node.kind);
  if (!marker.empty()) {
    out += icon(marker, {box.x + 13, box.y + 13}, 14, node.kind == NodeKind::send_task);
  }
  const std::string markers = activity_markers(node, shape);
  out += markers;
  if (open) {
    const std::vector<std::string> lines = wrapped(node.name, box.width - 20, kTextSize, 1);
    return out + svg_text(lines, box.centre().x, box.y + 14, kTextSize, "name");
  }
  const bool narrow = !marker.empty();
  const double below = markers.empty() ? 0 : 16;
  const double room = box.height - below - (narrow ? 22 : 8);
  const auto lines_max = static_cast<std::size_t>(std::max(1.0, room / (kTextSize * 1.25)));
  const std::vector<std::string> lines =
      wrapped(node.name, std::max(20.0, box.width - 10), kTextSize, lines_max);
  // Under the icon where the text is long, in the middle where it is short.
  const double middle = box.centre().y - below / 2 + (narrow && lines.size() > 2 ? 7 : 2);
  return out + svg_text(lines, box.centre().x, middle, kTextSize, "name");
}

// A pool or lane: a band with the name along its side.
std::string svg_band(const Shape& shape) {
  const Box& box = shape.bounds;
  const double band = shape.kind == ShapeKind::participant ? 30 : 26;
  std::string out = rect(box, 0, shape.kind == ShapeKind::participant ? "pool" : "lane");
  if (!shape.horizontal) {
    const auto lines = wrapped(shape.name, box.width - 10, kTextSize, 2);
    return out + svg_text(lines, box.centre().x, box.y + band / 2, kTextSize, "name");
  }
  // A pool without content shows its name across.
  if (shape.kind == ShapeKind::participant && box.height < 90) {
    return out + svg_text(wrapped(shape.name, box.width - 20, kTextSize, 2), box.centre().x,
                          box.centre().y, kTextSize, "name");
  }
  if (shape.kind == ShapeKind::participant) {
    out += rect({box.x, box.y, band, box.height}, 0, "lane");
  }
  const Point at{box.x + band / 2, box.centre().y};
  const auto lines = wrapped(shape.name, box.height - 10, 11, 2);
  return out + "<g transform=\"rotate(-90 " + svg_number(at.x) + " " + svg_number(at.y) + ")\">" +
         svg_text(lines, at.x, at.y, 11, "name") + "</g>";
}

std::string path(std::string_view classes, const std::string& d) {
  return "<path class=\"" + std::string{classes} + "\" d=\"" + d + "\"/>";
}

std::string svg_data(const Shape& shape) {
  const Box& box = shape.bounds;
  const double right = box.x + box.width;
  const double bottom = box.y + box.height;
  const double fold = std::min(12.0, box.width / 3);
  std::string out = path("shape thin", "M" + svg_number(box.x) + " " + svg_number(box.y) + "H" +
                                           svg_number(right - fold) + "L" + svg_number(right) +
                                           " " + svg_number(box.y + fold) + "V" +
                                           svg_number(bottom) + "H" + svg_number(box.x) + "Z") +
                    path("ring", "M" + svg_number(right - fold) + " " + svg_number(box.y) + "V" +
                                     svg_number(box.y + fold) + "H" + svg_number(right));
  if (shape.collection) {
    out += icon("M4 3V17M10 3V17M16 3V17", {box.centre().x, bottom - 8}, 11, false);
  }
  return out + svg_outer_label(shape.name, shape);
}

std::string svg_store(const Shape& shape) {
  const Box& box = shape.bounds;
  const double lid = std::min(8.0, box.height / 5);
  const std::string left = svg_number(box.x);
  const std::string half = svg_number(box.width / 2);
  const std::string arc = svg_number(lid);
  const std::string width = svg_number(box.width);
  const std::string back = "a" + half + " " + arc + " 0 1 0 -" + width + " 0";
  std::string out =
      path("shape thin", "M" + left + " " + svg_number(box.y + lid) + "a" + half + " " + arc +
                             " 0 1 1 " + width + " 0v" + svg_number(box.height - 2 * lid) + "a" +
                             half + " " + arc + " 0 1 1 -" + width + " 0z");
  out += path("ring", "M" + svg_number(box.x + box.width) + " " + svg_number(box.y + lid) + "a" +
                          half + " " + arc + " 0 1 1 -" + width + " 0");
  return out + svg_outer_label(shape.name, shape);
}

}  // namespace

std::string svg_outer_label(const std::string& name, const Shape& shape) {
  if (name.empty()) return {};
  const Box& box = shape.bounds;
  constexpr double kSize = 11;
  const double width =
      shape.label && shape.label->width > 20 ? std::max(shape.label->width, 84.0) : 110;
  const std::vector<std::string> lines = wrapped(name, width, kSize, 5);
  const double height = static_cast<double>(lines.size()) * kSize * 1.25;
  if (shape.label && shape.label->width > 0) {
    return svg_text(lines, shape.label->centre().x,
                    shape.label->y + std::max(shape.label->height, height) / 2, kSize, "name halo");
  }
  return svg_text(lines, box.centre().x, box.y + box.height + 4 + height / 2, kSize, "name halo");
}

std::string svg_node(const Node& node, const Shape& shape) {
  if (is_activity(node.kind)) return svg_activity(node, shape);
  return is_gateway(node.kind) ? svg_gateway(node, shape) : svg_event(node, shape);
}

bool is_open(const Node& node, const Shape& shape) {
  const bool large = shape.bounds.width > 160 && shape.bounds.height > 110;
  return (is_sub_process(node.kind) && shape.expanded) ||
         (node.kind == NodeKind::call_activity && large);
}

std::string svg_other(const Shape& shape) {
  const Box& box = shape.bounds;
  switch (shape.kind) {
    case ShapeKind::participant:
    case ShapeKind::lane:
      return svg_band(shape);
    case ShapeKind::data_object:
      return svg_data(shape);
    case ShapeKind::data_store:
      return svg_store(shape);
    case ShapeKind::annotation: {
      const auto lines_max = static_cast<std::size_t>(std::max(1.0, box.height / 13.75));
      const auto lines = wrapped(shape.name, std::max(30.0, box.width - 10), 11, lines_max);
      return path("ring", "M" + svg_number(box.x + 10) + " " + svg_number(box.y) + "H" +
                              svg_number(box.x) + "V" + svg_number(box.y + box.height) + "H" +
                              svg_number(box.x + 10)) +
             svg_text(lines, box.x + 6, box.centre().y, 11, "name left");
    }
    case ShapeKind::group:
      return rect(box, 10, "group") +
             svg_text(wrapped(shape.name, std::max(60.0, box.width), 11, 1), box.centre().x,
                      box.y - 8, 11, "name");
    case ShapeKind::choreography:
    case ShapeKind::node:
      break;
  }
  return rect(box, 8, "shape") +
         svg_text(wrapped(shape.name, std::max(30.0, box.width - 10), kTextSize, 4), box.centre().x,
                  box.centre().y, kTextSize, "name");
}

}  // namespace bpmn
