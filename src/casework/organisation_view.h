#pragma once
// organisation_view.h - the organisation, an agency, a person and a preview as the interface shows
// them.  Identity numbers are masked.
#include <string>

#include "base/json.h"
#include "casework/organisation_tables.h"
#include "casework/workplace.h"

namespace casework {

// The tree of that day, those that are no more, and what will change after it.
[[nodiscard]] base::json::object organisation_json(const OrganisationRegister& organisations,
                                                   calendar::Date on);
// An agency as it was, is and will be; who holds which post there on that day, its counters.
// Failure `not_found`.
[[nodiscard]] Answer<base::json::object> agency_history_json(
    const OrganisationRegister& organisations, const std::string& code, calendar::Date on);
// Who headed it that day; where it was no more, who goes on with its work and who heads that.
[[nodiscard]] Answer<base::json::object> head_json(const OrganisationRegister& organisations,
                                                   const std::string& code, calendar::Date on);
// The posts of a person.  Failure `not_found`.
[[nodiscard]] Answer<base::json::object> person_history_json(
    const OrganisationRegister& organisations, const std::string& identity);
[[nodiscard]] base::json::object preview_json(const ImportPreview& preview);
// What was registered, newest first.
[[nodiscard]] base::json::object registrations_json(const OrganisationRegister& organisations);

}  // namespace casework
