#pragma once
// assessment.h - what a procedure means for one person's answers: case, papers, fees, time.
//
// Pure.  The answers are the normalised ones of form::evaluate.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fault.h"
#include "base/json.h"
#include "calendar/instant.h"
#include "form/validation.h"
#include "procedure/procedure.h"
#include "rules/value.h"

namespace procedure {

// What the answers are looked at with.
struct Situation {
  base::json::object answers;
  Channel channel = Channel::counter;
  calendar::Date on;  // the day it is filed
};

// The names that conditions, decisions and gateways read: every field of the form by its id (null
// without an answer), `today`, `channel` ("online", "counter", "post") and, once a case is chosen,
// `case_id`.  Whoever drives the process adds the outcomes, see step.h.
[[nodiscard]] rules::Context variables_of(const Procedure& procedure, const Situation& situation,
                                          const Case* chosen = nullptr);

// The first case whose condition holds; the last one takes all the rest.  Never null for a loaded
// procedure; points into it.
[[nodiscard]] const Case* select_case(const Procedure& procedure, const Situation& situation);

// What the law asks and the answers do not meet, in the order of the procedure; those that an
// answer is missing for are silent.  They point into the procedure.
[[nodiscard]] std::vector<const Eligibility*> unmet_eligibility(const Procedure& procedure,
                                                                const Situation& situation);

// The same as problems of the form, beside its own: check_failed, with the article at the end.
[[nodiscard]] std::vector<form::FieldProblem> eligibility_problems(const Procedure& procedure,
                                                                   const Situation& situation);

// What the decision of Authority::Rule::decision says: the code of an agency or of a commune.
// Empty for other rules.  Fault `invalid` when the answers do not suffice.
[[nodiscard]] base::Outcome<std::string> decided_authority(const Procedure& procedure,
                                                           const Situation& situation);

struct NeededComponent {
  const Component* component = nullptr;  // points into the procedure
  bool required = true;                  // false: welcome, but nobody is sent home without it
  bool replaced = false;  // data of a national database stand in; ask for the paper only if missing
  const DataInstead* data = nullptr;  // which, when `replaced`
};

// The papers of this situation, in the order of the procedure.
[[nodiscard]] std::vector<NeededComponent> components_for(const Procedure& procedure,
                                                          const Case& chosen,
                                                          const Situation& situation);

struct FeeLine {
  std::string code;
  Bilingual name;
  std::int64_t amount = 0;  // dong
  Bilingual reason;
  bool example_value = false;  // the real local level is not known; said on every screen

  friend bool operator==(const FeeLine&, const FeeLine&) = default;
};

struct Fees {
  std::vector<FeeLine> lines;  // empty: free of charge
  std::int64_t total = 0;
  bool example_value = false;  // of any line
};

// Fault `invalid` when an answer that the amount depends on is missing, or makes no sense of it.
[[nodiscard]] base::Outcome<Fees> fees_for(const Procedure& procedure, const Case& chosen,
                                           const Situation& situation);

struct LimitOffer {
  calendar::Limit published;
  std::optional<calendar::Limit> internal;
  std::optional<calendar::TimeOfDay> cutoff;
  // The shorter of both by nominal length (8 working hours a day, 5 working days a week).  Around
  // holidays the other one may end earlier: whoever has the calendar computes both due instants and
  // promises the earlier.
  calendar::Limit promised;
  bool promised_is_internal = false;
};

// The limit of a case through a channel.  Nothing when the procedure does not take the channel.
[[nodiscard]] std::optional<LimitOffer> limit_for(const Procedure& procedure, const Case& chosen,
                                                  Channel channel);

// A limit as minutes of work, a week being five days of eight hours: for comparing limits without a
// calendar, never for computing a day.
[[nodiscard]] std::int64_t nominal_working_minutes(const calendar::Limit& limit);

}  // namespace procedure
