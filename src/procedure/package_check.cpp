#include "procedure/package_check.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <boost/json/serialize.hpp>

#include "procedure/attribute_path.h"
#include "procedure/package_findings.h"
#include "procedure/package_tree.h"
#include "procedure/process_check.h"
#include "procedure/situation_samples.h"
#include "rules/branches.h"
#include "rules/dmn_model.h"

namespace procedure {
namespace {

class PublishingCheck {
 public:
  PublishingCheck(const Procedure& procedure, const PackageFiles& files)
      : procedure_(procedure), files_(files), findings_(files) {}

  Findings run() && {
    check_process(procedure_, files_, findings_);
    check_law();
    check_examples();
    check_reach();
    check_rules();
    check_templates();
    check_assumed();
    return std::move(findings_).take();
  }

 private:
  void check_basis(const std::string& path, const LegalBasis& basis) {
    const calendar::Date day = *procedure_.effective_from;
    if (basis.in_force(day)) return;
    findings_.yaml(Severity::warning, path,
                   basis.act + " is not in force on " + calendar::to_iso(day) +
                       ", the day from which the procedure applies",
                   "name the act in force, or correct its dates");
  }

  void check_law() {
    if (!procedure_.effective_from) return;
    for (const LegalBasis& basis : procedure_.legal_basis) {
      check_basis("legal_basis[" + basis.act + "]", basis);
    }
    for (const Component& component : procedure_.components) {
      if (component.replaced_by.empty()) continue;
      const bool over = std::ranges::all_of(component.replaced_by, [&](const DataInstead& data) {
        return data.basis.to && *data.basis.to < *procedure_.effective_from;
      });
      if (!over) continue;
      findings_.yaml(
          Severity::warning, "components[" + component.id + "].replaced_by",
          "no act that lets data replace the paper `" + component.id + "` is in force any more",
          "name the act in force, or remove `replaced_by`");
    }
  }

  // What the designer has worked out has to hold through every channel, and be allowed.
  void check_examples() {
    for (const Example& example : procedure_.examples) {
      const std::string path = "examples[" + example.name + "]";
      for (const Channel channel : procedure_.channels) {
        const Situation situation{example.answers, channel, example.on};
        const Case* chosen = select_case(procedure_, situation);
        if (const auto fees = fees_for(procedure_, *chosen, situation); !fees) {
          findings_.yaml(Severity::error, path,
                         "the case `" + chosen->id + "` has no fee through the channel " +
                             std::string{to_text(channel)} + ": " + fees.error().message,
                         "complete the rules of the decision `" + procedure_.fee_decision + "`");
        }
      }
      const Situation given{example.answers, example.channel, example.on};
      for (const Eligibility* unmet : unmet_eligibility(procedure_, given)) {
        if (unmet->severity != form::Severity::error) continue;
        findings_.yaml(Severity::warning, path,
                       "the example `" + example.name + "` does not meet the condition `" +
                           unmet->id + "`, so nobody could file it",
                       "correct its answers, or the condition");
      }
    }
  }

  // Rules and sides of an `if` that no answers can lead to.
  void check_rules() {
    if (procedure_.rules == nullptr) return;
    const auto& branches = rules::branches_of(*procedure_.rules);
    for (const std::size_t index : rules::dead_branches(*procedure_.rules)) {
      const rules::RuleBranch& branch = branches[index];
      const std::string number = std::to_string(branch.number);
      if (branch.kind == rules::RuleBranch::Kind::rule) {
        findings_.at(Severity::error, "rules.dmn", branch.line,
                     "rule " + number + " of the decision `" + branch.decision +
                         "` can never be taken: one before it takes all that it would",
                     "move it up, or remove it");
      } else {
        findings_.at(Severity::error, "rules.dmn", branch.line,
                     "one side of `if` " + number + " of the decision `" + branch.decision +
                         "` can never be taken: its condition is always the same",
                     "correct the condition, or write the other side alone");
      }
    }
  }

  // Cases and papers that no situation leads to; fees that some complete answers have none of.
  void check_reach() {
    const Samples samples = sample_situations(procedure_);
    std::set<const Case*> cases;
    std::set<const Component*> components;
    bool fee_told = false;
    for (const Situation& situation : samples.situations) {
      const Case* chosen = select_case(procedure_, situation);
      cases.insert(chosen);
      for (const NeededComponent& needed : components_for(procedure_, *chosen, situation)) {
        components.insert(needed.component);
      }
      if (!fee_told) fee_told = tell_missing_fee(*chosen, situation);
    }
    const Severity severity = samples.exhaustive ? Severity::error : Severity::warning;
    const std::string tried =
        samples.exhaustive
            ? "in none of the situations there can be"
            : "in none of " + std::to_string(samples.situations.size()) + " situations tried";
    for (const Case& one : procedure_.cases) {
      if (cases.contains(&one)) continue;
      // The last one is the net under the others.
      if (!one.when.has_value()) continue;
      findings_.yaml(severity, "cases[" + one.id + "]",
                     "the case `" + one.id + "` applies " + tried,
                     "correct its condition, or those of the cases before it");
    }
    for (const Component& one : procedure_.components) {
      if (components.contains(&one)) continue;
      findings_.yaml(severity, "components[" + one.id + "]",
                     "the paper `" + one.id + "` is asked for " + tried,
                     "correct `applies_when`, or remove the paper");
    }
  }

  // Only where every answer that the decision reads is there: a missing one rightly leaves it open.
  bool tell_missing_fee(const Case& chosen, const Situation& situation) {
    if (procedure_.fee_decision.empty()) return false;
    for (const rules::DecisionEntry& input : procedure_.rules->inputs()) {
      if (procedure_.form.find_field(input.name) != nullptr &&
          situation.answers.if_contains(input.name) == nullptr) {
        return false;
      }
    }
    if (fees_for(procedure_, chosen, situation)) return false;
    findings_.yaml(Severity::warning, "fees.decision",
                   "there is no fee in the case `" + chosen.id + "` (" +
                       std::string{to_text(situation.channel)} + ") for the answers " +
                       base::json::serialize(situation.answers),
                   "complete the rules of the decision `" + procedure_.fee_decision + "`");
    return true;
  }

  // `{{name}}` in a text file under templates/.
  void check_templates() {
    for (const auto& [name, text] : files_) {
      if (!name.starts_with("templates/")) continue;
      int line = 1;
      for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        if (text[i] == '\n') ++line;
        if (text[i] != '{' || text[i + 1] != '{') continue;
        const std::size_t end = text.find("}}", i);
        if (end == std::string::npos || end - i > 100) continue;
        check_template_field(name, line, text.substr(i + 2, end - i - 2));
        i = end;
      }
    }
  }

  void check_template_field(const std::string& file, int line, std::string field) {
    std::erase_if(field, [](char c) { return c == ' ' || c == '\t'; });
    const std::string root = field.substr(0, field.find('.'));
    if (procedure_.form.find_field(root) != nullptr || is_result_fact(root)) return;
    findings_.at(Severity::error, file, line,
                 "the template reads `" + field + "`, which does not exist",
                 "use the id of a field of form.yaml or a fact of the dossier");
  }

  void check_assumed() {
    if (procedure_.assumed.empty()) return;
    const auto base = prepare(files_);
    for (std::size_t i = 0; i < procedure_.assumed.size(); ++i) {
      const auto path = AttributePath::parse(procedure_.assumed[i]);
      if (path && base && find_attribute((*base)->tree, *path) != nullptr) continue;
      findings_.yaml(Severity::warning, "assumed[#" + std::to_string(i + 1) + "]",
                     "`" + procedure_.assumed[i] + "` is no attribute of the package",
                     "write it as cases[late].limits, fees or form");
    }
  }

  const Procedure& procedure_;
  const PackageFiles& files_;
  PackageFindings findings_;
};

}  // namespace

Findings check_for_publishing(const Procedure& procedure, const PackageFiles& files) {
  return PublishingCheck(procedure, files).run();
}

CheckedPackage check_package(const PackageFiles& files, const form::Dictionary& dictionary) {
  CheckedPackage checked;
  auto loaded = load_package(files, dictionary);
  if (!loaded) {
    checked.findings = to_findings(loaded.error());
    return checked;
  }
  checked.procedure = std::move(loaded).value();
  checked.findings = check_for_publishing(*checked.procedure, files);
  return checked;
}

}  // namespace procedure
