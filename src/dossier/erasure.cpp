#include "dossier/erasure.h"

#include <chrono>

#include "dossier/decide.h"
#include "dossier/work.h"

namespace dossier {

std::optional<Instant> erasable_from(const procedure::Procedure& procedure,
                                     const Dossier& dossier) {
  if (!procedure.retention.has_value() || procedure.retention->permanent) return std::nullopt;
  if (!dossier.is_closed()) return std::nullopt;
  // The day of the same date; 29 February becomes 1 March.
  const Instant end = dossier.result.has_value() && dossier.result->returned_at.has_value()
                          ? *dossier.result->returned_at
                          : dossier.finished_at.value_or(dossier.changed_at);
  const calendar::Date day = calendar::local_date(end);
  const std::chrono::year_month_day from{day};
  const std::chrono::year_month_day to{from.year() + std::chrono::years{procedure.retention->years},
                                       from.month(), from.day()};
  return end + (calendar::Date{to} - day);
}

// Named are the members that stay: one that is added later goes, until somebody decides otherwise.
void erase_content(Dossier& dossier) {
  Dossier kept;
  kept.erased = true;
  kept.version = dossier.version;
  kept.changed_at = dossier.changed_at;
  kept.code = dossier.code;
  kept.slip_number = dossier.slip_number;
  kept.control_number = dossier.control_number;
  kept.book = dossier.book;
  kept.book_year = dossier.book_year;
  kept.book_number = dossier.book_number;
  kept.procedure = dossier.procedure;
  kept.digest = dossier.digest;
  kept.agency = dossier.agency;
  kept.receiving_agency = dossier.receiving_agency;
  kept.returning_agency = dossier.returning_agency;
  kept.competence = dossier.competence;
  kept.work_waits_for_papers = dossier.work_waits_for_papers;
  kept.agencies = dossier.agencies;
  kept.channel = dossier.channel;
  kept.case_id = dossier.case_id;
  kept.applicant.language = dossier.applicant.language;
  kept.return_method = dossier.return_method;
  kept.stage = dossier.stage;
  kept.stage_before_supplement = dossier.stage_before_supplement;
  kept.filed_at = dossier.filed_at;
  kept.received_at = dossier.received_at;
  kept.finished_at = dossier.finished_at;
  kept.received_by = dossier.received_by;
  kept.limits = dossier.limits;
  kept.expected_due_at = dossier.expected_due_at;
  kept.due_at = dossier.due_at;
  kept.pauses = dossier.pauses;
  kept.restarted_at = dossier.restarted_at;
  kept.clock_set_at = dossier.clock_set_at;
  kept.clock_calendar = dossier.clock_calendar;
  kept.pause_bases = dossier.pause_bases;
  kept.extensions = dossier.extensions;
  kept.extended_to = dossier.extended_to;
  kept.extended_at = dossier.extended_at;
  kept.time = dossier.time;
  kept.outcomes = dossier.outcomes;
  kept.supplements_requested = dossier.supplements_requested;
  kept.supplement_number = dossier.supplement_number;
  kept.end_number = dossier.end_number;
  kept.fees = dossier.fees;
  for (Payment payment : dossier.payments) {
    payment.reference.clear();
    payment.reason.clear();
    kept.payments.push_back(std::move(payment));
  }
  if (dossier.apology.has_value()) {
    kept.apology = dossier.apology;
    kept.apology->reason.clear();
  }
  if (dossier.result.has_value()) {
    kept.result = dossier.result;
    kept.result->file.reset();
    kept.result->received_by.clear();
  }
  for (Transport transport : dossier.transports) {
    transport.note.clear();
    kept.transports.push_back(std::move(transport));
  }
  if (dossier.rating.has_value())
    kept.rating = Rating{.score = dossier.rating->score, .comment = {}};
  dossier = std::move(kept);
}

Decision decide(const Dossier& dossier, const EraseContent& command, const Circumstances& around) {
  if (dossier.erased) return refuse(Refusal::already_erased);
  if (!dossier.is_closed()) return refuse(Refusal::not_closed_yet);
  if (!says_something(command.basis)) return refuse(Refusal::erasure_needs_basis);
  const auto& retention = around.procedure.retention;
  if (retention.has_value()) {
    const auto from = erasable_from(around.procedure, dossier);
    if (!from.has_value() || around.now < *from) return refuse(Refusal::kept_by_law);
  }
  std::vector<NewEvent> events;
  events.push_back({.event = ContentErased{.basis = command.basis}});
  return events;
}

}  // namespace dossier
