// decide_time.cpp - time has passed: warnings, drafted apologies, dates gone by, silence; and dates
// worked out anew after a calendar was changed.
#include <algorithm>
#include <chrono>

#include "calendar/working_time.h"
#include "dossier/dossier_clock.h"
#include "dossier/form_numbers.h"
#include "dossier/passing_time.h"
#include "dossier/transport.h"
#include "dossier/work.h"

namespace dossier {

namespace {

// Builds the events one upon the other.
class Passing {
 public:
  Passing(const Dossier& dossier, const Circumstances& around) : state_(dossier), around_(around) {}

  base::Result<std::vector<NewEvent>, Objection> run() {
    TRY(remind_of_pauses());
    if (!state_.is_paused()) {
      TRY(let_silent_steps_pass());
      if (state_.due_at.has_value() && !over()) TRY(at_due_date(*state_.due_at));
    }
    return std::move(events_);
  }

 private:
  [[nodiscard]] bool over() const { return state_.is_closed() || state_.finished_at.has_value(); }

  void add(Event event, std::optional<NumberSeries> number = std::nullopt) {
    state_ = after(state_, event, around_);
    events_.push_back({.event = std::move(event), .number = std::move(number)});
  }

  base::Result<base::Done, Objection> remind_of_pauses() {
    if (state_.supplement.has_value()) {
      const Instant remind = state_.supplement->requested_at +
                             std::chrono::days{around_.time_rules.supplement_reminder_days};
      if (around_.now >= remind && state_.time.pause_ended != remind) {
        add(PauseOverran{.cause = std::string{calendar::name(calendar::PauseReason::supplement)},
                         .expected_until = remind});
      }
    }
    if (state_.pause.has_value() && state_.pause->expected_until.has_value() &&
        around_.now > *state_.pause->expected_until &&
        state_.time.pause_ended != state_.pause->expected_until) {
      add(PauseOverran{.cause = state_.pause->cause,
                       .expected_until = state_.pause->expected_until});
    }
    return base::Done{};
  }

  // "Quá thời hạn mà không có ý kiến thì coi như đồng ý": the step has the outcome that the
  // process gives its silence.
  base::Result<base::Done, Objection> let_silent_steps_pass() {
    const std::vector<Task> tasks = state_.tasks;
    for (const Task& task : tasks) {
      const procedure::Step* step = around_.procedure.find_step(task.step);
      if (step == nullptr || step->silence.empty()) continue;
      if (!task.due_at.has_value() || around_.now <= *task.due_at) continue;
      if (state_.find_task(task.activity) == nullptr) continue;
      TaskCompleted completed{.activity = task.activity,
                              .step = task.step,
                              .outcome = step->silence,
                              .note = "Quá thời hạn của bước mà không có ý kiến",
                              .data = {}};
      auto moved =
          move_work(after(state_, completed, around_), around_, bpmn::CompleteTask{task.activity});
      // A process that has no way on from here must not keep the warnings from being raised.
      if (!moved) continue;
      add(std::move(completed));
      add(std::move(moved).value());
      if (state_.process.is_over() && !state_.result.has_value()) {
        add(Stopped{.reason = "Quá thời hạn của bước “" + step->title.vi + "” mà không có ý kiến"},
            series_of(OfficialForm::stop, state_.receiving_agency, around_.now));
        return base::Done{};
      }
    }
    return base::Done{};
  }

  base::Result<base::Done, Objection> at_due_date(Instant due) {
    const bool passed = around_.now > due;
    const DueMoments moments = moments_of(state_, due, around_);
    // After a long stop of the server the date may have passed without a warning: then that is
    // what there is to say.
    if (!passed && around_.now >= moments.warn && state_.time.warned_of != due) {
      add(DueSoon{.due_at = due});
    }
    if (passed && state_.time.passed != due) {
      add(DuePassed{.due_at = due});
      TRY(let_silence_decide());
    }
    if (!over() && apology_is_due(due, moments)) add(draft(due));
    return base::Done{};
  }

  base::Result<base::Done, Objection> let_silence_decide() {
    const procedure::Case* chosen = around_.procedure.find_case(state_.case_id);
    if (chosen == nullptr || chosen->silence.rule == procedure::Silence::none) return base::Done{};
    if (!state_.time.silence.empty()) return base::Done{};
    add(SilenceTookEffect{.rule = std::string{procedure::to_text(chosen->silence.rule)},
                          .basis = chosen->silence.basis});
    if (chosen->silence.rule != procedure::Silence::refuse) return base::Done{};
    WorkMoved moved = TRY(move_work(state_, around_, bpmn::Terminate{}));
    add(Stopped{.reason = "Quá thời hạn giải quyết; theo " + chosen->silence.basis +
                          " được coi là từ chối giải quyết"},
        series_of(OfficialForm::stop, state_.receiving_agency, around_.now));
    add(std::move(moved));
    return base::Done{};
  }

  [[nodiscard]] bool apology_is_due(Instant due, const DueMoments& moments) const {
    if (state_.time.drafted_for == due || pending_apology(state_) != nullptr) return false;
    if (state_.extensions >= around_.time_rules.extensions_max) return false;
    if (state_.time.silence == "accept") return false;
    if (around_.now > due) return true;
    if (!moments.early_enough || around_.now < moments.draft) return false;
    const procedure::Case* chosen = around_.procedure.find_case(state_.case_id);
    if (chosen != nullptr && (chosen->silence.rule == procedure::Silence::accept ||
                              chosen->silence.rule == procedure::Silence::refuse)) {
      return false;
    }
    const auto planned = planned_minutes(state_, around_);
    // Without a plan nobody can say that it will still be done.
    return !planned.has_value() ||
           *planned > calendar::working_minutes_between(around_.now, due, around_.calendar);
  }

  // What is known: where it lies and what is still to be done.  The reason behind that is for the
  // person who signs to add.
  [[nodiscard]] ApologyDrafted draft(Instant due) const {
    ApologyDrafted drafted{.due_at = due, .new_due_at = std::nullopt, .reason = {}};
    for (const Task& task : state_.tasks) {
      const procedure::Step* step = around_.procedure.find_step(task.step);
      if (step == nullptr) continue;
      drafted.reason =
          "Hồ sơ đang ở bước “" + step->title.vi +
          (around_.now > due ? "”, chưa hoàn thành các bước còn lại khi hết hạn"
                             : "”; thời gian còn lại không đủ để hoàn thành các bước tiếp theo");
      break;
    }
    if (drafted.reason.empty()) drafted.reason = "Chưa hoàn thành việc giải quyết hồ sơ";
    // What the plan still needs, from the later of now and the date that cannot be kept; at least
    // a working day.
    const std::int64_t needed =
        std::max<std::int64_t>(planned_minutes(state_, around_).value_or(0), 1);
    const Instant from = std::max(due, around_.now);
    const auto end = calendar::add_working_minutes(from, needed, around_.calendar);
    if (end.has_value()) {
      drafted.new_due_at = around_.calendar.end_of_last_interval(calendar::local_date(*end));
      if (*drafted.new_due_at <= from) {
        const auto next = around_.calendar.next_working_day(calendar::local_date(from));
        if (next) drafted.new_due_at = around_.calendar.end_of_last_interval(*next);
      }
    }
    return drafted;
  }

  Dossier state_;
  const Circumstances& around_;
  std::vector<NewEvent> events_;
};

}  // namespace

Decision decide(const Dossier& dossier, const PassTime& /*command*/, const Circumstances& around) {
  std::vector<NewEvent> events;
  if (dossier.stage == Stage::none) return events;
  for (HandOverLate& late : late_transports(dossier, around.now)) {
    events.push_back({.event = std::move(late)});
  }
  if (dossier.is_closed() || dossier.finished_at.has_value()) return events;
  Dossier state = dossier;
  for (const NewEvent& one : events) state = after(state, one.event, around);
  for (NewEvent& one : TRY(Passing(state, around).run())) events.push_back(std::move(one));
  return events;
}

Decision decide(const Dossier& dossier, const RecomputeDue& command, const Circumstances& around) {
  if (dossier.is_closed() || dossier.stage == Stage::none) return refuse(Refusal::already_closed);
  if (dossier.stage == Stage::finished) return refuse(Refusal::result_already_issued);
  if (!dossier.received_at.has_value()) return refuse(Refusal::not_yet_received);
  if (!says_something(command.reason)) return refuse(Refusal::reason_missing);
  const auto term = term_of(dossier, around.calendar);
  if (!term) return refuse(Refusal::no_deadline);
  if (dossier.is_paused() || term->due() == dossier.due_at) return std::vector<NewEvent>{};
  DueRecomputed recomputed{.from = dossier.due_at,
                           .to = term->due(),
                           .reason = command.reason,
                           .act = command.act,
                           .task_due = {},
                           .calendar = around.calendar_versions};
  for (const Task& task : dossier.tasks) {
    const procedure::Step* step = around.procedure.find_step(task.step);
    if (step == nullptr || !task.due_at.has_value()) continue;
    recomputed.task_due[std::to_string(task.activity)] =
        step_due(*step, task.opened_at, dossier.pauses, around.calendar);
  }
  std::vector<NewEvent> events;
  events.push_back({.event = std::move(recomputed)});
  return events;
}

}  // namespace dossier
