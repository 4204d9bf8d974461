#pragma once
// entitlement.h - could this officer do that task, as he stands now?  For whoever gives a task to
// somebody, and for what is in somebody's hands.
#include <vector>

#include "casework/workplace.h"
#include "dossier/decide.h"
#include "party/authority.h"

namespace casework {

// What the gate is asked for when a step is done.
[[nodiscard]] party::Action action_of(procedure::StepAction action);

// A task that lies at an agency, for whoever may take it.
struct TaskPlace {
  std::string agency;
  std::string role;
  std::string step;
};
// Both that he may have it and that he may do it.  An officer of whom nothing is known is not
// judged: another program may have made his account.
[[nodiscard]] party::Verdict may_have(const Workplace& workplace, const std::string& officer,
                                      const procedure::Procedure& procedure, const TaskPlace& task,
                                      Instant at);

// Tasks that these events open: `chosen` has to be entitled to the one he is to get (refusal
// `assignee-not-entitled`); whoever had a step before gets it again only if he still may do it,
// else it is free.
[[nodiscard]] Answer<std::vector<dossier::NewEvent>> with_entitled(
    const Workplace& workplace, std::vector<dossier::NewEvent> events,
    const dossier::Circumstances& around, const std::optional<dossier::Actor>& chosen);
[[nodiscard]] base::Failure<Failure> assignee_not_entitled(const party::Verdict& verdict);

}  // namespace casework
