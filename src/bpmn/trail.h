#pragma once
// trail.h - which tasks come before and after a task in the drawing.
//
// For "send back one step" and for previews.  What really happened in an instance is in its events;
// this is what the diagram allows.
#include <string_view>
#include <vector>

#include "bpmn/process.h"

namespace bpmn {

// Tasks from which a token can come to `node` without passing another task, of the same scope and
// such that MoveToken from `node` to them is never refused for its place.  In document order.
[[nodiscard]] std::vector<NodeIndex> predecessor_tasks(const Process& process, NodeIndex node);

// Tasks that may be next after `node`, looking through gateways, events and sub-process borders.
[[nodiscard]] std::vector<NodeIndex> successor_tasks(const Process& process, NodeIndex node);

}  // namespace bpmn
