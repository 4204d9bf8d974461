#include "bpmn/analysis.h"

#include <algorithm>
#include <unordered_map>

#include "bpmn/analysis_report.h"

namespace bpmn {
namespace {

std::vector<AnalysisFinding> analyse_one(const Model& model, const ProcessModel& process,
                                         const Broadcasts& broadcasts,
                                         const AnalysisOptions& options) {
  const AnalysisGraph graph(process);
  AnalysisReport report(graph);
  check_structure(graph, report);
  check_soundness_of_scopes(graph, options, report);
  check_conditions(graph, model, report);
  check_timers(graph, report);
  check_people(graph, report);
  check_events(graph, broadcasts, report);
  std::vector<AnalysisFinding> findings = report.take();
  for (AnalysisFinding& finding : findings) {
    if (finding.route.empty()) continue;
    const std::string route = to_text(finding.route, model, options.route_steps_shown);
    finding.message += " For example: " + route + ".";
    finding.vietnamese += " Ví dụ: " + route + ".";
  }
  std::ranges::stable_sort(findings, {}, &AnalysisFinding::line);
  return findings;
}

}  // namespace

std::vector<AnalysisFinding> analyse(const Model& model, std::string_view process_id,
                                     const AnalysisOptions& options) {
  std::vector<AnalysisFinding> findings;
  const Broadcasts broadcasts = broadcasts_of(model);
  for (const ProcessModel& process : model.processes) {
    if (!process_id.empty() && process.id != process_id) continue;
    std::vector<AnalysisFinding> own = analyse_one(model, process, broadcasts, options);
    std::ranges::move(own, std::back_inserter(findings));
  }
  return findings;
}

bool has_error(const std::vector<AnalysisFinding>& findings) {
  return std::ranges::any_of(
      findings, [](const AnalysisFinding& f) { return f.severity == Severity::error; });
}

std::string to_text(const std::vector<RouteStep>& route, const Model& model,
                    std::size_t steps_max) {
  std::unordered_map<std::string_view, const Node*> nodes;
  for (const ProcessModel& process : model.processes) {
    for (const Node& node : process.nodes) nodes.emplace(node.id, &node);
  }
  std::string text;
  const std::size_t shown = std::max<std::size_t>(steps_max, 2);
  for (std::size_t i = 0; i < route.size(); ++i) {
    if (route.size() > shown && i == shown / 2) {
      text += " → …";
      i = route.size() - (shown - shown / 2);
    }
    if (!text.empty()) text += " → ";
    const auto found = nodes.find(route[i].node);
    text += found == nodes.end() ? route[i].node : label_of(*found->second);
  }
  return text;
}

std::string_view to_string(FindingKind kind) {
  switch (kind) {
    case FindingKind::unreachable:
      return "unreachable";
    case FindingKind::no_way_to_end:
      return "no_way_to_end";
    case FindingKind::endless_loop:
      return "endless_loop";
    case FindingKind::link_without_pair:
      return "link_without_pair";
    case FindingKind::not_waitable:
      return "not_waitable";
    case FindingKind::deadlock:
      return "deadlock";
    case FindingKind::lack_of_synchronisation:
      return "lack_of_synchronisation";
    case FindingKind::unbounded:
      return "unbounded";
    case FindingKind::never_completes:
      return "never_completes";
    case FindingKind::dead_element:
      return "dead_element";
    case FindingKind::cut_short:
      return "cut_short";
    case FindingKind::not_decided:
      return "not_decided";
    case FindingKind::outside_analysis:
      return "outside_analysis";
    case FindingKind::condition_rejected:
      return "condition_rejected";
    case FindingKind::no_default:
      return "no_default";
    case FindingKind::same_condition:
      return "same_condition";
    case FindingKind::flow_never_taken:
      return "flow_never_taken";
    case FindingKind::timer_unreadable:
      return "timer_unreadable";
    case FindingKind::timer_never_fires:
      return "timer_never_fires";
    case FindingKind::timer_in_the_past:
      return "timer_in_the_past";
    case FindingKind::nobody_named:
      return "nobody_named";
    case FindingKind::never_caught:
      return "never_caught";
    case FindingKind::never_thrown:
      return "never_thrown";
  }
  return "";
}

}  // namespace bpmn
