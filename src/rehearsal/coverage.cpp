#include "rehearsal/coverage.h"

#include <algorithm>
#include <utility>

#include "bpmn/process.h"
#include "form/validation.h"
#include "rehearsal/line_reading.h"
#include "rules/branches.h"

namespace rehearsal {
namespace {

std::string rule_key(const rules::RuleBranch& branch) {
  const std::string number = std::to_string(branch.number);
  if (branch.kind == rules::RuleBranch::Kind::rule) {
    return "rule/" + branch.decision + "/" + number;
  }
  return "if/" + branch.decision + "/" + number +
         (branch.kind == rules::RuleBranch::Kind::then_side ? "/then" : "/else");
}

class Lister {
 public:
  Lister(const procedure::Procedure& procedure, const procedure::PackageFiles& files)
      : procedure_(procedure), files_(files) {}

  std::vector<Branch> run() {
    if (procedure_.process != nullptr) {
      process(*procedure_.process);
      outcomes(*procedure_.process);
    }
    if (procedure_.rules != nullptr) decisions();
    for (const procedure::Case& one : procedure_.cases) {
      add("case/" + one.id, BranchKind::case_chosen, "case `" + one.id + "`", "procedure.yaml",
          line_of("procedure.yaml", one.id));
    }
    for (const procedure::Component& one : procedure_.components) {
      if (one.applies_when) {
        both("paper/" + one.id, BranchKind::paper, "paper `" + one.id + "`", "asked", "not_asked",
             "procedure.yaml", one.id);
      }
    }
    for (const procedure::Eligibility& one : procedure_.eligibility) {
      both("eligible/" + one.id, BranchKind::eligibility, "condition `" + one.id + "`", "holds",
           "fails", "procedure.yaml", one.id);
    }
    for (const form::Page& page : procedure_.form.pages) {
      for (const form::Field& field : page.fields) {
        if (field.visible_when) shown_and_hidden(field.id, field.id);
        for (const form::Field& column : field.columns) {
          if (column.visible_when) shown_and_hidden(field.id + "." + column.id, column.id);
        }
      }
    }
    return std::move(branches_);
  }

 private:
  void add(std::string key, BranchKind kind, std::string what, const char* file, int line) {
    branches_.push_back({std::move(key), kind, std::move(what), file, line, false});
  }
  void both(const std::string& key, BranchKind kind, const std::string& what, const char* yes,
            const char* no, const char* file, const std::string& id) {
    for (const char* side : {yes, no}) {
      std::string said = side;
      std::ranges::replace(said, '_', ' ');
      add(key + "/" + side, kind, what + " " + said, file, line_of(file, id));
    }
  }
  void shown_and_hidden(const std::string& key, const std::string& id) {
    both("field/" + key, BranchKind::field, "field `" + key + "`", "shown", "hidden", "form.yaml",
         id);
  }

  // The line that begins "- id: X" or "- {id: X".
  [[nodiscard]] int line_of(const char* file, const std::string& id) const {
    const auto found = files_.find(file);
    if (found == files_.end()) return 0;
    std::string_view rest = found->second;
    for (int line = 1; !rest.empty(); ++line) {
      const std::size_t end = rest.find('\n');
      std::string text = trimmed(rest.substr(0, end));
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
      std::erase_if(text, [](char c) { return c == ' ' || c == '"' || c == '{'; });
      const std::string wanted = "-id:" + id;
      if (text.starts_with(wanted) &&
          (text.size() == wanted.size() || text[wanted.size()] == ',')) {
        return line;
      }
    }
    return 0;
  }

  void process(const bpmn::Process& process) {
    for (const bpmn::ProcessNode& node : process.nodes()) {
      if (bpmn::is_gateway(node.kind) && node.outgoing.size() > 1) {
        for (const bpmn::FlowIndex index : node.outgoing) {
          const bpmn::ProcessFlow& flow = process.flow(index);
          add("flow/" + flow.id, BranchKind::flow,
              "flow `" + (flow.name.empty() ? flow.id : flow.name) + "` from `" + node.id +
                  "` to `" + process.node(flow.target).id + "`",
              "process.bpmn", node.line);
        }
      }
      if (node.attached_to != bpmn::kNone && !node.outgoing.empty()) {
        add("flow/" + process.flow(node.outgoing.front()).id, BranchKind::boundary,
            "boundary event `" + node.id + "` of `" + process.node(node.attached_to).id + "`",
            "process.bpmn", node.line);
      }
    }
  }

  void outcomes(const bpmn::Process& process) {
    for (const procedure::Step& step : procedure_.steps) {
      const bpmn::ProcessNode* node = process.find_node(step.id);
      for (const procedure::Outcome& outcome : step.outcomes) {
        add("outcome/" + step.id + "/" + outcome.code, BranchKind::outcome,
            "outcome `" + outcome.code + "` of step `" + step.id + "`", "process.bpmn",
            node == nullptr ? 0 : node->line);
      }
    }
  }

  void decisions() {
    const auto& all = rules::branches_of(*procedure_.rules);
    const auto dead = rules::dead_branches(*procedure_.rules);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const rules::RuleBranch& branch = all[i];
      const std::string number = std::to_string(branch.number);
      if (branch.kind == rules::RuleBranch::Kind::rule) {
        add(rule_key(branch), BranchKind::rule,
            "rule " + number + " of decision `" + branch.decision + "`", "rules.dmn", branch.line);
      } else {
        const bool then = branch.kind == rules::RuleBranch::Kind::then_side;
        add(rule_key(branch), BranchKind::choice,
            std::string{then ? "then" : "else"} + " of `if` " + number + " of decision `" +
                branch.decision + "`",
            "rules.dmn", branch.line);
      }
      branches_.back().dead = std::ranges::binary_search(dead, i);
    }
  }

  const procedure::Procedure& procedure_;
  const procedure::PackageFiles& files_;
  std::vector<Branch> branches_;
};

void note_decision(const procedure::Procedure& procedure, const std::string& decision,
                   const rules::Value& variables, Taken& taken) {
  if (procedure.rules == nullptr || decision.empty()) return;
  std::vector<bool> noted;
  // What cannot be decided has taken branches all the same.
  (void)rules::decide_noting(*procedure.rules, decision, variables, noted);
  const auto& branches = rules::branches_of(*procedure.rules);
  for (std::size_t i = 0; i < noted.size(); ++i) {
    if (noted[i]) taken.insert(rule_key(branches[i]));
  }
}

// Of a table's columns, row by row.
void note_columns(const form::Field& table, const rules::Context& variables, Taken& taken) {
  const rules::Value* rows = variables.find(table.id);
  if (rows == nullptr || rows->if_list() == nullptr) return;
  for (const rules::Value& row : *rows->if_list()) {
    rules::Context context = variables;
    for (const form::Field& column : table.columns) context.set(column.id, row[column.id]);
    const rules::Value seen{std::move(context)};
    for (const form::Field& column : table.columns) {
      if (!column.visible_when) continue;
      taken.insert("field/" + table.id + "." + column.id +
                   (column.visible_when->holds(seen) ? "/shown" : "/hidden"));
    }
  }
}

}  // namespace

std::string_view to_text(BranchKind kind) {
  switch (kind) {
    case BranchKind::flow:
      return "flow";
    case BranchKind::boundary:
      return "boundary";
    case BranchKind::outcome:
      return "outcome";
    case BranchKind::case_chosen:
      return "case";
    case BranchKind::paper:
      return "paper";
    case BranchKind::eligibility:
      return "eligibility";
    case BranchKind::rule:
      return "rule";
    case BranchKind::choice:
      return "choice";
    case BranchKind::field:
      return "field";
  }
  return "";
}

std::vector<Branch> branches_of(const procedure::Procedure& procedure,
                                const procedure::PackageFiles& files) {
  return Lister{procedure, files}.run();
}

void note_situation(const procedure::Procedure& procedure, const procedure::Situation& situation,
                    Taken& taken) {
  const procedure::Case* chosen = procedure::select_case(procedure, situation);
  taken.insert("case/" + chosen->id);
  const rules::Context variables = procedure::variables_of(procedure, situation, chosen);
  const rules::Value seen{rules::Context{variables}};
  for (const procedure::Component& one : procedure.components) {
    if (!one.applies_when) continue;
    taken.insert("paper/" + one.id + (one.applies_when->holds(seen) ? "/asked" : "/not_asked"));
  }
  for (const procedure::Eligibility& one : procedure.eligibility) {
    if (one.holds.holds(seen)) taken.insert("eligible/" + one.id + "/holds");
    if (one.holds.fails(seen)) taken.insert("eligible/" + one.id + "/fails");
  }
  for (const form::Page& page : procedure.form.pages) {
    for (const form::Field& field : page.fields) {
      if (field.visible_when) {
        taken.insert("field/" + field.id +
                     (field.visible_when->holds(seen) ? "/shown" : "/hidden"));
      }
      if (field.type == form::FieldType::table) note_columns(field, variables, taken);
    }
  }
  note_decision(procedure, procedure.fee_decision, seen, taken);
  note_decision(procedure, procedure.authority.decision, seen, taken);
}

void note_event(const dossier::Event& event, Taken& taken) {
  if (const auto* moved = std::get_if<dossier::WorkMoved>(&event)) {
    for (const bpmn::Event& move : moved->moves) {
      if (const auto* flow = std::get_if<bpmn::FlowTaken>(&move)) {
        taken.insert("flow/" + flow->flow);
      }
    }
  }
  if (const auto* completed = std::get_if<dossier::TaskCompleted>(&event)) {
    taken.insert("outcome/" + completed->step + "/" + completed->outcome);
  }
}

int Coverage::percent() const {
  return all.empty() ? 100 : static_cast<int>(covered() * 100 / all.size());
}

Coverage coverage_of(const procedure::Procedure& procedure, const Taken& taken,
                     const procedure::PackageFiles& files) {
  Coverage coverage;
  coverage.all = branches_of(procedure, files);
  for (const Branch& branch : coverage.all) {
    if (!taken.contains(branch.key)) coverage.missing.push_back(branch);
  }
  return coverage;
}

}  // namespace rehearsal
