#include "dossier/dossier_clock.h"

#include <algorithm>

namespace dossier {

namespace {

constexpr std::int64_t kSoonMinutes = 8 * 60;

std::optional<calendar::Deadline> run(const calendar::Limit& limit, const AgreedLimits& limits,
                                      Instant start, const std::vector<calendar::Pause>& pauses,
                                      std::optional<Instant> restart,
                                      const calendar::OfficeCalendar& office) {
  calendar::DeadlineRequest request{.start = start, .limit = limit};
  if (limits.cutoff_minutes >= 0) request.cutoff = calendar::TimeOfDay{limits.cutoff_minutes};
  request.pauses = pauses;
  request.restart = restart;
  auto deadline = calendar::deadline(request, office);
  if (!deadline) return std::nullopt;
  return std::move(deadline).value();
}

// What is promised to people is a day: a due date ends with the last working interval of that day.
// An internal process of whole working days is counted in hours only because its steps are.
void end_with_the_day_of(std::optional<Instant>& due, const calendar::Limit& limit,
                         const calendar::OfficeCalendar& office) {
  constexpr std::int64_t kDayMinutes = 8 * 60;
  const std::int64_t minutes = limit.working_minutes();
  if (!due || minutes == 0 || minutes % kDayMinutes != 0) return;
  const calendar::Date last = calendar::local_date(*due);
  if (!office.is_working_day(last)) return;
  due = std::max(*due, office.end_of_last_interval(last));
}

void end_with_the_day(calendar::Deadline& deadline, const calendar::Limit& limit,
                      const calendar::OfficeCalendar& office) {
  end_with_the_day_of(deadline.due, limit, office);
  if (deadline.due && !deadline.steps.empty() &&
      deadline.steps.back().kind == calendar::StepKind::due) {
    deadline.steps.back().to = *deadline.due;
  }
}

// A date that was put off moves on by every working day on which the clock stood since: the rule
// of limits in days.
std::optional<Instant> extended_due_of(std::optional<Instant> extended_to,
                                       std::optional<Instant> extended_at,
                                       const std::vector<calendar::Pause>& pauses,
                                       const calendar::OfficeCalendar& office) {
  if (!extended_to || !extended_at) return std::nullopt;
  calendar::Date last = calendar::local_date(*extended_to);
  calendar::Date counted = calendar::local_date(*extended_at);  // days up to it stood already
  for (const calendar::Pause& pause : pauses) {
    if (pause.from < *extended_at || !pause.to) continue;
    const calendar::Date end = calendar::local_date(*pause.to);
    for (calendar::Date day =
             std::max(calendar::local_date(pause.from), counted + std::chrono::days{1});
         day <= end && day <= last; day += std::chrono::days{1}) {
      counted = day;
      if (!office.is_working_day(day)) continue;
      last = office.next_working_day(last).value_or(last);
    }
  }
  // Source: Civil Code 2015, article 148(5): a last day off moves to the next working day.
  if (!office.is_working_day(last)) last = office.next_working_day(last).value_or(last);
  if (last == calendar::local_date(*extended_to) || !office.is_working_day(last)) {
    return extended_to;
  }
  return office.end_of_last_interval(last);
}

}  // namespace

std::optional<Term> term_of(const AgreedLimits& limits, Instant start,
                            const std::vector<calendar::Pause>& pauses,
                            std::optional<Instant> restart,
                            const calendar::OfficeCalendar& office) {
  const auto published = calendar::Limit::parse(limits.published);
  if (!published) return std::nullopt;
  auto by_law = run(*published, limits, start, pauses, restart, office);
  if (!by_law) return std::nullopt;
  Term term{.promised = *by_law,
            .promised_limit = *published,
            .published_limit = *published,
            .published_due = by_law->due};
  if (limits.internal.empty()) return term;
  const auto internal = calendar::Limit::parse(limits.internal);
  if (!internal) return std::nullopt;
  auto by_process = run(*internal, limits, start, pauses, restart, office);
  if (!by_process) return std::nullopt;
  end_with_the_day(*by_process, *internal, office);
  // While the clock stands neither has an end; the shorter one by nature is the internal one.
  const bool earlier = !by_process->due || !by_law->due || *by_process->due <= *by_law->due;
  if (earlier) {
    term.promised = std::move(*by_process);
    term.promised_limit = *internal;
    term.promised_is_internal = true;
  }
  return term;
}

std::optional<Term> term_of(const Dossier& dossier, const calendar::OfficeCalendar& office) {
  if (!dossier.received_at.has_value()) return std::nullopt;
  auto term =
      term_of(dossier.limits, *dossier.received_at, dossier.pauses, dossier.restarted_at, office);
  if (!term || !term->promised.due) return term;
  const auto extended =
      extended_due_of(dossier.extended_to, dossier.extended_at, dossier.pauses, office);
  if (extended && *extended > *term->promised.due) term->extended_due = extended;
  return term;
}

ClockFacts clock_facts_of(const Dossier& dossier) {
  return {.limits = dossier.limits,
          .received_at = dossier.received_at.value_or(Instant{}),
          .pauses = dossier.pauses,
          .restarted_at = dossier.restarted_at,
          .extended_to = dossier.extended_to,
          .extended_at = dossier.extended_at};
}

std::optional<Instant> due_of(const ClockFacts& facts, const calendar::OfficeCalendar& office) {
  const auto run_one = [&](const std::string& text, bool internal) -> std::optional<Instant> {
    const auto limit = calendar::Limit::parse(text);
    if (!limit) return std::nullopt;
    calendar::DeadlineRequest request{.start = facts.received_at, .limit = *limit};
    if (facts.limits.cutoff_minutes >= 0) {
      request.cutoff = calendar::TimeOfDay{facts.limits.cutoff_minutes};
    }
    request.pauses = facts.pauses;
    request.restart = facts.restarted_at;
    const auto due = calendar::due_of(request, office);
    if (!due) return std::nullopt;
    std::optional<Instant> end = *due;
    if (internal) end_with_the_day_of(end, *limit, office);
    return end;
  };
  std::optional<Instant> due = run_one(facts.limits.published, false);
  if (due && !facts.limits.internal.empty()) {
    const auto internal = run_one(facts.limits.internal, true);
    if (!internal) return std::nullopt;
    due = std::min(*due, *internal);
  }
  if (!due) return due;
  const auto extended = extended_due_of(facts.extended_to, facts.extended_at, facts.pauses, office);
  return extended && *extended > *due ? extended : due;
}

std::optional<Instant> scored_due(const Dossier& dossier, const calendar::OfficeCalendar& office) {
  if (!dossier.received_at.has_value()) return std::nullopt;
  ClockFacts facts = clock_facts_of(dossier);
  facts.restarted_at.reset();
  return due_of(facts, office);
}

const char* to_text(Score score) {
  switch (score) {
    case Score::not_started:
      return "not_started";
    case Score::running:
      return "running";
    case Score::on_time:
      return "on_time";
    case Score::late:
      return "late";
    case Score::second_supplement:
      return "second_supplement";
  }
  return "not_started";
}

// Source: QĐ 766/QĐ-TTg (Phụ lục, tiến độ giải quyết): more than one supplement counts as overdue.
Score score_of(const Dossier& dossier, Instant now, const calendar::OfficeCalendar& office) {
  if (!dossier.received_at.has_value()) return Score::not_started;
  if (dossier.supplements_requested > 1) return Score::second_supplement;
  const auto due = scored_due(dossier, office);
  const Instant end = dossier.finished_at.value_or(now);
  if (due.has_value() && end > *due) return Score::late;
  return dossier.finished_at.has_value() ? Score::on_time : Score::running;
}

const char* to_text(Punctuality punctuality) {
  switch (punctuality) {
    case Punctuality::open:
      return "open";
    case Punctuality::early:
      return "early";
    case Punctuality::on_time:
      return "on_time";
    case Punctuality::late:
      return "late";
  }
  return "open";
}

Punctuality punctuality_of(std::optional<Instant> due, std::optional<Instant> done) {
  if (!due || !done) return Punctuality::open;
  if (*done > *due) return Punctuality::late;
  return calendar::local_date(*done) < calendar::local_date(*due) ? Punctuality::early
                                                                  : Punctuality::on_time;
}

Punctuality punctuality_of(const Dossier& dossier) {
  // What was late once stays late: a supplement asked for afterwards begins a new term, but takes
  // nothing back.
  if (dossier.finished_at.has_value() && dossier.time.passed.has_value()) return Punctuality::late;
  return punctuality_of(dossier.due_at, dossier.finished_at);
}

const char* to_text(DueState state) {
  switch (state) {
    case DueState::none:
      return "none";
    case DueState::on_track:
      return "on_track";
    case DueState::soon:
      return "soon";
    case DueState::overdue:
      return "overdue";
    case DueState::paused:
      return "paused";
    case DueState::done:
      return "done";
  }
  return "none";
}

DueState due_state(const Dossier& dossier, Instant now, const calendar::OfficeCalendar& office) {
  if (dossier.finished_at.has_value()) {
    return punctuality_of(dossier) == Punctuality::late ? DueState::overdue : DueState::done;
  }
  if (dossier.is_paused()) return DueState::paused;
  if (!dossier.due_at.has_value()) return DueState::none;
  if (now > *dossier.due_at) return DueState::overdue;
  const bool soon = calendar::working_minutes_between(now, *dossier.due_at, office) <= kSoonMinutes;
  return soon ? DueState::soon : DueState::on_track;
}

}  // namespace dossier
