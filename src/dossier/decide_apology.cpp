// decide_apology.cpp - form 04: an apology with a new date, once; and what is done about silence.
//
// Source: NĐ 118/2025/NĐ-CP and TT 03/2025/TT-VPCP, form 04: at least one day before the due date,
// with the reason and the new date, signed by the agency's head, at most once.
#include <chrono>

#include "calendar/working_time.h"
#include "dossier/form_numbers.h"
#include "dossier/passing_time.h"
#include "dossier/work.h"

namespace dossier {

namespace {

constexpr std::chrono::days kPutOffMax{366};

base::Result<Instant, Objection> open_for_apology(const Dossier& dossier,
                                                  const Circumstances& around) {
  if (dossier.is_closed() || dossier.stage == Stage::none) return refuse(Refusal::already_closed);
  if (dossier.stage == Stage::finished) return refuse(Refusal::result_already_issued);
  if (!dossier.received_at.has_value()) return refuse(Refusal::not_yet_received);
  if (dossier.extensions >= around.time_rules.extensions_max) {
    return refuse(Refusal::already_extended);
  }
  if (dossier.is_paused() || !dossier.due_at.has_value()) {
    return refuse(Refusal::clock_already_paused);
  }
  return *dossier.due_at;
}

// The end of that day's work.
base::Result<Instant, Objection> new_date(const std::optional<calendar::Date>& day, Instant due,
                                          const Circumstances& around) {
  if (!day.has_value()) return refuse(Refusal::new_date_missing);
  const calendar::Date last_due = calendar::local_date(due);
  const calendar::Date today = calendar::local_date(around.now);
  if (*day < last_due || *day < today) return refuse(Refusal::new_date_not_later);
  if (*day > std::max(last_due, today) + kPutOffMax) return refuse(Refusal::new_date_not_later);
  if (!around.calendar.is_working_day(*day)) return refuse(Refusal::new_date_off);
  const Instant end = around.calendar.end_of_last_interval(*day);
  // Today after closing time, or the very date that is not kept, is no new date.
  if (end <= due || end <= around.now) return refuse(Refusal::new_date_not_later);
  return end;
}

}  // namespace

Decision decide(const Dossier& dossier, const DraftApology& command, const Circumstances& around) {
  const Instant due = TRY(open_for_apology(dossier, around));
  if (!says_something(command.reason)) return refuse(Refusal::reason_missing);
  ApologyDrafted drafted{.due_at = due,
                         .new_due_at = TRY(new_date(command.new_due_on, due, around)),
                         .reason = command.reason};
  const Apology* draft = pending_apology(dossier);
  if (draft != nullptr && draft->reason == drafted.reason &&
      draft->new_due_at == drafted.new_due_at) {
    return refuse(Refusal::nothing_changed);
  }
  std::vector<NewEvent> events;
  events.push_back({.event = std::move(drafted)});
  return events;
}

Decision decide(const Dossier& dossier, const SignApology& command, const Circumstances& around) {
  const Instant due = TRY(open_for_apology(dossier, around));
  const Apology* draft = pending_apology(dossier);
  ApologySigned apology{.due_at = due,
                        .new_due_at = std::nullopt,
                        .reason = command.reason,
                        .position = command.position,
                        .in_time = false,
                        .calendar = around.calendar_versions};
  if (apology.reason.empty() && draft != nullptr) apology.reason = draft->reason;
  if (!says_something(apology.reason)) return refuse(Refusal::reason_missing);
  if (command.new_due_on.has_value() || draft == nullptr || !draft->new_due_at.has_value()) {
    apology.new_due_at = TRY(new_date(command.new_due_on, due, around));
  } else {
    // A draft that has waited so long that its own date is gone needs a new one.
    if (*draft->new_due_at <= around.now) return refuse(Refusal::new_date_missing);
    // Or the calendar has changed since and the office is closed that day.
    apology.new_due_at = TRY(new_date(calendar::local_date(*draft->new_due_at), due, around));
  }
  const Instant last = calendar::notice_due(due, around.time_rules.apology_days, around.calendar);
  apology.in_time = around.now <= last;
  std::vector<NewEvent> events;
  events.push_back({.event = std::move(apology),
                    .number = series_of(OfficialForm::apology, dossier.agency, around.now)});
  return events;
}

Decision decide(const Dossier& dossier, const AnswerEscalation& command,
                const Circumstances& /*around*/) {
  if (dossier.is_closed() || dossier.stage == Stage::none) return refuse(Refusal::already_closed);
  if (!dossier.time.escalated) return refuse(Refusal::nothing_escalated);
  if (!says_something(command.note)) return refuse(Refusal::reason_missing);
  std::vector<NewEvent> events;
  events.push_back({.event = EscalationAnswered{.note = command.note}});
  return events;
}

}  // namespace dossier
