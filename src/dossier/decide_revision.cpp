#include <algorithm>

#include "bpmn/instance_json.h"
#include "bpmn/instance_migration.h"
#include "dossier/work.h"
#include "rules/expression.h"

namespace dossier {

namespace {

// Conditions read what the dossier has: the form it was filed with, and the outcomes of steps.
bool reads_only_what_is_there(const procedure::Procedure& to) {
  return std::ranges::all_of(to.process->flows(), [&](const bpmn::ProcessFlow& flow) {
    return flow.condition == nullptr ||
           std::ranges::all_of(flow.condition->names(), [&](const std::string& name) {
             return name == "today" || name == "channel" || name == "case_id" ||
                    name == "outcome" || name.ends_with("_outcome") ||
                    to.form.find_field(name) != nullptr;
           });
  });
}

}  // namespace

Decision decide(const Dossier& dossier, const ChangeRevision& command,
                const Circumstances& around) {
  const procedure::Procedure& to = *command.to;
  if (dossier.is_closed() || dossier.stage == Stage::none) return refuse(Refusal::already_closed);
  if (dossier.erased) return refuse(Refusal::already_erased);
  if (dossier.digest == to.digest) return refuse(Refusal::same_revision);
  if (!says_something(command.reason)) return refuse(Refusal::reason_missing);
  if (!says_something(command.act)) return refuse(Refusal::basis_missing);
  if (!reads_only_what_is_there(to)) return refuse(Refusal::revision_not_carried);
  bpmn::ElementMapping mapping(command.mapping.begin(), command.mapping.end());
  const auto carried =
      bpmn::migrate(*around.procedure.process, dossier.process, *to.process, mapping);
  if (!carried) {
    Objection objection{Refusal::revision_not_carried, {}};
    for (const bpmn::MigrationObstacle& one : carried.error()) {
      const std::string what{bpmn::to_string(one.kind)};
      const std::string name = one.name.empty() ? one.element : one.name;
      objection.problems.push_back(
          {.field = one.element,
           .page = {},
           .code = form::ProblemCode::check_failed,
           .severity = form::Severity::error,
           .message = {name + " (" + what + ")", name + " (" + what + ")"}});
    }
    return base::Failure{std::move(objection)};
  }
  RevisionChanged changed{.from = dossier.digest,
                          .to = to.digest,
                          .mapping = command.mapping,
                          .process = bpmn::to_json_text(*to.process, *carried),
                          .tasks = {},
                          .reason = command.reason,
                          .act = command.act,
                          .migration = command.migration};
  for (const Task& task : dossier.tasks) {
    const auto renamed = command.mapping.find(task.step);
    const procedure::Step* step =
        to.find_step(renamed == command.mapping.end() ? task.step : renamed->second);
    if (step == nullptr) return refuse(Refusal::revision_not_carried);
    const auto agency = dossier.agencies.find(std::string{procedure::to_text(step->agency)});
    // Whoever has it keeps it, with the time he was given; a step that passes to others is theirs.
    const procedure::Step* before = around.procedure.find_step(task.step);
    const bool same_limit = before != nullptr && before->limit == step->limit;
    changed.tasks.push_back(
        {.activity = task.activity,
         .step = step->id,
         .agency = agency == dossier.agencies.end() ? dossier.agency : agency->second,
         .role = std::string{party::name(step->role)},
         .due_at = same_limit ? task.due_at
                              : step_due(*step, task.opened_at, dossier.pauses, around.calendar)});
  }
  std::vector<NewEvent> events;
  events.push_back({.event = std::move(changed)});
  return events;
}

}  // namespace dossier
