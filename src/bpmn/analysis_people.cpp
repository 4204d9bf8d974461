// analysis_people.cpp - is anybody named for what people have to do?
#include <algorithm>
#include <array>
#include <unordered_set>

#include "bpmn/analysis_report.h"

namespace bpmn {
namespace {

// Attributes by which this product (role) and common editors name people, whatever their namespace.
constexpr std::array<std::string_view, 10> kNaming{
    "role",  "assignee", "candidateUsers", "candidateGroups", "assignmentDefinition",
    "owner", "actors",   "swimlane",       "performer",       "potentialOwner"};

bool names_somebody(const Extensions& extensions) {
  return std::ranges::any_of(extensions, [](const Extension& extension) {
    return !extension.value.empty() && std::ranges::find(kNaming, extension.name) != kNaming.end();
  });
}

}  // namespace

void check_people(const AnalysisGraph& graph, AnalysisReport& report) {
  std::unordered_set<std::string_view> in_lane;
  for (const Lane& lane : graph.process().lanes)
    in_lane.insert(lane.nodes.begin(), lane.nodes.end());
  for (std::uint32_t index = 0; index < graph.nodes().size(); ++index) {
    const Node& node = *graph.node(index).node;
    if (node.kind != NodeKind::user_task) continue;
    if (!node.performers.empty() || names_somebody(node.extensions)) continue;
    // The lane of a sub-process is the lane of its content.
    bool laned = false;
    for (std::uint32_t at = index; at != kNothing && !laned; at = graph.node(at).scope) {
      laned = in_lane.contains(graph.node(at).node->id);
    }
    if (laned) continue;
    const bool runs = graph.process().executable;
    report.add(FindingKind::nobody_named, runs ? Severity::warning : Severity::note, index,
               {"Nobody is named for " + label_of(node) +
                    ": put it into a lane, or name a performer or a role.",
                "Chưa giao " + label_of(node) +
                    " cho ai: hãy đặt vào làn của đơn vị, hoặc ghi vai trò người thực hiện."});
  }
}

}  // namespace bpmn
