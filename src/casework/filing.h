#pragma once
// filing.h - a dossier arrives: on line from a draft, or over the counter by an officer.
#include <optional>
#include <string>
#include <vector>

#include "casework/execute.h"

namespace casework {

struct Filing {
  std::string procedure;
  std::string agency;
  base::json::object answers;
  std::optional<dossier::Person> applicant;  // absent: taken from the answers
  std::optional<dossier::Person> on_behalf_of;
  // Needed with on_behalf_of, unless what is on record covers it.
  std::optional<dossier::ActingFor> acting;
  std::optional<dossier::Assistance> assistance;  // only with an officer
  std::string channel = "online";
  std::vector<dossier::Attachment> attachments;
  std::vector<std::string> shown_components;
  bool receive = false;
  std::string return_method = "counter";
  std::string return_at{};  // centre where the result is wanted; empty: where it is received
  bool duplicate_confirmed = false;
  std::string delete_draft;  // id of the draft it was made from
};

struct FiledDossier {
  CommandDone done;
  std::vector<DossierRow> twins;  // open dossiers of the same person for the same procedure
};

// `officer` is null on line.  At the counter an open twin is refused (`duplicate`) until the
// officer has confirmed that he has seen it; on line it is told and never blocks.
[[nodiscard]] Answer<FiledDossier> file_dossier(Workplace& workplace, const Filing& filing,
                                                const party::Officer* officer,
                                                const RequestKey& request);

// The applicant as the form's answers name him: by the fields' `prefill` hints ("applicant.…").
[[nodiscard]] dossier::Person applicant_from(const procedure::Procedure& procedure,
                                             const base::json::object& answers);

}  // namespace casework
