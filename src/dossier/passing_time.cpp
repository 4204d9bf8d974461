#include "dossier/passing_time.h"

#include <algorithm>
#include <chrono>

#include "calendar/working_time.h"
#include "dossier/transport.h"

namespace dossier {

namespace {

using std::chrono::days;
using std::chrono::milliseconds;

constexpr milliseconds kJustAfter{1};

void consider(std::optional<Instant>& earliest, std::optional<Instant> at) {
  if (at.has_value() && (!earliest.has_value() || *at < *earliest)) earliest = at;
}

// Working minutes that the process plans for the steps behind the open ones.
std::int64_t minutes_behind(const Dossier& dossier, const Circumstances& around) {
  const auto& steps = around.procedure.steps;
  std::size_t last_open = 0;
  for (const Task& task : dossier.tasks) {
    const auto at = std::ranges::find(steps, task.step, &procedure::Step::id);
    if (at == steps.end()) continue;
    last_open = std::max(last_open, static_cast<std::size_t>(at - steps.begin()));
  }
  std::int64_t minutes = 0;
  for (std::size_t i = last_open + 1; i < steps.size(); ++i) {
    if (steps[i].counted && steps[i].limit.has_value()) {
      minutes += steps[i].limit->working_minutes();
    }
  }
  return minutes;
}

const procedure::SilenceRule* silence_of(const Dossier& dossier, const Circumstances& around) {
  const procedure::Case* chosen = around.procedure.find_case(dossier.case_id);
  return chosen == nullptr ? nullptr : &chosen->silence;
}

// From when the plan no longer fits before the due date, should nobody do anything until then.
Instant late_from(const Dossier& dossier, Instant due, const Circumstances& around) {
  const auto planned = planned_minutes(dossier, around);
  // Without a plan nobody can say that it will still be done.
  if (!planned.has_value()) return around.now;
  if (*planned > calendar::working_minutes_between(around.now, due, around.calendar)) {
    return around.now;
  }
  const std::int64_t behind = minutes_behind(dossier, around);
  return calendar::working_minutes_before(due, behind, around.calendar) + std::chrono::minutes{1};
}

// When an apology is next to be thought about; nothing where there is one, or may be none.
std::optional<Instant> apology_wake(const Dossier& dossier, Instant due,
                                    const Circumstances& around) {
  if (dossier.time.drafted_for == due || pending_apology(dossier) != nullptr) return std::nullopt;
  if (dossier.extensions >= around.time_rules.extensions_max) return std::nullopt;
  const procedure::SilenceRule* silence = silence_of(dossier, around);
  if (silence != nullptr && (silence->rule == procedure::Silence::accept ||
                             silence->rule == procedure::Silence::refuse)) {
    return std::nullopt;
  }
  const DueMoments moments = moments_of(dossier, due, around);
  if (moments.early_enough && around.now <= due) {
    return std::max(moments.draft, late_from(dossier, due, around));
  }
  return due + kJustAfter;
}

}  // namespace

const Apology* pending_apology(const Dossier& dossier) {
  const bool waits = dossier.apology.has_value() && !dossier.apology->signed_at.has_value() &&
                     dossier.due_at.has_value() && dossier.apology->due_at == dossier.due_at &&
                     !dossier.finished_at.has_value();
  return waits ? &*dossier.apology : nullptr;
}

std::optional<std::int64_t> planned_minutes(const Dossier& dossier, const Circumstances& around) {
  std::int64_t open_left = 0;
  bool known = false;
  for (const Task& task : dossier.tasks) {
    if (!task.due_at.has_value()) continue;
    known = true;
    open_left = std::max(
        open_left, calendar::working_minutes_between(around.now, *task.due_at, around.calendar));
  }
  const std::int64_t behind = minutes_behind(dossier, around);
  if (!known && behind == 0) return std::nullopt;
  return open_left + behind;
}

DueMoments moments_of(const Dossier& dossier, Instant due, const Circumstances& around) {
  const Instant start = dossier.clock_set_at.value_or(dossier.received_at.value_or(due));
  const std::int64_t term = calendar::working_minutes_between(start, due, around.calendar);
  const Instant half = calendar::working_minutes_before(due, term / 2, around.calendar);
  DueMoments moments;
  moments.warn = std::max(half, calendar::working_minutes_before(
                                    due, around.time_rules.warning_minutes, around.calendar));
  moments.notice = calendar::notice_due(due, around.time_rules.apology_days, around.calendar);
  moments.draft =
      std::max(half, calendar::working_minutes_before(
                         moments.notice, around.time_rules.apology_draft_minutes, around.calendar));
  moments.early_enough = moments.draft < moments.notice;
  return moments;
}

std::optional<Instant> next_wake(const Dossier& dossier, const Circumstances& around) {
  if (dossier.stage == Stage::none || dossier.erased) return std::nullopt;
  std::optional<Instant> wake = next_late_transport(dossier);
  if (dossier.is_closed() || dossier.finished_at.has_value()) return wake;
  if (dossier.supplement.has_value()) {
    const Instant remind =
        dossier.supplement->requested_at + days{around.time_rules.supplement_reminder_days};
    if (dossier.time.pause_ended != remind) consider(wake, remind);
  }
  if (dossier.pause.has_value() && dossier.pause->expected_until.has_value() &&
      dossier.time.pause_ended != dossier.pause->expected_until) {
    consider(wake, *dossier.pause->expected_until + kJustAfter);
  }
  if (dossier.is_paused()) return wake;
  for (const Task& task : dossier.tasks) {
    const procedure::Step* step = around.procedure.find_step(task.step);
    if (step == nullptr || step->silence.empty() || !task.due_at.has_value()) continue;
    consider(wake, *task.due_at + kJustAfter);
  }
  if (!dossier.due_at.has_value()) return wake;
  const Instant due = *dossier.due_at;
  if (dossier.time.warned_of != due && dossier.time.passed != due) {
    consider(wake, around.now > due ? due + kJustAfter : moments_of(dossier, due, around).warn);
  }
  if (dossier.time.passed != due) consider(wake, due + kJustAfter);
  consider(wake, apology_wake(dossier, due, around));
  return wake;
}

}  // namespace dossier
