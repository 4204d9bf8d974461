// decide_supplement.cpp - the applicant is asked to complete the dossier, and does.
#include <boost/json.hpp>

#include "base/text.h"
#include "dossier/dossier_clock.h"
#include "dossier/form_numbers.h"
#include "dossier/transport.h"
#include "dossier/work.h"
#include "form/validation.h"

namespace dossier {

namespace {

// What `after` says differently; null where it says nothing any more.
base::json::object changes(const base::json::object& before, const base::json::object& after) {
  base::json::object changed;
  for (const auto& answer : after) {
    const auto* old = before.if_contains(answer.key());
    if (old == nullptr || *old != answer.value()) changed[answer.key()] = answer.value();
  }
  for (const auto& answer : before) {
    if (!after.contains(answer.key())) changed[answer.key()] = nullptr;
  }
  return changed;
}

// The pauses that a step's own limit sees.  Before reception the dossier's clock has not started,
// so it records none, but the counter waited all the same.
std::vector<calendar::Pause> pauses_of_steps(const Dossier& before, const Dossier& after,
                                             Instant now) {
  std::vector<calendar::Pause> pauses = after.pauses;
  if (!before.received_at.has_value() && before.supplement.has_value()) {
    pauses.push_back({.from = before.supplement->requested_at, .to = now});
  }
  return pauses;
}

}  // namespace

// Source: NĐ 118/2025/NĐ-CP (one request, complete, with its reason).
Decision decide(const Dossier& dossier, const RequestSupplement& command,
                const Circumstances& around) {
  if (dossier.is_closed() || dossier.stage == Stage::none) return refuse(Refusal::already_closed);
  if (dossier.stage == Stage::finished) return refuse(Refusal::result_already_issued);
  if (dossier.stage == Stage::awaiting_supplement) return refuse(Refusal::awaiting_supplement);
  if (dossier.pause.has_value()) return refuse(Refusal::clock_already_paused);
  if (dossier.pauses.size() >= kPausesMax) return refuse(Refusal::paused_too_often);
  if (command.items.empty()) return refuse(Refusal::nothing_asked);
  for (const SupplementItem& item : command.items) {
    if (base::to_one_line(item.what).empty()) return refuse(Refusal::nothing_asked);
  }
  if (!says_something(command.reason)) return refuse(Refusal::reason_missing);
  if (dossier.supplements_requested > 0 &&
      (!command.by_supervisor || !says_something(command.repeat_reason))) {
    return refuse(Refusal::second_supplement);
  }
  std::vector<NewEvent> events;
  events.push_back(
      {.event =
           SupplementRequested{
               .items = command.items,
               .reason = command.reason,
               .repeat_reason = dossier.supplements_requested > 0 ? command.repeat_reason : ""},
       .number = series_of(OfficialForm::supplement, dossier.receiving_agency, around.now)});
  return events;
}

Decision decide(const Dossier& dossier, const Supplement& command, const Circumstances& around) {
  if (dossier.is_closed()) return refuse(Refusal::already_closed);
  if (dossier.stage != Stage::awaiting_supplement) return refuse(Refusal::no_supplement_open);
  if (command.answers.empty() && command.attachments.empty() &&
      base::to_one_line(command.note).empty()) {
    return refuse(Refusal::supplement_empty);
  }
  Supplemented supplemented{.answers = command.answers,
                            .attachments = command.attachments,
                            .note = command.note,
                            .restarts = false,
                            .due_at = std::nullopt,
                            .task_due = {},
                            .calendar = {}};
  if (!command.answers.empty()) {
    base::json::object merged = dossier.answers;
    for (const auto& answer : command.answers) merged[answer.key()] = answer.value();
    form::FormEvaluation evaluation = evaluate_change(dossier, merged, around);
    if (!evaluation.acceptable()) {
      return base::Failure{Objection{Refusal::answers_incomplete, std::move(evaluation.problems)}};
    }
    supplemented.answers = changes(dossier.answers, evaluation.answers);
  }
  std::vector<NewEvent> events;
  if (dossier.received_at.has_value()) {
    // Source: NĐ 118/2025/NĐ-CP: the term begins anew once the dossier is complete.
    supplemented.restarts = true;
    supplemented.calendar = around.calendar_versions;
    const Dossier next = after(dossier, supplemented, around);
    const auto term = term_of(next, around.calendar);
    if (!term) return refuse(Refusal::no_deadline);
    supplemented.due_at = term->due();
  }
  const auto pauses = pauses_of_steps(dossier, after(dossier, supplemented, around), around.now);
  for (const Task& task : dossier.tasks) {
    const procedure::Step* step = around.procedure.find_step(task.step);
    if (step == nullptr) continue;
    supplemented.task_due[std::to_string(task.activity)] =
        step_due(*step, task.opened_at, pauses, around.calendar);
  }
  Dossier next = after(dossier, supplemented, around);
  const auto papers = papers_to_move(next, command.attachments, around);
  events.push_back({.event = std::move(supplemented)});
  if (papers.has_value()) events.push_back({.event = *papers});
  // Changed answers may change what is to be paid.
  const procedure::Situation situation{
      .answers = next.answers,
      .channel = procedure::find_channel(next.channel).value_or(procedure::Channel::counter),
      .on = calendar::local_date(next.filed_at)};
  const procedure::Case* chosen = around.procedure.find_case(next.case_id);
  if (chosen != nullptr) {
    auto fees = procedure::fees_for(around.procedure, *chosen, situation);
    if (fees && fees->lines != next.fees) events.push_back({.event = FeeAssessed{fees->lines}});
  }
  return events;
}

}  // namespace dossier
