// decide_pause.cpp - the clock stands for a reason of the law, and goes on.
#include <chrono>

#include "dossier/dossier_clock.h"
#include "dossier/work.h"

namespace dossier {

Decision decide(const Dossier& dossier, const PauseClock& command, const Circumstances& around) {
  if (dossier.is_closed() || dossier.stage == Stage::none) return refuse(Refusal::already_closed);
  if (dossier.stage == Stage::finished) return refuse(Refusal::result_already_issued);
  if (!dossier.received_at.has_value()) return refuse(Refusal::not_yet_received);
  if (dossier.is_paused()) return refuse(Refusal::clock_already_paused);
  if (dossier.pauses.size() >= kPausesMax) return refuse(Refusal::paused_too_often);
  // A supplement is asked for by form 02, which says what is missing.
  if (command.cause == calendar::PauseReason::supplement) return refuse(Refusal::wrong_action);
  if (!says_something(command.basis)) return refuse(Refusal::basis_missing);
  ClockPaused paused{.cause = std::string{calendar::name(command.cause)},
                     .basis = command.basis,
                     .note = command.note,
                     .expected_until = std::nullopt};
  if (!command.expected_until.has_value()) return refuse(Refusal::pause_without_end);
  const calendar::Date last = *command.expected_until;
  const calendar::Date today = calendar::local_date(around.now);
  if (last < today || last > today + std::chrono::days{3 * 366}) {
    return refuse(Refusal::pause_without_end);
  }
  paused.expected_until = around.calendar.is_working_day(last)
                              ? around.calendar.end_of_last_interval(last)
                              : calendar::at_local(last, calendar::hour_minute(23, 59));
  std::vector<NewEvent> events;
  events.push_back({.event = std::move(paused)});
  return events;
}

Decision decide(const Dossier& dossier, const ResumeClock& command, const Circumstances& around) {
  if (dossier.is_closed() || dossier.stage == Stage::none) return refuse(Refusal::already_closed);
  if (!dossier.pause.has_value()) return refuse(Refusal::clock_not_paused);
  ClockResumed resumed{.note = command.note,
                       .due_at = std::nullopt,
                       .task_due = {},
                       .calendar = around.calendar_versions};
  const Dossier next = after(dossier, resumed, around);
  const auto term = term_of(next, around.calendar);
  if (!term) return refuse(Refusal::no_deadline);
  resumed.due_at = term->due();
  for (const Task& task : dossier.tasks) {
    const procedure::Step* step = around.procedure.find_step(task.step);
    if (step == nullptr) continue;
    resumed.task_due[std::to_string(task.activity)] =
        step_due(*step, task.opened_at, next.pauses, around.calendar);
  }
  std::vector<NewEvent> events;
  events.push_back({.event = std::move(resumed)});
  return events;
}

}  // namespace dossier
