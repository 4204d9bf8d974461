#pragma once
// work.h - the process of a dossier: moving its tokens and saying what the opened tasks ask of
// whom. Internal to the decisions of this module.
#include <optional>
#include <string>

#include "base/result.h"
#include "bpmn/step.h"
#include "dossier/decide.h"
#include "form/validation.h"

namespace dossier {

// What conditions of the process may read: the answers, the outcomes so far, `case_id`, `channel`.
[[nodiscard]] rules::Value process_variables(const Dossier& dossier, const Circumstances& around);

// The engine's answer to `trigger` with the agencies, roles, step limits and holders of the tasks
// it opens.  A task goes back to who did that step before; the only new task goes to `assignee` if
// one is named.
[[nodiscard]] base::Result<WorkMoved, Objection> move_work(
    const Dossier& dossier, const Circumstances& around, const bpmn::Trigger& trigger,
    const std::optional<Actor>& assignee = std::nullopt);

// When a step that begins at `from` is to be done; nothing where it has no limit.
[[nodiscard]] std::optional<Instant> step_due(const procedure::Step& step, Instant from,
                                              const std::vector<calendar::Pause>& pauses,
                                              const calendar::OfficeCalendar& office);

// `event` applied to a copy, for decisions of several events that build on one another.
[[nodiscard]] Dossier after(const Dossier& dossier, const Event& event,
                            const Circumstances& around);

[[nodiscard]] inline base::Failure<Objection> refuse(Refusal why) {
  return base::Failure<Objection>{Objection{why, {}}};
}

// Answers that change a filed dossier, judged as of its filing, so that a form that asks more of
// late filers does not ask it of a dossier that was in time; or as of today where they bring
// something that is newer than the filing.
[[nodiscard]] form::FormEvaluation evaluate_change(const Dossier& dossier,
                                                   const base::json::object& answers,
                                                   const Circumstances& around);

// At least a few letters that a person can act on.
[[nodiscard]] bool says_something(const std::string& reason);

}  // namespace dossier
