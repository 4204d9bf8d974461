// decide_filing.cpp - a dossier arrives: filed, received, or refused at reception.
#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "base/text.h"
#include "dossier/dossier_clock.h"
#include "dossier/form_numbers.h"
#include "dossier/transport.h"
#include "dossier/work.h"
#include "form/validation.h"

namespace dossier {

namespace {

constexpr std::array<const char*, 3> kReturnMethods{"counter", "online", "post"};

form::FieldProblem missing_paper(const procedure::Component& component) {
  return form::FieldProblem{
      .field = "components." + component.id,
      .page = {},
      .code = form::ProblemCode::required,
      .severity = form::Severity::error,
      .message = {"Thiếu giấy tờ: " + component.name.vi + ". Hãy đính kèm giấy tờ này.",
                  "Missing paper: " + component.name.in(calendar::Language::english) +
                      ". Please attach it."}};
}

// Papers that are needed and not there.  On line only papers to submit can be there.
std::vector<form::FieldProblem> missing_papers(
    const std::vector<procedure::NeededComponent>& needed, const File& command) {
  std::vector<form::FieldProblem> problems;
  for (const procedure::NeededComponent& one : needed) {
    if (!one.required || one.replaced) continue;
    const procedure::Component& component = *one.component;
    if (command.channel == procedure::Channel::online &&
        component.kind == procedure::ComponentKind::show) {
      continue;
    }
    const bool attached = std::ranges::any_of(command.attachments, [&](const Attachment& paper) {
      return paper.component == component.id && paper.size > 0;
    });
    const bool shown =
        command.channel != procedure::Channel::online &&
        std::ranges::find(command.shown_components, component.id) != command.shown_components.end();
    if (!attached && !shown) problems.push_back(missing_paper(component));
  }
  return problems;
}

// NĐ 118/2025, điều 13 of TT 03/2025: code of the receiving agency, day, counter of that day.
NumberSeries dossier_code_series(const std::string& agency, Instant at) {
  const std::string iso = calendar::to_iso(calendar::local_date(at));
  const std::string day = iso.substr(2, 2) + iso.substr(5, 2) + iso.substr(8, 2);
  return {.key = "dossier/" + agency + "/" + day,
          .prefix = agency + "-" + day + "-",
          .width = 4,
          .suffix = {}};
}

}  // namespace

std::string format_number(const NumberSeries& series, std::int64_t counter) {
  std::string digits = std::to_string(counter);
  if (digits.size() < static_cast<std::size_t>(series.width)) {
    digits.insert(0, static_cast<std::size_t>(series.width) - digits.size(), '0');
  }
  return series.prefix + digits + series.suffix;
}

Decision decide(const Dossier& dossier, const File& command, const Circumstances& around) {
  const procedure::Procedure& procedure = around.procedure;
  if (dossier.stage != Stage::none) return refuse(Refusal::already_filed);
  if (!procedure.takes(command.channel)) return refuse(Refusal::channel_not_offered);
  if (std::ranges::find(kReturnMethods, command.return_method) == kReturnMethods.end()) {
    return refuse(Refusal::bad_method);
  }
  const calendar::Date today = calendar::local_date(around.now);
  form::FormEvaluation evaluation = form::evaluate(procedure.form, command.answers, today);
  const procedure::Situation situation{
      .answers = evaluation.answers, .channel = command.channel, .on = today};
  const procedure::Case* chosen = procedure::select_case(procedure, situation);
  const auto needed = procedure::components_for(procedure, *chosen, situation);
  std::vector<form::FieldProblem> papers = missing_papers(needed, command);
  const bool well_answered = evaluation.acceptable();
  for (form::FieldProblem& problem : procedure::eligibility_problems(procedure, situation)) {
    evaluation.problems.push_back(std::move(problem));
  }
  if (!evaluation.acceptable()) {
    Objection objection{well_answered ? Refusal::not_eligible : Refusal::answers_incomplete,
                        std::move(evaluation.problems)};
    objection.problems.insert(objection.problems.end(), papers.begin(), papers.end());
    return base::Failure{std::move(objection)};
  }
  if (!papers.empty()) {
    return base::Failure{Objection{Refusal::components_missing, std::move(papers)}};
  }
  // Last, so that a form without a name is told of everything else, too.
  if (base::to_one_line(command.applicant.name).empty()) {
    return refuse(Refusal::applicant_missing);
  }

  Filed filed;
  filed.procedure = procedure.code;
  filed.digest = procedure.digest;
  filed.agency = command.agency;
  filed.receiving_agency = command.receiving_agency;
  filed.agencies = command.agencies;
  filed.channel = procedure::to_text(command.channel);
  filed.case_id = chosen->id;
  filed.applicant = command.applicant;
  filed.on_behalf_of = command.on_behalf_of;
  filed.acting = command.acting;
  filed.assistance = command.assistance;
  filed.answers = evaluation.answers;
  filed.attachments = command.attachments;
  filed.shown_components = command.shown_components;
  filed.return_method = command.return_method;
  // Only what differs is said: the place of return is the receiving one unless somebody chose.
  if (command.returning_agency != command.receiving_agency) {
    filed.returning_agency = command.returning_agency;
  }
  filed.competence = command.competence;
  filed.work_waits_for_papers = command.work_waits_for_papers;
  const auto limit = procedure::limit_for(procedure, *chosen, command.channel);
  if (!limit) return refuse(Refusal::channel_not_offered);
  filed.limits.published = limit->published.text();
  if (limit->internal.has_value()) filed.limits.internal = limit->internal->text();
  if (limit->cutoff.has_value()) filed.limits.cutoff_minutes = limit->cutoff->minutes;
  auto fees = procedure::fees_for(procedure, *chosen, situation);
  if (!fees) return refuse(Refusal::answers_incomplete);
  filed.fees = fees->lines;
  const auto term = term_of(filed.limits, around.now, {}, std::nullopt, around.calendar);
  if (!term) return refuse(Refusal::no_deadline);
  filed.expected_due_at = term->promised.due;

  const NumberSeries code = dossier_code_series(command.receiving_agency, around.now);
  const Dossier begun = after(dossier, filed, around);
  WorkMoved moved = TRY(move_work(begun, around, bpmn::Start{}));
  std::vector<NewEvent> events;
  events.push_back({.event = std::move(filed), .number = code});
  events.push_back({.event = std::move(moved)});
  return events;
}

Decision decide(const Dossier& dossier, const Receive& command, const Circumstances& around) {
  if (dossier.is_closed() || dossier.stage == Stage::none) return refuse(Refusal::already_closed);
  if (dossier.stage == Stage::awaiting_supplement) return refuse(Refusal::awaiting_supplement);
  const auto task = std::ranges::find_if(dossier.tasks, [&](const Task& open) {
    const procedure::Step* step = around.procedure.find_step(open.step);
    return step != nullptr && step->action == procedure::StepAction::receive;
  });
  if (task == dossier.tasks.end()) return refuse(Refusal::already_received);
  const procedure::Step* step = around.procedure.find_step(task->step);

  std::vector<NewEvent> events;
  Dossier state = dossier;
  const auto add = [&](Event event, NumberSeries number) {
    state = after(state, event, around);
    events.push_back({.event = std::move(event), .number = std::move(number)});
  };
  // Sent back to the counter: the clock runs already and is not started again.
  if (dossier.stage == Stage::filed) {
    const auto term = term_of(dossier.limits, around.now, {}, std::nullopt, around.calendar);
    if (!term) return refuse(Refusal::no_deadline);
    Received received{.due_at = term->promised.due,
                      .note = command.note,
                      .checked_components = command.checked_components,
                      .calendar = around.calendar_versions};
    state = after(state, received, around);
    const std::string& unit = dossier.receiving_agency;
    events.push_back({.event = std::move(received),
                      .number = series_of(OfficialForm::receipt, unit, around.now)});
    // The control slip goes with the dossier, and the book of its field lists it.
    add(ControlSlipOpened{}, series_of(OfficialForm::control_slip, unit, around.now));
    const std::string& field = around.procedure.field.vi;
    add(BookEntered{.book = field, .year = year_of(around.now)},
        book_series(field, unit, around.now));
    if (auto papers = papers_to_move(state, around)) {
      state = after(state, *papers, around);
      events.push_back({.event = std::move(*papers)});
    }
  }
  TaskCompleted completed{.activity = task->activity,
                          .step = task->step,
                          .outcome = step->outcomes.front().code,
                          .note = command.note,
                          .data = {}};
  state = after(state, completed, around);
  WorkMoved moved =
      TRY(move_work(state, around, bpmn::CompleteTask{completed.activity}, command.next_assignee));
  events.push_back({.event = std::move(completed)});
  events.push_back({.event = std::move(moved)});
  return events;
}

Decision decide(const Dossier& dossier, const Refuse& command, const Circumstances& around) {
  if (dossier.is_closed() || dossier.stage == Stage::none) return refuse(Refusal::already_closed);
  if (dossier.received_at.has_value()) return refuse(Refusal::already_received);
  if (!says_something(command.reason)) return refuse(Refusal::reason_missing);
  WorkMoved moved = TRY(move_work(dossier, around, bpmn::Terminate{}));
  std::vector<NewEvent> events;
  events.push_back(
      {.event = Refused{.reason = command.reason},
       .number = series_of(OfficialForm::refusal, dossier.receiving_agency, around.now)});
  events.push_back({.event = std::move(moved)});
  return events;
}

}  // namespace dossier
