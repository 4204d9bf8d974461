#pragma once
// sweep.h - time passes: warnings, drafted apologies, dates gone by, silence.
//
// A command like any other (dossier::PassTime), asked for every dossier whose moment has come.  It
// costs time in proportion to what is due.  However often it runs, and from however many threads,
// each thing happens once: the second one finds the dossier changed and nothing left to say.  After
// a stop of the server the next run catches up.
#include "casework/failure.h"
#include "casework/workplace.h"

namespace casework {

struct SweepDone {
  int woken = 0;      // dossiers looked at
  int warnings = 0;   // due soon
  int apologies = 0;  // drafted
  int overdue = 0;    // due dates marked as passed
  int silences = 0;
  int reminders = 0;  // pauses that last longer than expected
  int postponed = 0;  // changed meanwhile, or could not be stored: the next run takes them
  bool more = false;  // the limit was reached: run again
};

inline constexpr int kSweepLimit = 500;

// At most `limit` dossiers, the oldest moments first.
[[nodiscard]] Answer<SweepDone> sweep(Workplace& workplace, int limit = kSweepLimit);

// A calendar has changed: the running dossiers of that office and those below it are looked at
// again by the next sweeps, so that warnings and apologies come by the calendar of now.
[[nodiscard]] Answer<base::Done> look_again(Workplace& workplace, const std::string& office);

}  // namespace casework
