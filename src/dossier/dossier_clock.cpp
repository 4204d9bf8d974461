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
void end_with_the_day(calendar::Deadline& deadline, const calendar::Limit& limit,
                      const calendar::OfficeCalendar& office) {
  constexpr std::int64_t kDayMinutes = 8 * 60;
  const std::int64_t minutes = limit.working_minutes();
  if (!deadline.due || minutes == 0 || minutes % kDayMinutes != 0) return;
  const calendar::Date last = calendar::local_date(*deadline.due);
  if (!office.is_working_day(last)) return;
  deadline.due = std::max(*deadline.due, office.end_of_last_interval(last));
  if (!deadline.steps.empty() && deadline.steps.back().kind == calendar::StepKind::due) {
    deadline.steps.back().to = *deadline.due;
  }
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
  return term_of(dossier.limits, *dossier.received_at, dossier.pauses, dossier.restarted_at,
                 office);
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
    const bool late = dossier.due_at.has_value() && *dossier.finished_at > *dossier.due_at;
    return late ? DueState::overdue : DueState::done;
  }
  if (dossier.stage == Stage::awaiting_supplement) return DueState::paused;
  if (!dossier.due_at.has_value()) return DueState::none;
  if (now > *dossier.due_at) return DueState::overdue;
  const bool soon = calendar::working_minutes_between(now, *dossier.due_at, office) <= kSoonMinutes;
  return soon ? DueState::soon : DueState::on_track;
}

}  // namespace dossier
