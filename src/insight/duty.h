#pragma once
// duty.h - a dossier whose open task nobody could take goes to the duty holder of the unit.
//
// Whoever is named for the agency is called, else its head, else those of the agencies above it; he
// need not be able to do it, but he sees it in his inbox, with the reason, and it is his to see
// that somebody can.  The call is an event of the dossier; the task itself stays free, so that
// whoever gets the authority takes it at once, and then the call ends by itself.  It follows the
// people: when the one who was called is gone or away, or somebody nearer is there, it goes on to
// whoever would be called now.  Whatever is found
// may be found again: a round does what is still to be done, and what somebody did meanwhile stays
// as he did it.
#include <string>
#include <vector>

#include "casework/duty_calls.h"
#include "casework/failure.h"
#include "insight/coverage_watch.h"
#include "insight/gap.h"

namespace insight {

using casework::Answer;

struct DutyRound {
  std::vector<casework::DutyCall> called;    // new in this round
  std::vector<casework::DutyCall> released;  // somebody can take it now, or it is done
  int postponed = 0;                         // changed meanwhile: the next round takes them
};
[[nodiscard]] Answer<DutyRound> stand_in(casework::Workplace& workplace, const CoverageView& view,
                                         Instant now);

// Who is called for that agency; null: nobody there or above could be.  Of several heads or leaders
// of one agency whoever was `called` already (an officer's id, or empty) stays so.
[[nodiscard]] StaffMemberPtr duty_holder_of(const CoverageView& view,
                                            const std::vector<casework::DutyHolder>& named,
                                            const std::string& agency, Instant now,
                                            const std::string& called = {});

}  // namespace insight
