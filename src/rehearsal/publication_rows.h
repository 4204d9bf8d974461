#pragma once
// publication_rows.h - the row of the store that puts one item of a proposal in force.
#include "casework/publication.h"
#include "dossier/actor.h"
#include "rehearsal/proposal_check.h"

namespace rehearsal {

[[nodiscard]] Answer<casework::DefinitionRow> row_in_force(casework::Workplace& workplace,
                                                           const ProposedItem& item,
                                                           const CheckedProposal& checked,
                                                           const casework::Approval& approval,
                                                           const dossier::Actor& actor);

}  // namespace rehearsal
