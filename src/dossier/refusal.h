#pragma once
// refusal.h - why the rules say no, each with its remedy.
#include <string>
#include <string_view>
#include <vector>

#include "calendar/language.h"
#include "form/validation.h"

namespace dossier {

enum class Refusal {
  already_filed,          // the dossier exists; open it instead of filing it again
  channel_not_offered,    // the procedure cannot be filed in this way; use a channel it names
  answers_incomplete,     // the form has errors; each is told at its field
  not_eligible,           // the law asks for what the answers do not meet; each with its article
  components_missing,     // papers are missing; each is told by name
  applicant_missing,      // nobody to answer to: give at least a name
  not_yet_received,       // take the dossier in first
  already_received,       // it was taken in before; go on with its task
  already_closed,         // refused, withdrawn, stopped or returned: nothing further can be decided
  result_already_issued,  // a result exists; what follows is its return
  no_result_yet,          // issue the result before returning it
  awaiting_supplement,    // the applicant has to complete the dossier first
  no_supplement_open,     // nothing was asked for
  supplement_empty,       // neither a paper nor an answer nor a note was given
  second_supplement,      // NĐ 118/2025: one request only; a supervisor must give the reason
  nothing_asked,          // a request names at least one thing to bring or mend
  reason_missing,         // say why, in words that the applicant can act on
  task_not_open,          // done or moved meanwhile; load the dossier again
  wrong_action,           // this task is completed by another action
  unknown_outcome,        // the step does not have that outcome
  nothing_before,         // there is no earlier step to go back to
  already_taken_up,       // the next officer has begun; ask to have it sent back
  not_yours,              // only the officer who passed it on can recall it
  already_assigned,       // somebody has it; reassigning needs a reason
  unknown_field,          // the form has no such field
  nothing_changed,        // the value is what it was
  value_not_accepted,     // the new value is not valid for its field
  nothing_to_pay,         // more than what is outstanding, or nothing is
  refund_too_large,       // more than what is left of that receipt
  unknown_receipt,        // no such receipt in this dossier
  fee_outstanding,        // the fee has to be paid before the result is handed over
  bad_amount,             // an amount is a positive number of dong
  bad_method,             // not a way this can be done
  bad_score,              // one to five
  already_rated,          // once a dossier
  not_rateable_yet,       // after the result is returned
  no_deadline,            // the limit cannot be computed with the office's calendar
  process_stuck,          // the process has no way on from here; its designer must mend it
  clock_already_paused,   // the time stands already; let it go on first
  paused_too_often,       // fifty times is enough: end the dossier or go on with it
  clock_not_paused,       // the time is running
  basis_missing,          // a pause names the article that allows it
  pause_without_end,      // a pause has an expected end, from today on and within three years
  already_extended,       // a date is put off once only
  new_date_missing,       // an apology names the new date
  new_date_not_later,     // the new date lies after the old one and today, and within a year
  new_date_off,           // the office does not work on the new date
  nothing_escalated,      // nobody's silence waits for an answer
  not_closed_yet,         // what a dossier says is erased after its end only
  kept_by_law,            // the time for which the law has it kept is not over
  already_erased,         // nothing is left to erase
  erasure_needs_basis,    // name the act or decision by which the content is erased
  same_revision,          // it goes by that revision already
  revision_not_carried,   // what is open in it has no place in the other process
  no_such_transport,      // the dossier has no transport of that number; load it again
  not_to_hand_over,       // it was handed over, or nothing is to be carried any more
  not_on_its_way,         // nobody has handed it over yet, or somebody has taken it over already
  carrier_missing,        // say who carries it
  piece_unknown,          // only what is on the list of the transport travels with it
  piece_left_behind,      // not everything is handed over: say why
  discrepancy_untold,     // something is missing: say what is known of it
  result_on_its_way,      // the result on paper is not at the place of return yet
  papers_not_there,       // the procedure has the work wait for the papers
  deemed_accepted,        // the law counts it as granted; it can no longer be stopped
};

// Stable name in problem types and tests: "already_filed".
[[nodiscard]] std::string_view to_text(Refusal refusal);
// What happened, why, and what to do.
[[nodiscard]] calendar::Bilingual explain(Refusal refusal);

// A refusal with the problems at their fields, where there are any.
struct Objection {
  Refusal why = Refusal::already_closed;
  std::vector<form::FieldProblem> problems;
};

}  // namespace dossier
