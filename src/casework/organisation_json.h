#pragma once
// organisation_json.h - what is said of agencies, posts and people, as JSON: of the REST interface
// and of the register's rows.  docs/formats/organisation-changes.md.
#include "base/json.h"
#include "party/organisation_history.h"
#include "party/organisation_record.h"
#include "party/staff_roster.h"

namespace casework {

[[nodiscard]] base::json::object batch_json(const party::OrganisationBatch& batch);
// Names become one line in NFC.  Fault `invalid` names the member.
[[nodiscard]] base::Outcome<party::OrganisationBatch> read_batch(const base::json::value& json);

[[nodiscard]] base::json::object to_json(const party::LegalAct& act);
[[nodiscard]] base::json::object to_json(const party::Agency& agency);
[[nodiscard]] base::json::object to_json(const party::OrganisationChange& change);
[[nodiscard]] base::json::object to_json(const party::Position& position);
[[nodiscard]] base::json::object to_json(const party::StaffMember& person);
[[nodiscard]] base::json::object to_json(const party::Appointment& appointment);
[[nodiscard]] base::json::object to_json(const party::ServiceCounter& counter);
[[nodiscard]] base::json::object to_json(const party::OrganisationProblem& problem);

[[nodiscard]] party::LegalAct read_act(const base::json::value& json);

}  // namespace casework
