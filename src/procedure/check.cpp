#include "procedure/check.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "bpmn/process.h"
#include "procedure/assessment.h"
#include "procedure/package_findings.h"
#include "rules/dmn_model.h"
#include "rules/expression.h"

namespace procedure {
namespace {

using Names = std::set<std::string, std::less<>>;

class Checker {
 public:
  Checker(const Procedure& procedure, const form::Dictionary& dictionary, const PackageFiles& files)
      : procedure_(procedure), dictionary_(dictionary), files_(files), lines_(files) {
    for (const form::Page& page : procedure.form.pages) {
      for (const form::Field& field : page.fields) names_.insert(field.id);
    }
    names_.insert({"today", "channel"});
  }

  form::DefinitionProblems run() {
    check_authority();
    check_cases();
    check_components();
    check_eligibility();
    check_fees();
    check_templates();
    if (procedure_.process != nullptr) {
      check_process();
      check_time();
    }
    if (problems_.empty()) check_examples();
    return std::move(problems_);
  }

 private:
  void yaml(std::string message, std::string remedy) {
    problems_.push_back(
        {"procedure.yaml", lines_.line_of(place_), std::move(message), std::move(remedy)});
  }
  void bpmn(int line, std::string message, std::string remedy) {
    problems_.push_back({"process.bpmn", line, std::move(message), std::move(remedy)});
  }

  void check_names(const std::string& where, const std::optional<form::Condition>& condition,
                   bool case_known) {
    if (condition) check_names(where, *condition, case_known);
  }

  void check_names(const std::string& where, const form::Condition& condition, bool case_known) {
    for (const std::string& name : condition.names()) {
      if (names_.contains(name) || (case_known && name == "case_id")) continue;
      yaml(where + " reads `" + name + "`, which nobody asks for",
           "use the id of a field of form.yaml, today or channel");
    }
  }

  void check_authority() {
    place_ = "authority";
    if (procedure_.authority.rule == Authority::Rule::decision) {
      check_decision("the competent agency is", procedure_.authority.decision);
    }
    const std::string& place = procedure_.authority.place_field;
    if (place.empty()) return;
    const form::Field* field = procedure_.form.find_field(place);
    if (field == nullptr || field->type != form::FieldType::commune) {
      yaml("the competent commune is read from `" + place + "`, which is no commune field",
           "name a field of the type commune");
    }
  }

  void check_cases() {
    for (std::size_t i = 0; i < procedure_.cases.size(); ++i) {
      const Case& one = procedure_.cases[i];
      const std::string where = "the case `" + one.id + "`";
      place_ = "cases[" + one.id + "]";
      check_names(where, one.when, false);
      const bool last = i + 1 == procedure_.cases.size();
      if (one.when.has_value() == last) {
        yaml(last ? where + " is the last one and still has a condition"
                  : where + " takes all the rest, but others follow it",
             "let exactly the last case be without `when`");
      }
      for (const Channel channel : procedure_.channels) {
        if (std::ranges::find(one.limits, channel, &ChannelLimit::channel) != one.limits.end()) {
          continue;
        }
        yaml(where + " has no limit for the channel " + std::string{to_text(channel)},
             "add it under `limits`");
      }
    }
  }

  void check_components() {
    for (const Component& component : procedure_.components) {
      const std::string where = "the paper `" + component.id + "`";
      place_ = "components[" + component.id + "]";
      check_names(where, component.applies_when, true);
      for (const DataInstead& data : component.replaced_by) {
        for (const std::string& code : data.fields) {
          if (dictionary_.find(code) != nullptr) continue;
          yaml(where + " is replaced by `" + code + "`, which is not in the dictionary",
               "use a code of data/dictionary");
        }
      }
    }
  }

  void check_eligibility() {
    for (const Eligibility& one : procedure_.eligibility) {
      const std::string where = "the condition `" + one.id + "`";
      place_ = "eligibility[" + one.id + "]";
      check_names(where, one.holds, true);
      if (!one.field.empty() && procedure_.form.find_field(one.field) == nullptr) {
        yaml(where + " is shown at `" + one.field + "`, which is no field of the form",
             "use the id of a field of form.yaml, or leave `field` out");
      }
    }
  }

  void check_fees() {
    place_ = "fees";
    if (!procedure_.fee_decision.empty()) {
      check_decision("the fees are", procedure_.fee_decision);
    }
  }

  void check_decision(const std::string& what, const std::string& decision) {
    const bool known =
        procedure_.rules != nullptr &&
        std::ranges::any_of(procedure_.rules->decisions(), [&](const rules::DecisionEntry& one) {
          return one.name == decision || one.id == decision;
        });
    if (!known) {
      yaml(what + " decided by `" + decision + "`, which rules.dmn does not have",
           "name a decision of rules.dmn");
    }
  }

  void check_template(const std::string& id) {
    if (id.empty() || procedure_.find_template(id) != nullptr) return;
    const std::string begin = "templates/" + id + ".";
    const auto found = files_.lower_bound(begin);
    if (found == files_.end() || !found->first.starts_with(begin)) {
      yaml("the template `" + id + "` does not exist", "add templates/" + id + ".html");
    }
  }

  void check_templates() {
    place_ = "templates";
    for (const Template& one : procedure_.templates) {
      if (files_.contains(one.file)) continue;
      yaml("the template `" + one.id + "` is the file " + one.file + ", which does not exist",
           "add the file, or correct its name");
    }
    for (const Component& component : procedure_.components) {
      place_ = "components[" + component.id + "]";
      check_template(component.template_id);
    }
    place_ = "results";
    for (const ResultDocument& result : procedure_.results) check_template(result.template_id);
  }

  void check_process() {
    const bpmn::Process& process = *procedure_.process;
    Names known = names_;
    known.insert({"case_id", "outcome"});
    for (const Step& step : procedure_.steps) known.insert(step.id + "_outcome");
    for (const bpmn::ProcessFlow& flow : process.flows()) {
      if (flow.condition == nullptr) continue;
      for (const std::string& name : flow.condition->names()) {
        if (known.contains(name)) continue;
        bpmn(0, "the flow `" + flow.id + "` reads `" + name + "`, which nobody sets",
             "use outcome, a step's id followed by _outcome, or a field of the form");
      }
    }
    for (const Step& step : procedure_.steps) {
      const bpmn::NodeIndex index = process.index_of(step.id);
      const bool reached = std::ranges::any_of(
          process.starts(), [&](bpmn::NodeIndex start) { return process.reaches(start, index); });
      if (!reached && process.node(index).scope == bpmn::kNone) {
        bpmn(process.node(index).line, "the task `" + step.id + "` is never reached",
             "connect it, or remove it");
      }
    }
    if (procedure_.steps.empty()) {
      bpmn(0, "the process has no user task", "draw what people have to do");
    }
  }

  // Longest time of the counted steps from `node` on: the first flow at each decision, the slower
  // branch where work is done side by side.
  std::int64_t minutes_from(bpmn::NodeIndex node, std::vector<bool>& seen) const {
    if (seen[node]) return 0;
    seen[node] = true;
    const bpmn::ProcessNode& here = procedure_.process->node(node);
    std::int64_t minutes = 0;
    if (const Step* step = procedure_.find_step(here.id);
        step != nullptr && step->counted && step->limit) {
      minutes = step->limit->working_minutes();
    }
    const bool all = here.kind == bpmn::NodeKind::parallel_gateway ||
                     here.kind == bpmn::NodeKind::inclusive_gateway;
    std::int64_t longest = 0;
    for (const bpmn::FlowIndex flow : here.outgoing) {
      std::vector<bool> branch = seen;
      longest = std::max(longest, minutes_from(procedure_.process->flow(flow).target, branch));
      if (!all) break;
    }
    return minutes + longest;
  }

  void check_time() {
    const bpmn::Process& process = *procedure_.process;
    if (process.starts().empty()) return;
    std::vector<bool> seen(process.nodes().size(), false);
    const std::int64_t sum = minutes_from(process.starts().front(), seen);
    const auto words = [](std::int64_t minutes) {
      return calendar::working_time_in_words(minutes, calendar::Language::english);
    };
    for (const Case& one : procedure_.cases) {
      for (const ChannelLimit& limit : one.limits) {
        place_ = "cases[" + one.id + "].limits";
        const std::string where =
            "the case `" + one.id + "` (" + std::string{to_text(limit.channel)} + ")";
        if (limit.internal && limit.internal->working_minutes() != sum) {
          yaml(where + " promises " + limit.internal->text() +
                   " internally, but the steps of process.bpmn add up to " + words(sum),
               "correct mc:limit of the steps, or the internal limit");
        }
        if (limit.internal &&
            nominal_working_minutes(*limit.internal) > nominal_working_minutes(limit.published)) {
          yaml(where + " has an internal limit longer than the published one",
               "an office may only be quicker than what is published");
        }
        if (sum > nominal_working_minutes(limit.published)) {
          yaml(where + " is published with " + limit.published.text() +
                   ", but the steps of process.bpmn add up to " + words(sum),
               "shorten mc:limit of the steps");
        }
      }
    }
  }

  void check_examples() {
    Names covered;
    for (const Example& example : procedure_.examples) {
      covered.insert(example.case_id);
      check_example(example);
    }
    for (const Case& one : procedure_.cases) {
      if (covered.contains(one.id)) continue;
      place_ = "cases[" + one.id + "]";
      yaml("no example shows the case `" + one.id + "` and its fees",
           "add one under `examples` with its answers and its fee");
    }
  }

  void check_example(const Example& example) {
    const std::string where = "the example `" + example.name + "`";
    place_ = "examples[" + example.name + "]";
    const Situation situation{example.answers, example.channel, example.on};
    for (const auto& [key, unused] : example.answers) {
      if (procedure_.form.find_field({key.data(), key.size()}) == nullptr) {
        yaml(where + " answers `" + std::string{key} + "`, which is no field", "correct its name");
      }
    }
    const Case* chosen = select_case(procedure_, situation);
    if (chosen->id != example.case_id) {
      yaml(where + " is the case `" + chosen->id + "`, not `" + example.case_id + "`",
           "correct the example, or the conditions of the cases");
      return;
    }
    const auto fees = fees_for(procedure_, *chosen, situation);
    if (!fees) {
      yaml(where + " has no fee: " + fees.error().message, "complete the rules of the decision");
    } else if (fees->total != example.fee) {
      yaml(where + " costs " + std::to_string(fees->total) + " dong, not " +
               std::to_string(example.fee),
           "correct the example, or the decision");
    }
    if (example.components.empty()) return;
    std::vector<std::string> required;
    for (const NeededComponent& needed : components_for(procedure_, *chosen, situation)) {
      if (needed.required) required.push_back(needed.component->id);
    }
    if (required != example.components) {
      std::string list;
      for (const std::string& id : required) list += (list.empty() ? "" : ", ") + id;
      yaml(where + " requires the papers [" + list + "]", "correct the example, or the papers");
    }
  }

  const Procedure& procedure_;
  const form::Dictionary& dictionary_;
  const PackageFiles& files_;
  Names names_;
  PackageFindings lines_;
  std::string place_;  // the attribute that is being looked at
  form::DefinitionProblems problems_;
};

}  // namespace

form::DefinitionProblems check(const Procedure& procedure, const form::Dictionary& dictionary,
                               const PackageFiles& files) {
  return Checker(procedure, dictionary, files).run();
}

}  // namespace procedure
