#include "calendar/deadline.h"

#include "calendar/deadline_trail.h"
#include "calendar/deadline_walk.h"

namespace calendar {
namespace internal {

namespace {
constexpr std::size_t kPausesMax = 1000;
}  // namespace

base::Result<Pauses, DeadlineRefusal> Pauses::from(std::vector<Pause> pauses, Instant begins) {
  if (pauses.size() > kPausesMax) return base::Failure{DeadlineRefusal::too_many_pauses};
  for (const Pause& pause : pauses) {
    if (!pause.to) continue;
    if (*pause.to < pause.from) return base::Failure{DeadlineRefusal::pause_ends_before_it_begins};
    if (*pause.to - pause.from > std::chrono::days{kPauseDaysMax}) {
      return base::Failure{DeadlineRefusal::pause_never_ends};
    }
  }
  // A pause of no length stops nothing and overlaps nothing.
  std::erase_if(pauses, [](const Pause& pause) { return pause.to == pause.from; });
  std::ranges::sort(pauses, {}, &Pause::from);
  for (std::size_t i = 1; i < pauses.size(); ++i) {
    const std::optional<Instant>& before = pauses[i - 1].to;
    if (!before || *before > pauses[i].from) return base::Failure{DeadlineRefusal::pauses_overlap};
  }
  // What was before the term began cannot stop it.
  std::erase_if(pauses, [&](const Pause& pause) { return pause.to && *pause.to <= begins; });
  for (Pause& pause : pauses) pause.from = std::max(pause.from, begins);
  Pauses result;
  result.pauses_ = std::move(pauses);
  return result;
}

Date corresponding_day(Date event, int months) {
  const std::chrono::year_month_day from{event};
  const std::chrono::year_month target =
      std::chrono::year_month{from.year(), from.month()} + std::chrono::months{months};
  const std::chrono::year_month_day wanted = target / from.day();
  if (wanted.ok()) return Date{wanted};
  return Date{target / std::chrono::last};
}

Instant half_way(Date on, const OfficeCalendar& office) {
  int left = (office.working_minutes(on) + 1) / 2;
  for (const Interval& interval : office.working_intervals(on)) {
    const int length = interval.to.minutes - interval.from.minutes;
    if (left <= length) return at_local(on, TimeOfDay{interval.from.minutes + left});
    left -= length;
  }
  return office.end_of_last_interval(on);
}

}  // namespace internal

namespace {

// True if the way from `first` to `last` passes days off that may still change.
bool rests_on_uncertain_days(const std::vector<DerivationStep>& steps, Date first, Date last,
                             const OfficeCalendar& office) {
  for (int year = year_of(first); year <= year_of(last); ++year) {
    if (!office.national_days().is_published(year)) return true;
  }
  return std::ranges::any_of(
      steps, [](const DerivationStep& step) { return step.day_off && step.day_off->provisional; });
}

}  // namespace

base::Result<Deadline, DeadlineRefusal> deadline(const DeadlineRequest& request,
                                                 const OfficeCalendar& office) {
  internal::WrittenTrail trail(office, request.limit);
  internal::Walk walk(request, office, trail);
  const std::optional<Instant> due = TRY(walk.run());
  Deadline result = trail.take();
  result.due = due;
  result.provisional = rests_on_uncertain_days(result.steps, walk.event(),
                                               due ? local_date(*due) : walk.event(), office);
  return result;
}

base::Result<std::optional<Instant>, DeadlineRefusal> due_of(const DeadlineRequest& request,
                                                             const OfficeCalendar& office) {
  internal::SilentTrail trail;
  return internal::Walk(request, office, trail).run();
}

}  // namespace calendar
