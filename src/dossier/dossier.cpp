#include "dossier/dossier.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/overloaded.h"
#include "bpmn/instance_json.h"
#include "dossier/erasure.h"
#include "dossier/transport.h"

namespace dossier {

namespace {

void open_tasks(Dossier& dossier, const WorkMoved& moved, Instant at) {
  for (const TaskOpening& opening : moved.opened) {
    dossier.tasks.push_back(Task{.activity = opening.activity,
                                 .step = opening.step,
                                 .agency = opening.agency,
                                 .role = opening.role,
                                 .assignee_id = opening.assignee_id,
                                 .assignee_name = opening.assignee_name,
                                 .opened_at = at,
                                 .due_at = opening.due_at});
  }
}

// Tasks that the engine no longer holds open are gone.
void drop_closed_tasks(Dossier& dossier) {
  std::erase_if(dossier.tasks,
                [&](const Task& task) { return dossier.process.find(task.activity) == nullptr; });
}

void close_last_pause(Dossier& dossier, Instant at) {
  if (!dossier.pause_bases.empty() && !dossier.pause_bases.back().to.has_value()) {
    dossier.pause_bases.back().to = at;
  }
  if (!dossier.pauses.empty() && !dossier.pauses.back().to.has_value()) {
    dossier.pauses.back().to = at;
  }
}

void end(Dossier& dossier, Stage stage, const std::string& reason, Instant at) {
  dossier.stage = stage;
  dossier.end_reason = reason;
  dossier.finished_at = at;
  dossier.supplement.reset();
  dossier.pause.reset();
  close_last_pause(dossier, at);
}

void move_task_dates(Dossier& dossier,
                     const std::map<std::string, std::optional<Instant>>& task_due) {
  for (Task& task : dossier.tasks) {
    const auto due = task_due.find(std::to_string(task.activity));
    if (due != task_due.end()) task.due_at = due->second;
  }
}

void change_revision(const procedure::Procedure& procedure, Dossier& dossier,
                     const RevisionChanged& event) {
  dossier.digest = event.to;
  if (auto carried = bpmn::read_instance(*procedure.process, event.process)) {
    dossier.process = std::move(carried).value();
  }
  const auto renamed = [&](const std::string& step) {
    const auto found = event.mapping.find(step);
    return found == event.mapping.end() ? step : found->second;
  };
  for (Task& task : dossier.tasks) {
    const auto carried = std::ranges::find(event.tasks, task.activity, &TaskCarried::activity);
    if (carried == event.tasks.end()) continue;
    task.step = carried->step;
    task.agency = carried->agency;
    task.role = carried->role;
    task.due_at = carried->due_at;
  }
  for (TrailEntry& entry : dossier.trail) entry.step = renamed(entry.step);
  for (const auto& [old_step, new_step] : event.mapping) {
    auto outcome = dossier.outcomes.extract(old_step + "_outcome");
    if (outcome.empty()) continue;
    outcome.key() = new_step + "_outcome";
    dossier.outcomes.insert(std::move(outcome));
  }
}

// Nobody's work: what time or the till did is no reason that a task cannot be recalled.
bool is_quiet(const Event& event) {
  return std::holds_alternative<DueSoon>(event) || std::holds_alternative<DuePassed>(event) ||
         std::holds_alternative<PauseOverran>(event) ||
         std::holds_alternative<DueRecomputed>(event) ||
         std::holds_alternative<RevisionChanged>(event) ||
         std::holds_alternative<ApologyDrafted>(event) ||
         std::holds_alternative<SilenceTookEffect>(event) ||
         std::holds_alternative<ReturnPlaceChanged>(event) ||
         std::holds_alternative<TransportOpened>(event) ||
         std::holds_alternative<HandedOver>(event) || std::holds_alternative<TakenOver>(event) ||
         std::holds_alternative<TransportClosed>(event) ||
         std::holds_alternative<HandOverLate>(event) ||
         std::holds_alternative<PaymentRecorded>(event) ||
         std::holds_alternative<RefundRecorded>(event);
}

void apply_filed(Dossier& dossier, const Filed& event, const EventRecord& record) {
  dossier.code = record.number;
  dossier.procedure = event.procedure;
  dossier.digest = event.digest;
  dossier.agency = event.agency;
  dossier.receiving_agency = event.receiving_agency;
  dossier.returning_agency = event.returning_agency;
  dossier.competence = event.competence;
  dossier.work_waits_for_papers = event.work_waits_for_papers;
  dossier.agencies = event.agencies;
  dossier.channel = event.channel;
  dossier.case_id = event.case_id;
  dossier.applicant = event.applicant;
  dossier.on_behalf_of = event.on_behalf_of;
  dossier.acting = event.acting;
  dossier.assistance = event.assistance;
  dossier.answers = event.answers;
  dossier.attachments = event.attachments;
  dossier.shown_components = event.shown_components;
  dossier.return_method = event.return_method;
  dossier.limits = event.limits;
  dossier.fees = event.fees;
  dossier.expected_due_at = event.expected_due_at;
  dossier.stage = Stage::filed;
  dossier.filed_at = record.at;
}

void apply_supplemented(Dossier& dossier, const Supplemented& event, Instant at) {
  for (const auto& answer : event.answers) {
    if (answer.value().is_null()) {
      dossier.answers.erase(answer.key());
    } else {
      dossier.answers[answer.key()] = answer.value();
    }
  }
  dossier.attachments.insert(dossier.attachments.end(), event.attachments.begin(),
                             event.attachments.end());
  dossier.stage = dossier.stage_before_supplement;
  dossier.supplement.reset();
  close_last_pause(dossier, at);
  if (event.restarts) dossier.restarted_at = at;
  dossier.due_at = event.due_at;
  if (event.due_at.has_value()) {
    dossier.clock_set_at = at;
    dossier.clock_calendar = event.calendar;
  }
  move_task_dates(dossier, event.task_due);
}

void apply_apology(Dossier& dossier, const ApologySigned& event, const EventRecord& record) {
  Apology apology = dossier.apology.value_or(Apology{});
  if (!dossier.apology.has_value() || dossier.apology->signed_at.has_value()) {
    apology.drafted_by = record.actor.name;
    apology.drafted_at = record.at;
  }
  apology.due_at = event.due_at;
  apology.new_due_at = event.new_due_at;
  apology.reason = event.reason;
  apology.number = record.number;
  apology.signed_at = record.at;
  apology.signed_by = record.actor.name;
  apology.signer_id = record.actor.id;
  apology.position = event.position;
  apology.in_time = event.in_time;
  apology.signature = event.signature;
  dossier.apology = std::move(apology);
  dossier.extensions += 1;
  if (event.in_time) {
    dossier.extended_to = event.new_due_at;
    dossier.extended_at = record.at;
    dossier.due_at = event.new_due_at;
    dossier.clock_set_at = record.at;
    dossier.clock_calendar = event.calendar;
  }
}

}  // namespace

const Task* Dossier::find_task(std::uint32_t activity) const {
  const auto found = std::ranges::find(tasks, activity, &Task::activity);
  return found == tasks.end() ? nullptr : &*found;
}

std::int64_t Dossier::fee_total() const {
  std::int64_t total = 0;
  for (const procedure::FeeLine& line : fees) total += line.amount;
  return total;
}

std::int64_t Dossier::paid() const {
  std::int64_t total = 0;
  for (const Payment& payment : payments)
    total += payment.refund ? -payment.amount : payment.amount;
  return total;
}

const Attachment* Dossier::find_attachment(std::string_view id) const {
  const auto found = std::ranges::find(attachments, id, &Attachment::id);
  if (found != attachments.end()) return &*found;
  if (result.has_value() && result->file.has_value() && result->file->id == id) {
    return &*result->file;
  }
  return nullptr;
}

const Transport* Dossier::find_transport(std::uint32_t number) const {
  const auto found = std::ranges::find(transports, number, &Transport::number);
  return found == transports.end() ? nullptr : &*found;
}

const Transport* Dossier::open_transport(std::string_view cargo) const {
  const auto found = std::ranges::find_if(
      transports, [&](const Transport& one) { return one.is_open() && one.cargo == cargo; });
  return found == transports.end() ? nullptr : &*found;
}

bool Dossier::is_paused() const {
  return stage == Stage::awaiting_supplement || pause.has_value();
}

std::optional<Instant> Dossier::appointed_at() const {
  const bool late_promise =
      apology.has_value() && apology->signed_at.has_value() && !apology->in_time;
  // What was promised in writing stands, whatever has moved since.
  if (late_promise && due_at.has_value()) return std::max(due_at, apology->new_due_at);
  return due_at;
}

bool Dossier::is_closed() const {
  return stage == Stage::refused || stage == Stage::withdrawn || stage == Stage::stopped ||
         stage == Stage::returned;
}

void apply(const procedure::Procedure& procedure, Dossier& dossier, const EventRecord& record) {
  const Instant at = record.at;
  std::visit(
      base::Overloaded{
          [&](const Filed& event) { apply_filed(dossier, event, record); },
          [&](const Received& event) {
            dossier.stage = Stage::processing;
            dossier.received_at = at;
            dossier.received_by = record.actor.name;
            dossier.due_at = event.due_at;
            dossier.clock_set_at = at;
            dossier.clock_calendar = event.calendar;
            dossier.slip_number = record.number;
            for (const std::string& component : event.checked_components) {
              if (std::ranges::find(dossier.shown_components, component) ==
                  dossier.shown_components.end()) {
                dossier.shown_components.push_back(component);
              }
            }
          },
          [&](const Refused& event) {
            end(dossier, Stage::refused, event.reason, at);
            dossier.end_number = record.number;
          },
          [&](const WorkMoved& event) {
            for (const bpmn::Event& move : event.moves) {
              bpmn::apply_to(*procedure.process, dossier.process, move);
            }
            drop_closed_tasks(dossier);
            open_tasks(dossier, event, at);
            if (!dossier.trail.empty() && dossier.trail.back().moved_at == 0) {
              dossier.trail.back().moved_at = record.sequence;
            }
          },
          [&](const TaskCompleted& event) {
            dossier.outcomes["outcome"] = event.outcome;
            dossier.outcomes[event.step + "_outcome"] = event.outcome;
            dossier.trail.push_back(TrailEntry{.step = event.step,
                                               .officer_id = record.actor.id,
                                               .officer_name = record.actor.name,
                                               .agency = record.actor.agency,
                                               .moved_at = 0,
                                               .signature = event.signature});
          },
          [&](const TaskAssigned& event) {
            for (Task& task : dossier.tasks) {
              if (task.activity != event.activity) continue;
              task.assignee_id = event.officer_id;
              task.assignee_name = event.officer_name;
            }
            // That somebody is called for it takes it up for nobody: it can still be recalled.
            if (event.officer_id.empty() && !dossier.trail.empty() &&
                dossier.trail.back().moved_at + 1 == record.sequence) {
              dossier.trail.back().moved_at = record.sequence;
            }
          },
          // The move itself follows as WorkMoved.
          [&](const TaskSentBack& event) {
            while (!dossier.trail.empty()) {
              const bool reached = dossier.trail.back().step == event.to_step;
              dossier.trail.pop_back();
              if (reached) break;
            }
          },
          [&](const TaskRecalled&) {
            if (!dossier.trail.empty()) dossier.trail.pop_back();
          },
          [&](const SupplementRequested& event) {
            dossier.stage_before_supplement = dossier.stage;
            dossier.stage = Stage::awaiting_supplement;
            dossier.supplements_requested += 1;
            dossier.time.pause_ended.reset();
            dossier.supplement_number = record.number;
            dossier.supplement = SupplementRequest{.items = event.items,
                                                   .reason = event.reason,
                                                   .requested_at = at,
                                                   .by = record.actor.name};
            if (dossier.received_at.has_value()) {
              dossier.pauses.push_back({.from = at, .to = std::nullopt});
              dossier.due_at.reset();
            }
          },
          [&](const Supplemented& event) { apply_supplemented(dossier, event, at); },
          [&](const Corrected& event) {
            if (event.after.is_null()) {
              dossier.answers.erase(event.field);
            } else {
              dossier.answers[event.field] = event.after;
            }
            dossier.corrections.push_back(Correction{.field = event.field,
                                                     .before = event.before,
                                                     .after = event.after,
                                                     .reason = event.reason,
                                                     .by = record.actor.name,
                                                     .at = at});
          },
          [&](const FeeAssessed& event) { dossier.fees = event.fees; },
          [&](const FileAttached& event) { dossier.attachments.push_back(event.attachment); },
          [&](const ResultIssued& event) {
            dossier.stage = Stage::finished;
            dossier.finished_at = at;
            dossier.result =
                IssuedResult{.code = event.code,
                             .number = event.number.empty() ? record.number : event.number,
                             .file = event.file,
                             .template_id = event.template_id,
                             .issued_by = record.actor.name,
                             .issued_at = at,
                             .returned_at = std::nullopt,
                             .method = {},
                             .received_by = {}};
          },
          [&](const ResultReturned& event) {
            dossier.stage = Stage::returned;
            if (dossier.result.has_value()) {
              dossier.result->returned_at = at;
              dossier.result->method = event.method;
              dossier.result->received_by = event.received_by;
            }
          },
          [&](const Withdrawn& event) {
            end(dossier, Stage::withdrawn, event.reason, at);
            dossier.end_number = record.number;
          },
          [&](const Stopped& event) {
            end(dossier, Stage::stopped, event.reason, at);
            dossier.end_number = record.number;
          },
          [&](const PaymentRecorded& event) {
            dossier.payments.push_back(Payment{.receipt = record.number,
                                               .refund = false,
                                               .refunded_receipt = {},
                                               .amount = event.amount,
                                               .method = event.method,
                                               .reference = event.reference,
                                               .reason = event.reason,
                                               .at = at,
                                               .officer_id = record.actor.id,
                                               .officer_name = record.actor.name});
          },
          [&](const RefundRecorded& event) {
            dossier.payments.push_back(Payment{.receipt = record.number,
                                               .refund = true,
                                               .refunded_receipt = event.receipt,
                                               .amount = event.amount,
                                               .method = {},
                                               .reference = {},
                                               .reason = event.reason,
                                               .at = at,
                                               .officer_id = record.actor.id,
                                               .officer_name = record.actor.name});
          },
          [&](const Rated& event) {
            dossier.rating = Rating{.score = event.score, .comment = event.comment};
          },
          [&](const ControlSlipOpened&) { dossier.control_number = record.number; },
          [&](const BookEntered& event) {
            dossier.book = event.book;
            dossier.book_year = event.year;
            dossier.book_number = record.number;
          },
          [&](const ClockPaused& event) {
            dossier.time.pause_ended.reset();
            dossier.pause = OpenPause{.cause = event.cause,
                                      .basis = event.basis,
                                      .note = event.note,
                                      .since = at,
                                      .expected_until = event.expected_until,
                                      .by = record.actor.name};
            dossier.pauses.push_back({.from = at,
                                      .to = std::nullopt,
                                      .reason = calendar::parse_pause_reason(event.cause)
                                                    .value_or(calendar::PauseReason::other)});
            dossier.pause_bases.push_back({.from = at, .to = std::nullopt, .basis = event.basis});
            dossier.due_at.reset();
          },
          [&](const ClockResumed& event) {
            dossier.pause.reset();
            close_last_pause(dossier, at);
            dossier.due_at = event.due_at;
            dossier.clock_set_at = at;
            dossier.clock_calendar = event.calendar;
            move_task_dates(dossier, event.task_due);
          },
          [&](const ApologyDrafted& event) {
            dossier.apology = Apology{};
            dossier.apology->due_at = event.due_at;
            dossier.apology->new_due_at = event.new_due_at;
            dossier.apology->reason = event.reason;
            dossier.apology->drafted_by =
                record.actor.kind == ActorKind::officer ? record.actor.name : std::string{};
            dossier.apology->drafted_at = at;
            dossier.time.drafted_for = event.due_at;
          },
          [&](const ApologySigned& event) { apply_apology(dossier, event, record); },
          [&](const DueSoon& event) { dossier.time.warned_of = event.due_at; },
          [&](const DuePassed& event) { dossier.time.passed = event.due_at; },
          [&](const PauseOverran& event) { dossier.time.pause_ended = event.expected_until; },
          [&](const SilenceTookEffect& event) {
            dossier.time.silence = event.rule;
            dossier.time.silence_at = at;
            dossier.time.escalated = event.rule == "escalate";
          },
          [&](const EscalationAnswered&) { dossier.time.escalated = false; },
          [&](const DueRecomputed& event) {
            // A date that was moved on in time was not missed after all.
            if (event.to.has_value() && *event.to > at && dossier.time.passed == event.from) {
              dossier.time.passed.reset();
            }
            dossier.due_at = event.to;
            dossier.clock_set_at = at;
            dossier.clock_calendar = event.calendar;
            move_task_dates(dossier, event.task_due);
          },
          [&](const RevisionChanged& event) { change_revision(procedure, dossier, event); },
          [&](const ContentErased&) { erase_content(dossier); },
          [&](const ReturnPlaceChanged& event) {
            dossier.returning_agency = event.agency;
            dossier.return_method = event.method;
            // It takes part from now on, and so may see it.
            if (event.agency == dossier.receiving_agency) {
              dossier.agencies.erase("returning");
            } else {
              dossier.agencies["returning"] = event.agency;
            }
          },
          [&](const TransportOpened& event) { apply_transport(dossier, event, record); },
          [&](const HandedOver& event) { apply_transport(dossier, event, record); },
          [&](const TakenOver& event) { apply_transport(dossier, event, record); },
          [&](const TransportClosed& event) { apply_transport(dossier, event, record); },
          [&](const HandOverLate& event) { apply_transport(dossier, event, record); },
      },
      record.event);
  if (is_quiet(record.event) && !dossier.trail.empty() &&
      dossier.trail.back().moved_at == dossier.version) {
    dossier.trail.back().moved_at = record.sequence;
  }
  dossier.version = record.sequence;
  dossier.changed_at = at;
}

}  // namespace dossier
