#pragma once
// dossier_clock.h - when a dossier is due, by its agreed limits, its pauses and its restart.
//
// Two limits may run: the published one and the agency's shorter internal one.  The receipt
// promises the earlier end.  Recomputed whenever asked; nothing of the derivation is stored.
#include <optional>
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
};

// Nothing when the limits cannot be computed with that calendar (they are checked at publication).
[[nodiscard]] std::optional<Term> term_of(const AgreedLimits& limits, Instant start,
                                          const std::vector<calendar::Pause>& pauses,
                                          std::optional<Instant> restart,
                                          const calendar::OfficeCalendar& office);

// The term of a received dossier as it stands.  Nothing before reception.
[[nodiscard]] std::optional<Term> term_of(const Dossier& dossier,
                                          const calendar::OfficeCalendar& office);

enum class DueState { none, on_track, soon, overdue, paused, done };
[[nodiscard]] const char* to_text(DueState state);

// `soon`: a working day (8 working hours) or less is left.  A dossier that ended is `done`, or
// stays `overdue` if it ended late: being late is a property of time and is not forgotten.
[[nodiscard]] DueState due_state(const Dossier& dossier, Instant now,
                                 const calendar::OfficeCalendar& office);

}  // namespace dossier
