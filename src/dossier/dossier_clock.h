#pragma once
// dossier_clock.h - when a dossier is due, by its agreed limits, its pauses and its restart.
//
// Two limits may run: the published one and the agency's shorter internal one.  The receipt
// promises the earlier end.  Recomputed whenever asked; nothing of the derivation is stored.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/deadline.h"
#include "calendar/office_calendar.h"
#include "dossier/dossier.h"

namespace dossier {

struct Term {
  calendar::Deadline promised;  // the earlier of both
  calendar::Limit promised_limit;
  calendar::Limit published_limit;
  std::optional<Instant> published_due;
  bool promised_is_internal = false;
  std::optional<Instant> extended_due{};  // what an apology in time put it off to, if later

  // The legal due date: nothing while the clock stands.
  [[nodiscard]] std::optional<Instant> due() const {
    return extended_due.has_value() ? extended_due : promised.due;
  }
};

// Nothing when the limits cannot be computed with that calendar (they are checked at publication).
[[nodiscard]] std::optional<Term> term_of(const AgreedLimits& limits, Instant start,
                                          const std::vector<calendar::Pause>& pauses,
                                          std::optional<Instant> restart,
                                          const calendar::OfficeCalendar& office);

// The term of a received dossier as it stands.  Nothing before reception.
[[nodiscard]] std::optional<Term> term_of(const Dossier& dossier,
                                          const calendar::OfficeCalendar& office);

// The legal due date alone, without its derivation: for a million dossiers at a time. `extended_to`
// and `extended_at` as in Dossier.
struct ClockFacts {
  AgreedLimits limits;
  Instant received_at{};
  std::vector<calendar::Pause> pauses;
  std::optional<Instant> restarted_at;
  std::optional<Instant> extended_to;
  std::optional<Instant> extended_at;

  friend bool operator==(const ClockFacts&, const ClockFacts&) = default;
};
[[nodiscard]] ClockFacts clock_facts_of(const Dossier& dossier);
// Nothing while the clock stands, or when the limits cannot be computed.
[[nodiscard]] std::optional<Instant> due_of(const ClockFacts& facts,
                                            const calendar::OfficeCalendar& office);
// One line of ASCII; the reader takes what the writer wrote and nothing else.
[[nodiscard]] std::string to_text(const ClockFacts& facts);
[[nodiscard]] std::optional<ClockFacts> read_clock_facts(std::string_view text);

// The due date that the national index (QĐ 766/QĐ-TTg) scores by: from the reception, without the
// time of supplements but without a new beginning either.  Never the legal one.
[[nodiscard]] std::optional<Instant> scored_due(const Dossier& dossier,
                                                const calendar::OfficeCalendar& office);
enum class Score {
  not_started,        // not received
  running,            // open, in time so far
  on_time,            // ended by the scored due date
  late,               // past the scored due date
  second_supplement,  // more than one supplement counts as late, whatever the dates
};
[[nodiscard]] const char* to_text(Score score);
[[nodiscard]] Score score_of(const Dossier& dossier, Instant now,
                             const calendar::OfficeCalendar& office);

// How an ended dossier met its legal due date.
enum class Punctuality {
  open,     // not ended, or it had no due date
  early,    // on an earlier day
  on_time,  // on the day itself
  late,
};
[[nodiscard]] const char* to_text(Punctuality punctuality);
[[nodiscard]] Punctuality punctuality_of(const Dossier& dossier);
[[nodiscard]] Punctuality punctuality_of(std::optional<Instant> due, std::optional<Instant> done);

enum class DueState { none, on_track, soon, overdue, paused, done };
[[nodiscard]] const char* to_text(DueState state);

// `soon`: a working day (8 working hours) or less is left.  A dossier that ended is `done`, or
// stays `overdue` if it ended late: being late is a property of time and is not forgotten.
[[nodiscard]] DueState due_state(const Dossier& dossier, Instant now,
                                 const calendar::OfficeCalendar& office);

}  // namespace dossier
