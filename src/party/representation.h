#pragma once
// representation.h - who acts for whom: parents, guardians, authorised persons, the head of an
// organisation; with evidence and dates.
//
// Pure.  Source: Civil Code 91/2015/QH13 (from 1 January 2017), articles 20 (adult at eighteen), 46
// and 58 (guardians), 134 to 141 (representation), 136 (parents of a minor), 137 (legal
// representative of an organisation), 563 (an authorisation without an end counts for one year).
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/instant.h"
#include "calendar/language.h"
#include "party/legal_act.h"
#include "party/partial_date.h"
#include "party/procedure_scope.h"

namespace party {

enum class RepresentationKind {
  parent,                // of somebody who is not of age
  guardian,              // appointed, or by law
  authorised,            // by a written authorisation
  legal_representative,  // of an organisation
};
[[nodiscard]] std::string_view name(RepresentationKind kind);
[[nodiscard]] std::optional<RepresentationKind> parse_representation_kind(std::string_view text);
[[nodiscard]] const calendar::Bilingual& title(RepresentationKind kind);

struct Representation {
  std::string id;
  RepresentationKind kind = RepresentationKind::authorised;
  std::string represented{};     // id of the person
  std::string representative{};  // id of the person
  ProcedureScope procedures{};
  std::optional<calendar::Date> from{};
  std::optional<calendar::Date> until{};  // last day
  LegalAct evidence{};        // birth certificate, decision, authorisation, registration
  std::string file{};         // address of a copy, or empty
  std::string recorded_by{};  // "officer:ID"
  calendar::Date recorded_on{};
  std::optional<calendar::Date> revoked_on{};  // from that day on it counts no more
  std::string revoked_why{};

  friend bool operator==(const Representation&, const Representation&) = default;
};

enum class RepresentationProblem {
  self,              // nobody represents himself
  evidence_missing,  // no paper is named: enter its number or what it is
  day_missing,       // an authorisation without the day it was given has no end
  end_before_start,
};
[[nodiscard]] calendar::Bilingual explain(RepresentationProblem problem);
// All at once; empty: it can be recorded.
[[nodiscard]] std::vector<RepresentationProblem> problems_of(const Representation& representation);
// The last day it counts if nothing else ends it; none: open.
[[nodiscard]] std::optional<calendar::Date> last_day(const Representation& representation);

enum class RepresentationReason {
  counts,            // yes
  none_recorded,     // nothing says that he acts for that person: record the evidence
  not_begun,         // from a later day on
  ended,             // its last day has passed
  revoked,           // it was taken back
  other_procedures,  // it is about other procedures
  of_age,            // the child has come of age and acts for himself
  birth_unknown,     // nobody knows whether the child is of age: enter the day of birth
};
[[nodiscard]] calendar::Bilingual explain(RepresentationReason reason);

struct RepresentationVerdict {
  RepresentationReason reason = RepresentationReason::none_recorded;
  const Representation* by = nullptr;  // of the given ones; null with none_recorded

  explicit operator bool() const { return reason == RepresentationReason::counts; }
};
// Whether `representative` acts for `represented` in that procedure on that day, by what is
// recorded; of several refusals the one that is nearest to yes.
[[nodiscard]] RepresentationVerdict may_represent(std::span<const Representation> recorded,
                                                  std::string_view representative,
                                                  std::string_view represented,
                                                  std::string_view procedure,
                                                  std::string_view field, calendar::Date on,
                                                  const std::optional<PartialDate>& born);

}  // namespace party
