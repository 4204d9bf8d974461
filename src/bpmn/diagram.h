#pragma once
// diagram.h - where the elements of a BPMN file are drawn (BPMN DI), as values.
//
// Source: OMG BPMN 2.0.2, chapter 12 (BPMN DI).  Coordinates are those of the file.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "bpmn/model.h"
#include "bpmn/model_xml.h"

namespace bpmn {

struct Point {
  double x = 0;
  double y = 0;
  friend bool operator==(const Point&, const Point&) = default;
};

struct Box {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
  [[nodiscard]] Point centre() const { return {x + width / 2, y + height / 2}; }
  friend bool operator==(const Box&, const Box&) = default;
};

// What is drawn, as far as it is no flow node of the model.
enum class ShapeKind : std::uint8_t {
  node,
  participant,
  lane,
  data_object,
  data_store,
  annotation,
  group,
  choreography,  // and conversation: drawn as plain boxes
};

struct Shape {
  std::string element;  // id of what it shows
  ShapeKind kind = ShapeKind::node;
  std::string name;  // of elements that are not in the model: pools, data, text annotations
  Box bounds;
  bool expanded = true;     // sub-processes
  bool horizontal = true;   // pools and lanes
  bool marker = true;       // exclusive gateways: the X is shown
  bool collection = false;  // data objects
  std::optional<Box> label;
};

enum class EdgeKind : std::uint8_t { sequence, message, association, data_association };

struct Edge {
  std::string element;
  EdgeKind kind = EdgeKind::sequence;
  std::string name;  // of message flows
  std::vector<Point> waypoints;
  std::optional<Box> label;
};

struct Diagram {
  std::string id;
  std::string name;
  std::vector<Shape> shapes;  // in drawing order: pools, lanes and expanded sub-processes first
  std::vector<Edge> edges;
  bool laid_out = false;  // made by lay_out(), not by the file's author
};

// The diagrams of a file in document order; none where the file has none.  Shapes without bounds
// and with wild coordinates are left out.  An error only for what read_model() refuses, too.
[[nodiscard]] base::Result<std::vector<Diagram>, ReadError> read_diagrams(std::string_view xml);

// A plain diagram of a process for files without one: layers from left to right, sub-processes
// around their content.
[[nodiscard]] Diagram lay_out(const ProcessModel& process);

}  // namespace bpmn
