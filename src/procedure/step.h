#pragma once
// step.h - what a user task of a process means to an office: who does it, where, for how long.
//
// Read from the extension attributes of the task in process.bpmn, namespace
// https://motcua.vn/ns/bpmn; the format is in docs/formats/procedure.md.  Completing a step sets
// two variables of the process instance: `outcome` (the code chosen) and `<step id>_outcome` (the
// same, kept while later steps overwrite the first), which the gateways' conditions read.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/limit.h"
#include "form/bilingual.h"
#include "party/officer.h"

namespace procedure {

using form::Bilingual;

enum class StepAction {
  receive,        // take the dossier in, check that it is complete, hand it on
  assign,         // decide who works on it
  process,        // examine, verify, draft
  consult,        // give an opinion to another agency
  approve,        // decide and sign
  issue,          // number, seal, enter in the register
  return_result,  // hand the result over ("return" in the file)
};

// The part an agency plays in one dossier; which agency that is, is resolved per dossier.
enum class AgencyPart {
  receiving,  // the one-stop unit that took the dossier in
  competent,  // the agency that decides, where one agency does it all
  lead,       // the agency that prepares the decision of another
  committee,  // the people's committee that decides on the lead's proposal
  consulted,  // an agency asked for its opinion
  police,     // the police of the commune, in procedures done together
  insurance,  // the social insurance, in procedures done together
};

struct Outcome {
  std::string code;  // snake_case ASCII, the value of `outcome`
  Bilingual label;
  bool needs_reason = false;  // the officer has to write why (sending back, refusing)
};

struct Step {
  std::string id;  // of the user task
  Bilingual title;
  StepAction action = StepAction::process;
  party::Role role = party::Role::specialist;
  AgencyPart agency = AgencyPart::competent;
  std::optional<calendar::Limit> limit;  // absent where the time is not counted
  bool counted = true;                   // the limit counts towards the internal total
  std::vector<Outcome> outcomes;         // at least one
  std::string silence;                   // the outcome it has when its limit passes; or empty
  int national_status = 4;               // 1..10, while a dossier waits here

  [[nodiscard]] const Outcome* find_outcome(std::string_view code) const;
};

[[nodiscard]] std::string_view to_text(StepAction action);
[[nodiscard]] std::string_view to_text(AgencyPart part);
[[nodiscard]] std::optional<StepAction> find_step_action(std::string_view text);
[[nodiscard]] std::optional<AgencyPart> find_agency_part(std::string_view text);

}  // namespace procedure
