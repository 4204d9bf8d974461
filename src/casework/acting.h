#pragma once
// acting.h - who files for somebody else says as what and by which paper; who is helped by an
// officer has agreed to it.
#include <optional>
#include <vector>

#include "casework/filing.h"
#include "dossier/party_of_dossier.h"

namespace casework {

struct Acting {
  std::optional<dossier::ActingFor> acting;
  std::optional<dossier::Assistance> assistance;
  std::vector<form::FieldProblem> problems;  // then nothing of it may be filed
};

// What is to be recorded of it.  What officers recorded before counts at the counter, so that the
// paper is not asked for twice; on line it is never looked up, for that would tell strangers.
[[nodiscard]] Answer<Acting> check_acting(Workplace& workplace, const Filing& filing,
                                          const dossier::Person& applicant,
                                          const procedure::Procedure& procedure,
                                          const party::Officer* officer);

// Keeps who was seen at the counter, and the paper he acted by, for the next time.  The filing
// stands whatever becomes of it; a repeated filing keeps nothing twice.
void remember_people(Workplace& workplace, const party::Officer& officer, const std::string& id,
                     const dossier::Dossier& filed);

}  // namespace casework
