#pragma once
// diagram_svg_shapes.h - the shapes of BPMN as SVG.  Internal to the module; see diagram_svg.h.
#include <string>

#include "bpmn/diagram.h"

namespace bpmn {

// A flow node of the model, with the name of a task inside; those of events and gateways are drawn
// by svg_outer_label() after the flows.
[[nodiscard]] std::string svg_node(const Node& node, const Shape& shape);
// An activity large enough that others are drawn inside it.
[[nodiscard]] bool is_open(const Node& node, const Shape& shape);
// Pools, lanes, data, annotations, groups; also a node that the model does not have.
[[nodiscard]] std::string svg_other(const Shape& shape);
// The name of an event or gateway, below it or where the file says.
[[nodiscard]] std::string svg_outer_label(const std::string& name, const Shape& shape);

}  // namespace bpmn
