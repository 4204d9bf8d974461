#pragma once
// deadline.h - when a limit ends, and why.
//
// Rules, each with its source at its place in deadline_walk.h:
// - The day of the event does not count; hours run from the minute of receipt.
// - Working days are the office's; a limit in days, months or years is due at the end of the
//   office's last working interval of its last day, never at midnight; a last day off moves on to
//   the next working day.
// - Received after the cut-off, or on a day off while there is a cut-off, counts as received when
//   the next working day begins; for the same day also what comes in after that day's work.
// - A pause stops the clock.  Limits in hours lose exactly the paused working time.  Limits in days
//   do not count a day on which the clock stood still during any part of it (for working days: of
//   its working hours).  Our reading: the law speaks of whole days only.
// - A restart lets the whole term run again from that moment; what ran before is void.
// A deadline never becomes earlier by a longer limit, another pause or another day off, and never
// later by another working day.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "calendar/instant.h"
#include "calendar/language.h"
#include "calendar/limit.h"
#include "calendar/office_calendar.h"
#include "calendar/working_time.h"

namespace calendar {

enum class PauseReason {
  supplement,            // the applicant was asked to complete the dossier
  financial_obligation,  // the applicant has a fee or tax to pay
  outside_consultation,  // another body's opinion, where the law takes it out of the limit
  citizen_confirmation,  // the applicant has to confirm something
  other,                 // with a legal basis of its own, recorded with the dossier
};

// Half-open [from, to); without `to` it lasts.
struct Pause {
  Instant from;
  std::optional<Instant> to;
  PauseReason reason = PauseReason::supplement;

  friend bool operator==(const Pause&, const Pause&) = default;
};

// The cut-off that NĐ 118/2025 uses for handing a dossier on.
inline constexpr TimeOfDay kUsualCutoff = hour_minute(15);

// A longer pause is a mistake.
inline constexpr int kPauseDaysMax = 3653;

struct DeadlineRequest {
  Instant start;  // the moment of complete reception
  Limit limit;
  std::optional<TimeOfDay> cutoff{};  // same-day limits take kUsualCutoff if absent
  std::vector<Pause> pauses{};        // in any order, not overlapping
  std::optional<Instant> restart{};   // a supplement lets the term run again from here
};

enum class DeadlineRefusal {
  pause_ends_before_it_begins,  // to < from: correct the pause
  pauses_overlap,               // two pauses share a moment, or one follows an open one: merge them
  pause_never_ends,             // more than ten years long: end it, or stop the dossier
  too_many_pauses,              // more than 1,000: something else is wrong with the dossier
  restart_before_start,         // the term cannot run again before it ran
  outside_calendar,             // before 2000 or after 2099, for which there are no days off
  no_working_time,              // the office never works within ten years: its calendar is wrong
};

enum class StepKind {
  received,        // from = the moment
  restarted,       // from = the moment the term runs again
  rolled_over,     // from = received, to = counts as received
  event_day,       // first = the day that does not count; from = the restart, if it is that day
  counted,         // first..last counted; halves (days) or minutes (hours)
  skipped_off,     // first..last not counted: why in `off`, and `day_off` if it has a name
  skipped_paused,  // first..last not counted: paused, reason in `pause`; minutes for hours
  calendar_end,    // last = the day on which months or years end
  moved,           // first = the last day, which is off; last = the working day it moves to
  due,             // to = the due instant
  remaining,       // the clock stands: halves or minutes are left
};

enum class Article {
  none,
  civil_code_147_1,  // hours run from the moment
  civil_code_147_2,  // the first day is not counted
  civil_code_148_1,  // a limit in days ends with its last day
  civil_code_148_3,  // months: the corresponding day, or the month's last
  civil_code_148_4,  // years: the corresponding day
  civil_code_148_5,  // a last day off moves to the end of the next working day
  transfer_cutoff,   // NĐ 118/2025, điều 18
  pause_excluded,    // the time of the applicant is not the office's
  term_restarts,     // the term runs again after a supplement
  weekly_rest,       // QĐ 188/1999/QĐ-TTg
  day_off_act,       // the act is in day_off->act
};

struct DerivationStep {
  StepKind kind = StepKind::received;
  Article article = Article::none;
  OffReason off = OffReason::weekly_rest;
  PauseReason pause = PauseReason::supplement;
  LimitUnit unit = LimitUnit::working_days;
  Date first{};
  Date last{};
  Instant from{};
  Instant to{};
  std::int64_t halves = 0;                      // half days counted in this step, or left
  std::int64_t minutes = 0;                     // working minutes counted, lost or left
  std::shared_ptr<const MakeUpDay> make_up{};   // the counted day is a rest day that is worked
  std::shared_ptr<const ExtraDay> extra_day{};  // ... or one on which only this office works
  std::shared_ptr<const WhyOff> day_off{};      // name and act, where the day off has them
};

struct Deadline {
  std::optional<Instant> due;          // nullopt: an open pause; see remaining
  std::int64_t remaining_halves = 0;   // half days left when the open pause began (limits in days)
  std::int64_t remaining_minutes = 0;  // working minutes left (limits in hours)
  bool provisional = false;            // rests on days off that may still change
  std::vector<DerivationStep> steps;
};

// O(days walked); allocates the steps only.
[[nodiscard]] base::Result<Deadline, DeadlineRefusal> deadline(const DeadlineRequest& request,
                                                               const OfficeCalendar& office);

// The due instant of deadline() without its derivation, by the same walk; nullopt for an open
// pause. Allocates only where there are pauses.
[[nodiscard]] base::Result<std::optional<Instant>, DeadlineRefusal> due_of(
    const DeadlineRequest& request, const OfficeCalendar& office);

// One plain sentence; the article in brackets where there is one.
[[nodiscard]] std::string explain(const DerivationStep& step, Language language);
[[nodiscard]] std::string explain(DeadlineRefusal refusal, Language language);
// The article as cited, empty for none.
[[nodiscard]] std::string citation(const DerivationStep& step);
// "thứ Hai 24/08/2026" / "Monday 24/08/2026".
[[nodiscard]] std::string day_in_words(Date on, Language language);
// Names for machines: "counted", "skipped_off", ...; "supplement", ...; "weekly_rest", ...
[[nodiscard]] std::string_view name(StepKind kind);
[[nodiscard]] std::string_view name(PauseReason reason);
[[nodiscard]] std::string_view name(OffReason reason);
[[nodiscard]] std::optional<PauseReason> parse_pause_reason(std::string_view text);

}  // namespace calendar
