#pragma once
// organisation_state.h - all that is registered of the organisation, at one version of the
// register.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "casework/store.h"
#include "party/organisation_history.h"
#include "party/organisation_record.h"
#include "party/staff_roster.h"

namespace casework {

// One batch, and who registered it.
struct Registration {
  std::int64_t version = 0;
  Instant at{};
  dossier::Actor actor{};
  std::string reason{};
  std::string preview{};  // digest of what was shown before
  party::OrganisationBatch batch{};
};

// Never changed once it is there.
struct OrganisationState {
  std::int64_t version = 0;  // of the register: how many batches
  party::OrganisationRecord record;
  party::OrganisationHistory history;
  party::StaffRoster roster;
  std::vector<Registration> registrations;  // oldest first
};
using OrganisationStatePtr = std::shared_ptr<const OrganisationState>;
using OrganisationPtr = std::shared_ptr<const party::Organisation>;

}  // namespace casework
