#pragma once
// authority.h - who may do what: the only gate of every use case, and it says why.
//
// Pure.  What an officer may do follows from his post (his roles at his agency) and from his
// mandates: roles elsewhere or for some procedures, for a time, by a decision.  A leader, head or
// supervisor reaches into what is below his agency by code to watch, assign and stop, but not to do
// its tasks or to sign for it; everybody else only into his own.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/instant.h"
#include "calendar/language.h"
#include "party/agency_id.h"
#include "party/officer.h"

namespace party {

enum class Action {
  view_dossier,
  receive,                   // at the counter or from the portal; also entering a paper dossier
  refuse_reception,          // form 03
  request_supplement,        // form 02
  request_supplement_again,  // a second time: needs a supervisor
  record_supplement,
  claim_task,     // take an unassigned task
  complete_task,  // with its outcome
  assign_task,
  recall_task,
  send_back_task,  // one step, with a reason
  correct_data,    // a typing error
  approve,         // sign
  issue_result,    // number, stamp, publish
  return_result,   // hand over to the applicant
  withdraw,        // on the applicant's request
  stop,            // form 05
  apologise,       // form 04: the agency's head signs
  take_payment,
  refund_payment,
  close_cash_day,
  view_reports,
  export_lists,
  manage_officers,
  manage_calendars,
  manage_procedures,
  pause_clock,        // for a reason that the law takes out of the office's time; and let it go on
  draft_apology,      // the text of form 04, before the signature
  answer_escalation,  // silence of the office was escalated: say what is done
  erase_content,      // of a closed dossier, when the law no longer has it kept
  hand_over,          // papers or a result, to who carries them to another agency
  take_over,          // what was carried here
  change_return,      // where and how the applicant gets his result
};
inline constexpr int kActionCount = 33;
[[nodiscard]] std::string_view name(Action action);
[[nodiscard]] std::optional<Action> parse_action(std::string_view text);

// What the action is about.  `agency` is where the task lies; for what the counter does (receive,
// record a supplement, withdraw, return, take payment) and for looking at a dossier it may also be
// the agency that received it: ask for either.
struct Subject {
  AgencyId agency;                      // the agency the task or dossier lies at
  std::optional<Role> role{};           // the role the task asks for, if there is a task
  std::optional<OfficerId> assignee{};  // who has the task, if anybody
  std::string procedure{};              // code, for mandates by procedure
  std::string field{};                  // of the procedure, in Vietnamese
};

enum class Reason {
  by_role,             // allowed: a role of the officer covers it at his agency
  by_hierarchy,        // allowed: the agency is below his
  by_assignment,       // allowed: the task is his
  by_mandate,          // allowed: `mandate` of the verdict says by which decision
  not_active,          // the officer's service had not begun or has ended: ask the administrator
  no_role_for_action,  // none of his roles covers the action
  task_asks_another_role,  // the task is for another role
  other_agency,            // the dossier lies at another agency
  assigned_to_another,     // somebody else has the task: have it reassigned
  mandate_not_begun,       // `mandate` would allow it, from a later moment on
  mandate_ended,           // `mandate` would have allowed it, up to an earlier moment
};

struct Verdict {
  bool allowed = false;
  Reason reason = Reason::no_role_for_action;
  // By which it is allowed, or would be at another time; one of the officer's, and lives as long.
  const Mandate* mandate = nullptr;

  explicit operator bool() const { return allowed; }
  friend bool operator==(const Verdict&, const Verdict&) = default;
};

// His post is asked before his mandates, so that nobody signs "on behalf of" what is his own.
[[nodiscard]] Verdict may(const Officer& officer, Action action, const Subject& subject,
                          calendar::Instant at);
// The roles of which one is needed.
[[nodiscard]] std::vector<Role> roles_for(Action action);
// The action is done on a task and belongs to whoever has it; nobody reaches down to it.
[[nodiscard]] bool is_on_task(Action action);
[[nodiscard]] std::string explain(Reason reason, calendar::Language language);
[[nodiscard]] std::string_view name(Reason reason);

}  // namespace party
