#pragma once
// draft_competence.h - who decides in a draft: its level, the process that fits, the agencies.
//
// Internal to the drafts.
#include <optional>
#include <string>

#include "catalogue/draft_policy.h"
#include "catalogue/draft_process.h"
#include "catalogue/entry.h"
#include "party/organisation.h"
#include "procedure/procedure.h"

namespace catalogue {

struct DraftCompetence {
  ProcessChoice process;
  Bilingual text;         // who decides, as published
  std::string lead;       // code; of a province or ministry: who prepares, or decides itself
  std::string committee;  // code; who decides on the lead's proposal
  ProcessNames names;
  bool police = false;     // of a commune: its police decides, not its committee
  bool registered = true;  // else the agencies above stand in for one the organisation lacks
  Bilingual missing;       // which one that is
};

[[nodiscard]] DraftCompetence draft_competence(const Entry& entry, procedure::Level level,
                                               const std::string& agency, const DraftPolicy& policy,
                                               const party::Organisation& organisation);

// See draft.h.
[[nodiscard]] std::optional<procedure::Level> natural_level(const Entry& entry,
                                                            const DraftPolicy& policy);

}  // namespace catalogue
