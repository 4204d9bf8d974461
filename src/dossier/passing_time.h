#pragma once
// passing_time.h - when the passing of time next means something for a dossier.
//
// What it then means is decide(Dossier, PassTime): warnings, a drafted apology, the mark of a date
// that has passed, silence.  Each happens once for a due date, however often it is asked.
#include <optional>

#include "dossier/decide.h"

namespace dossier {

// The moment from which decide(PassTime) has something to say, or, for an apology that may not be
// needed, something to look at again.  Never before `around.now` unless something is overdue to be
// said; nothing where time alone changes nothing any more.
[[nodiscard]] std::optional<Instant> next_wake(const Dossier& dossier, const Circumstances& around);

// An apology that waits for its signature: drafted for the due date that still stands.
[[nodiscard]] const Apology* pending_apology(const Dossier& dossier);

// Working minutes that the process still plans from `now` on: what is left of the open step, and
// the limits of the steps behind it.  Nothing where the steps have no limits.
[[nodiscard]] std::optional<std::int64_t> planned_minutes(const Dossier& dossier,
                                                          const Circumstances& around);

// Moments around a due date.
struct DueMoments {
  Instant warn{};             // the officer is warned
  Instant draft{};            // the apology is drafted if the plan does not fit any more
  Instant notice{};           // the last moment at which an apology puts the date off
  bool early_enough = false;  // `draft` lies before `notice`: the term is long enough for both
};
// Never before half of the term has gone by: a term of a day is not warned of at its beginning.
[[nodiscard]] DueMoments moments_of(const Dossier& dossier, Instant due,
                                    const Circumstances& around);

}  // namespace dossier
