#pragma once
// analysis_report.h - where the rules of the analysis write down what they find.  Internal to the
// module; analysis.h has the contract.
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bpmn/analysis.h"
#include "bpmn/analysis_graph.h"

namespace bpmn {

// The same sentence twice.
struct Sentence {
  std::string english;
  std::string vietnamese;
};

class AnalysisReport {
 public:
  explicit AnalysisReport(const AnalysisGraph& graph) : graph_(graph) {}

  AnalysisFinding& add(FindingKind kind, Severity severity, std::uint32_t node, Sentence sentence);
  AnalysisFinding& add_flow(FindingKind kind, Severity severity, std::uint32_t flow,
                            Sentence sentence);
  AnalysisFinding& add_scope(FindingKind kind, Severity severity, std::uint32_t scope,
                             Sentence sentence);
  [[nodiscard]] std::vector<AnalysisFinding> take() { return std::move(findings_); }
  [[nodiscard]] bool is_full() const { return findings_.size() >= kFindingsMax; }

 private:
  static constexpr std::size_t kFindingsMax = 2'000;
  AnalysisFinding& add(FindingKind kind, Severity severity, std::string element, std::string name,
                       int line, Sentence sentence);

  const AnalysisGraph& graph_;
  std::vector<AnalysisFinding> findings_;
  AnalysisFinding overflow_;
};

// "the parallel gateway “Ký”", "cổng song song “Ký”"; the id where there is no name.
[[nodiscard]] Sentence described(const Node& node);
[[nodiscard]] std::string quoted(std::string_view text);  // “…”, shortened to 60 characters
[[nodiscard]] std::string label_of(const Node& node);     // its quoted name, or its id

// The rules, one file each.
void check_structure(const AnalysisGraph& graph, AnalysisReport& report);
void check_soundness_of_scopes(const AnalysisGraph& graph, const AnalysisOptions& options,
                               AnalysisReport& report);
void check_conditions(const AnalysisGraph& graph, const Model& model, AnalysisReport& report);
void check_timers(const AnalysisGraph& graph, AnalysisReport& report);
void check_people(const AnalysisGraph& graph, AnalysisReport& report);
// The messages and signals that a file as a whole throws and catches.
struct Broadcasts {
  using Named = std::pair<EventKind, std::string>;
  std::set<Named> thrown;
  std::set<Named> caught;
};
[[nodiscard]] Broadcasts broadcasts_of(const Model& model);
void check_events(const AnalysisGraph& graph, const Broadcasts& broadcasts, AnalysisReport& report);

}  // namespace bpmn
