#include "dossier/work.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/text.h"
#include "form/validation.h"

namespace dossier {

rules::Value process_variables(const Dossier& dossier, const Circumstances& around) {
  const rules::Value answers =
      form::feel_context(around.procedure.form, dossier.answers, calendar::local_date(around.now));
  rules::Context variables =
      answers.if_context() != nullptr ? *answers.if_context() : rules::Context{};
  for (const auto& [name, outcome] : dossier.outcomes) variables.set(name, outcome);
  variables.set("case_id", dossier.case_id);
  variables.set("channel", dossier.channel);
  return rules::Value{std::move(variables)};
}

std::optional<Instant> step_due(const procedure::Step& step, Instant from,
                                const std::vector<calendar::Pause>& pauses,
                                const calendar::OfficeCalendar& office) {
  if (!step.limit.has_value()) return std::nullopt;
  calendar::DeadlineRequest request{.start = from, .limit = *step.limit};
  for (const calendar::Pause& pause : pauses) {
    if (!pause.to.has_value() || *pause.to > from) {
      request.pauses.push_back(pause);
      request.pauses.back().from = std::max(pause.from, from);
    }
  }
  const auto deadline = calendar::deadline(request, office);
  return deadline ? deadline->due : std::nullopt;
}

base::Result<WorkMoved, Objection> move_work(const Dossier& dossier, const Circumstances& around,
                                             const bpmn::Trigger& trigger,
                                             const std::optional<Actor>& assignee) {
  const procedure::Procedure& procedure = around.procedure;
  auto moves =
      bpmn::step(*procedure.process, dossier.process, trigger, process_variables(dossier, around));
  if (!moves) return refuse(Refusal::process_stuck);
  WorkMoved moved;
  moved.moves = std::move(moves).value();
  for (const bpmn::Event& move : moved.moves) {
    const auto* task = std::get_if<bpmn::TaskOpened>(&move);
    if (task == nullptr) continue;
    const procedure::Step* step = procedure.find_step(task->node);
    if (step == nullptr) return refuse(Refusal::process_stuck);
    TaskOpening opening;
    opening.activity = task->activity;
    opening.step = step->id;
    const std::string part{procedure::to_text(step->agency)};
    const auto agency = dossier.agencies.find(part);
    opening.agency = agency == dossier.agencies.end() ? dossier.agency : agency->second;
    // The applicant chose where he fetches it.
    if (step->action == procedure::StepAction::return_result &&
        step->agency == procedure::AgencyPart::receiving && !dossier.returning_agency.empty()) {
      opening.agency = dossier.returning_agency;
    }
    opening.role = party::name(step->role);
    opening.due_at = step_due(*step, around.now, {}, around.calendar);
    const auto before = std::find_if(dossier.trail.rbegin(), dossier.trail.rend(),
                                     [&](const TrailEntry& e) { return e.step == step->id; });
    if (before != dossier.trail.rend() && !before->officer_id.empty()) {
      opening.assignee_id = before->officer_id;
      opening.assignee_name = before->officer_name;
    }
    moved.opened.push_back(std::move(opening));
  }
  if (assignee.has_value() && moved.opened.size() == 1) {
    moved.opened.front().assignee_id = assignee->id;
    moved.opened.front().assignee_name = assignee->name;
  }
  return moved;
}

Dossier after(const Dossier& dossier, const Event& event, const Circumstances& around) {
  Dossier next = dossier;
  apply(around.procedure, next,
        EventRecord{.sequence = dossier.version + 1,
                    .at = around.now,
                    .actor = around.actor,
                    .number = {},
                    .event = event});
  return next;
}

form::FormEvaluation evaluate_change(const Dossier& dossier, const base::json::object& answers,
                                     const Circumstances& around) {
  const form::Form& form = around.procedure.form;
  form::FormEvaluation then = form::evaluate(form, answers, calendar::local_date(dossier.filed_at));
  if (then.acceptable()) return then;
  form::FormEvaluation now = form::evaluate(form, answers, calendar::local_date(around.now));
  return now.acceptable() ? now : then;
}

bool says_something(const std::string& reason) {
  return base::length_in_characters(base::to_one_line(reason)) >= 5;
}

}  // namespace dossier
