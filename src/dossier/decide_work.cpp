// decide_work.cpp - tasks: completed, assigned, recalled, sent back; data corrected; papers added.
#include <algorithm>

#include <boost/json.hpp>

#include "dossier/form_numbers.h"
#include "dossier/transport.h"
#include "dossier/work.h"
#include "form/validation.h"

namespace dossier {

namespace {

// The states in which work may go on.
base::Result<base::Done, Objection> open_for_work(const Dossier& dossier) {
  if (dossier.is_closed() || dossier.stage == Stage::none) return refuse(Refusal::already_closed);
  if (dossier.stage == Stage::awaiting_supplement) return refuse(Refusal::awaiting_supplement);
  return base::Done{};
}

bool completed_here(procedure::StepAction action) {
  switch (action) {
    case procedure::StepAction::assign:
    case procedure::StepAction::process:
    case procedure::StepAction::consult:
    case procedure::StepAction::approve:
      return true;
    case procedure::StepAction::receive:
    case procedure::StepAction::issue:
    case procedure::StepAction::return_result:
      return false;
  }
  return false;
}

}  // namespace

Decision decide(const Dossier& dossier, const CompleteTask& command, const Circumstances& around) {
  const auto open = open_for_work(dossier);
  if (!open) return base::Failure{open.error()};
  const Task* task = dossier.find_task(command.activity);
  if (task == nullptr) return refuse(Refusal::task_not_open);
  const procedure::Step* step = around.procedure.find_step(task->step);
  if (step == nullptr) return refuse(Refusal::task_not_open);
  if (!completed_here(step->action)) return refuse(Refusal::wrong_action);
  // The electronic work goes on without the papers, unless the province says otherwise.
  if (dossier.work_waits_for_papers && dossier.open_transport(kPapers) != nullptr) {
    return refuse(Refusal::papers_not_there);
  }
  const procedure::Outcome* outcome = step->find_outcome(command.outcome);
  if (outcome == nullptr) return refuse(Refusal::unknown_outcome);
  if (outcome->needs_reason && !says_something(command.note)) {
    return refuse(Refusal::reason_missing);
  }
  TaskCompleted completed{.activity = command.activity,
                          .step = task->step,
                          .outcome = command.outcome,
                          .note = command.note,
                          .data = command.data};
  const Dossier state = after(dossier, completed, around);
  WorkMoved moved =
      TRY(move_work(state, around, bpmn::CompleteTask{command.activity}, command.next_assignee));
  const Dossier next = after(state, moved, around);
  std::vector<NewEvent> events;
  events.push_back({.event = std::move(completed)});
  events.push_back({.event = std::move(moved)});
  // The process ended without a result: the dossier is stopped, with the officer's words.
  if (next.process.is_over() && !next.result.has_value()) {
    events.push_back(
        {.event =
             Stopped{.reason = says_something(command.note) ? command.note : outcome->label.vi},
         .number = series_of(OfficialForm::stop, dossier.receiving_agency, around.now)});
  }
  return events;
}

Decision decide(const Dossier& dossier, const Assign& command, const Circumstances& /*around*/) {
  if (dossier.is_closed()) return refuse(Refusal::already_closed);
  const Task* task = dossier.find_task(command.activity);
  if (task == nullptr) return refuse(Refusal::task_not_open);
  if (task->assignee_id == command.officer.id) return refuse(Refusal::nothing_changed);
  if (!task->assignee_id.empty() && !says_something(command.reason)) {
    return refuse(Refusal::already_assigned);
  }
  std::vector<NewEvent> events;
  events.push_back({.event = TaskAssigned{.activity = command.activity,
                                          .step = task->step,
                                          .officer_id = command.officer.id,
                                          .officer_name = command.officer.name,
                                          .reason = command.reason}});
  return events;
}

Decision decide(const Dossier& dossier, const Recall& command, const Circumstances& around) {
  const auto open = open_for_work(dossier);
  if (!open) return base::Failure{open.error()};
  if (dossier.stage == Stage::finished) return refuse(Refusal::result_already_issued);
  if (dossier.trail.empty() || dossier.tasks.size() != 1) return refuse(Refusal::nothing_before);
  const TrailEntry& last = dossier.trail.back();
  if (last.officer_id != around.actor.id) return refuse(Refusal::not_yours);
  if (dossier.version != last.moved_at) return refuse(Refusal::already_taken_up);
  if (!says_something(command.reason)) return refuse(Refusal::reason_missing);
  const Task& task = dossier.tasks.front();
  TaskRecalled recalled{.activity = task.activity,
                        .from_step = task.step,
                        .to_step = last.step,
                        .reason = command.reason};
  WorkMoved moved = TRY(move_work(dossier, around, bpmn::MoveToken{task.activity, last.step}));
  std::vector<NewEvent> events;
  events.push_back({.event = std::move(recalled)});
  events.push_back({.event = std::move(moved)});
  return events;
}

Decision decide(const Dossier& dossier, const SendBack& command, const Circumstances& around) {
  const auto open = open_for_work(dossier);
  if (!open) return base::Failure{open.error()};
  if (dossier.stage == Stage::finished) return refuse(Refusal::result_already_issued);
  const Task* task = dossier.find_task(command.activity);
  if (task == nullptr) return refuse(Refusal::task_not_open);
  if (!says_something(command.reason)) return refuse(Refusal::reason_missing);
  // The step that led to this one at first: where the work has come back by an outcome, what was
  // done last lies ahead, not behind.
  const auto first = std::ranges::find(dossier.trail, task->step, &TrailEntry::step);
  const auto before =
      std::find_if(std::make_reverse_iterator(first), dossier.trail.rend(),
                   [&](const TrailEntry& entry) { return entry.step != task->step; });
  if (before == dossier.trail.rend()) return refuse(Refusal::nothing_before);
  TaskSentBack sent_back{.activity = task->activity,
                         .from_step = task->step,
                         .to_step = before->step,
                         .reason = command.reason};
  WorkMoved moved = TRY(move_work(dossier, around, bpmn::MoveToken{task->activity, before->step}));
  std::vector<NewEvent> events;
  events.push_back({.event = std::move(sent_back)});
  events.push_back({.event = std::move(moved)});
  return events;
}

Decision decide(const Dossier& dossier, const Correct& command, const Circumstances& around) {
  if (dossier.is_closed() || dossier.stage == Stage::none) return refuse(Refusal::already_closed);
  if (dossier.stage == Stage::finished) return refuse(Refusal::result_already_issued);
  if (around.procedure.form.find_field(command.field) == nullptr) {
    return refuse(Refusal::unknown_field);
  }
  if (!says_something(command.reason)) return refuse(Refusal::reason_missing);
  base::json::object changed = dossier.answers;
  if (command.value.is_null()) {
    changed.erase(command.field);
  } else {
    changed[command.field] = command.value;
  }
  form::FormEvaluation evaluation = evaluate_change(dossier, changed, around);
  if (!evaluation.acceptable()) {
    return base::Failure{Objection{Refusal::value_not_accepted, std::move(evaluation.problems)}};
  }
  const auto* before = dossier.answers.if_contains(command.field);
  const auto* now = evaluation.answers.if_contains(command.field);
  Corrected corrected{.field = command.field,
                      .before = before == nullptr ? base::json::value{} : *before,
                      .after = now == nullptr ? base::json::value{} : *now,
                      .reason = command.reason};
  if (corrected.before == corrected.after) return refuse(Refusal::nothing_changed);
  std::vector<NewEvent> events;
  events.push_back({.event = std::move(corrected)});
  const procedure::Case* chosen = around.procedure.find_case(dossier.case_id);
  if (chosen != nullptr) {
    auto fees = procedure::fees_for(
        around.procedure, *chosen,
        {.answers = evaluation.answers,
         .channel = procedure::find_channel(dossier.channel).value_or(procedure::Channel::counter),
         .on = calendar::local_date(dossier.filed_at)});
    if (fees && fees->lines != dossier.fees) events.push_back({.event = FeeAssessed{fees->lines}});
  }
  return events;
}

Decision decide(const Dossier& dossier, const AttachFile& command,
                const Circumstances& /*around*/) {
  if (dossier.is_closed() || dossier.stage == Stage::none) return refuse(Refusal::already_closed);
  std::vector<NewEvent> events;
  events.push_back({.event = FileAttached{command.attachment}});
  return events;
}

}  // namespace dossier
