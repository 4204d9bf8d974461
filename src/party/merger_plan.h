#pragma once
// merger_plan.h - the whole change that a merger of communes is: with the committees their centres,
// units and police, so that nothing is left behind.
#include <string>
#include <vector>

#include "party/organisation.h"
#include "party/organisation_change.h"

namespace party {

struct Merger {
  std::string id{};
  calendar::Date on{};
  LegalAct act{};
  std::vector<AgencyId> ends{};  // committees; one that goes on is not among them
  // The committee that goes on: one that exists (only its code counts), or a new one.
  Agency into;
};

// By the organisation of the day before.  What hangs below an ending committee, and the police of
// its commune, passes to what is of its kind at `into`; where there is none, that is founded too,
// named after it.  The register judges the change.
[[nodiscard]] OrganisationChange plan_merger(const Organisation& before, const Merger& merger);

}  // namespace party
