#pragma once
// competence.h - which agencies take part in a dossier: who receives, decides and hands out.
//
// Pure.  The procedure's authority rule says who is competent: by the place, by the agencies it
// names, or by a decision of its rules over the answers.  On top of it the province's table is
// asked (competence_dmn.h), and whatever else has moved competence by a decision.  The answer names
// the act it rests on.
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "casework/competence_dmn.h"
#include "casework/failure.h"
#include "dossier/event.h"
#include "party/organisation.h"
#include "procedure/assessment.h"
#include "procedure/procedure.h"

namespace casework {

struct Competence {
  std::string agency;                        // competent, or leading
  std::string receiving;                     // one-stop centre
  std::string returning{};                   // where the result is handed out
  std::string centre{};                      // the competent agency's own one-stop centre
  std::map<std::string, std::string> parts;  // "receiving", "competent", "lead", "committee", …
  std::string by_procedure{};                // who it is by the procedure's own rule alone
  // Nothing: the procedure's own rule decided.
  std::optional<dossier::CompetenceNote> moved{};
  // The row of the table of reception; null: none, or no table.  Lives as long as the model.
  const ReceptionRule* reception = nullptr;
  // Whether dossiers are received at any centre of the province.
  bool anywhere = true;
};

// `situation`: the answers, and what a decision over them reads.
// `chosen`: the agency named by the applicant (a commune's committee or centre, or its five-digit
// code), may be empty.  `received_at`: the agency of the officer who takes it in, empty on line; it
// becomes the receiving one where it is a one-stop centre (reception anywhere in the province).
// By the procedure's own rule alone.
[[nodiscard]] Answer<Competence> competence_for(const procedure::Procedure& procedure,
                                                const party::Organisation& organisation,
                                                const procedure::Situation& situation,
                                                const std::string& chosen,
                                                const std::string& received_at);

// A competence that a decision has moved: to an agency, or to the agencies of a level, each for its
// own place.
struct MovedCompetence {
  std::string agency{};  // empty: `level`
  std::optional<party::AgencyKind> level{};
  std::string act{};
  Bilingual reason{};
};

struct CompetenceQuery {
  procedure::Situation situation{};
  std::string chosen{};
  std::string received_at{};
  std::string return_at{};  // where the applicant wants the result; empty: where it is received
  const CompetenceModel* model = nullptr;  // the province's table; null: there is none
  const dossier::Person* applicant = nullptr;
  // Asked where no row fits: what else has moved it from that agency.
  std::function<std::optional<MovedCompetence>(const std::string& agency, const std::string& code,
                                               const std::string& field)>
      moved{};
};

// Failure `reception-not-here` (not_allowed_now) where the officer's centre does not take in this
// procedure for that agency: it says who is competent and where to go.
[[nodiscard]] Answer<Competence> competence_for(const procedure::Procedure& procedure,
                                                const party::Organisation& organisation,
                                                const CompetenceQuery& query);

// Whether a result of that procedure may be handed out at that centre.
[[nodiscard]] bool may_return_at(const Competence& competence,
                                 const party::Organisation& organisation, const std::string& agency,
                                 Date on);

}  // namespace casework
