#include "procedure/process_check.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "bpmn/analysis.h"
#include "bpmn/model_xml.h"
#include "bpmn/process.h"
#include "rules/expression.h"

namespace procedure {
namespace {

const char* const kFile = "process.bpmn";

void check_soundness(const PackageFiles& files, PackageFindings& findings) {
  const auto text = files.find(kFile);
  if (text == files.end()) return;
  const auto model = bpmn::read_model(text->second);
  if (!model) return;
  // A process of people in an office has hundreds of states; a million would be an attack.
  const bpmn::AnalysisOptions options{.states_max = 100'000, .route_steps_shown = 24};
  for (const bpmn::AnalysisFinding& one : bpmn::analyse(*model, {}, options)) {
    if (one.severity == bpmn::Severity::note) continue;
    // Who does a step is said by mc:role and mc:agency, which step_bpmn.h holds it to.
    if (one.kind == bpmn::FindingKind::nobody_named) continue;
    std::string message = one.element.empty() ? one.message : one.element + ": " + one.message;
    if (!one.route.empty()) message += " Route: " + bpmn::to_text(one.route, *model, 12);
    findings.at(one.severity == bpmn::Severity::error ? Severity::error : Severity::warning, kFile,
                one.line, std::move(message), "correct the diagram at this element");
  }
}

// Where the token goes from a step when one outcome is chosen.
class Way {
 public:
  Way(const bpmn::Process& process, const Step& step, const std::string& outcome)
      : process_(process), own_(step.id + "_outcome") {
    rules::Context context;
    context.set("outcome", outcome);
    context.set(own_, outcome);
    variables_ = rules::Value{context};
    follow(process.index_of(step.id), 0);
  }

  [[nodiscard]] const std::set<bpmn::NodeIndex>& ends() const { return ends_; }

 private:
  static constexpr int kDepthMax = 40;

  [[nodiscard]] bool decidable(const rules::Expression& condition) const {
    return std::ranges::all_of(condition.names(), [&](const std::string& name) {
      return name == "outcome" || name == own_;
    });
  }

  void follow(bpmn::NodeIndex from, int depth) {
    const bpmn::ProcessNode& node = process_.node(from);
    const bool gateway = node.kind == bpmn::NodeKind::exclusive_gateway ||
                         node.kind == bpmn::NodeKind::inclusive_gateway;
    if (depth > 0 && !gateway) {
      ends_.insert(from);
      return;
    }
    if (depth > kDepthMax) return;
    bool taken = false;
    for (const bpmn::FlowIndex index : node.outgoing) {
      const bpmn::ProcessFlow& flow = process_.flow(index);
      if (flow.condition == nullptr) {
        if (!flow.is_default) follow(flow.target, depth + 1);
        continue;
      }
      if (!decidable(*flow.condition)) {
        follow(flow.target, depth + 1);
        continue;
      }
      if (!rules::evaluate(*flow.condition, variables_).value.is_true()) continue;
      follow(flow.target, depth + 1);
      taken = true;
      if (node.kind == bpmn::NodeKind::exclusive_gateway) break;
    }
    if (taken) return;
    for (const bpmn::FlowIndex index : node.outgoing) {
      const bpmn::ProcessFlow& flow = process_.flow(index);
      if (flow.is_default) follow(flow.target, depth + 1);
    }
  }

  const bpmn::Process& process_;
  std::string own_;
  rules::Value variables_;
  std::set<bpmn::NodeIndex> ends_;
};

// A later gateway asks what this step said: then its outcomes differ although they lead on alike.
bool is_read_later(const bpmn::Process& process, const std::string& name) {
  return std::ranges::any_of(process.flows(), [&](const bpmn::ProcessFlow& flow) {
    return flow.condition != nullptr &&
           std::ranges::find(flow.condition->names(), name) != flow.condition->names().end();
  });
}

void check_outcomes(const Procedure& procedure, PackageFindings& findings) {
  const bpmn::Process& process = *procedure.process;
  for (const Step& step : procedure.steps) {
    const bpmn::ProcessNode& node = process.node(process.index_of(step.id));
    if (step.outcomes.size() < 2 || !node.documentation.empty()) continue;
    if (is_read_later(process, step.id + "_outcome")) continue;
    std::vector<std::set<bpmn::NodeIndex>> ways;
    for (const Outcome& outcome : step.outcomes) {
      ways.push_back(Way(process, step, outcome.code).ends());
    }
    for (std::size_t i = 1; i < ways.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        if (ways[i] != ways[k]) continue;
        findings.at(Severity::warning, kFile, node.line,
                    step.id + ": the outcomes `" + step.outcomes[k].code + "` and `" +
                        step.outcomes[i].code + "` lead to the same place",
                    "let a flow's condition tell them apart, drop one, or say in the task's "
                    "documentation what the difference is");
      }
    }
  }
}

}  // namespace

void check_process(const Procedure& procedure, const PackageFiles& files,
                   PackageFindings& findings) {
  if (procedure.process == nullptr) return;
  check_soundness(files, findings);
  check_outcomes(procedure, findings);
}

}  // namespace procedure
