#pragma once
// competence.h - which agencies take part in a dossier: who receives, prepares and decides.
//
// Pure.  The procedure's authority rule decides: by the place, by the agencies it names, or by a
// decision of its rules over the answers.
#include <map>
#include <optional>
#include <string>

#include "casework/failure.h"
#include "party/organisation.h"
#include "procedure/assessment.h"
#include "procedure/procedure.h"

namespace casework {

struct Competence {
  std::string agency;                        // competent, or leading
  std::string receiving;                     // one-stop centre
  std::map<std::string, std::string> parts;  // "receiving", "competent", "lead", "committee", …
};

// `situation`: the answers, and what a decision over them reads.
// `chosen`: the agency named by the applicant (a commune's committee or centre, or its five-digit
// code), may be empty.  `received_at`: the agency of the officer who takes it in, empty on line; it
// becomes the receiving one where it is a one-stop centre (reception anywhere in the province).
[[nodiscard]] Answer<Competence> competence_for(const procedure::Procedure& procedure,
                                                const party::Organisation& organisation,
                                                const procedure::Situation& situation,
                                                const std::string& chosen,
                                                const std::string& received_at);

}  // namespace casework
