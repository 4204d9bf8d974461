#pragma once
// authority_json.h - grants, delegations and absences as JSON: as they are stored (definition kind
// "authority"), as they are asked for, and as they are shown.
#include "base/json.h"
#include "casework/workplace.h"
#include "party/authority_check.h"

namespace casework {

// As stored; members are only ever added (docs/formats/authority.md).
[[nodiscard]] base::json::object authority_json(const party::AuthorityEntry& entry);
[[nodiscard]] base::Outcome<party::AuthorityEntry> read_authority(std::string_view text);

// {"number", "issuer", "issued_on", "title"}; what cannot be read is left out.
[[nodiscard]] base::json::object act_json(const party::LegalAct& act);
[[nodiscard]] party::LegalAct read_act(const base::json::value* json);

// What somebody asks to be recorded: AuthorityDraft of api/openapi.yaml.  Failure `unprocessable`
// names every member that cannot be read.
[[nodiscard]] Answer<party::AuthorityEntry> read_authority_draft(const base::json::object& body);
// {"at", "act", "reason"}; without a moment: now.
[[nodiscard]] Answer<party::Revocation> read_revocation(const base::json::object& body,
                                                        Instant now);

enum class AuthorityState { coming, current, ended, revoked };
[[nodiscard]] const char* name(AuthorityState state);
[[nodiscard]] AuthorityState state_of(const party::AuthorityEntry& entry,
                                      const party::AuthorityRegister& entries, Instant now);

// Authority of api/openapi.yaml.
[[nodiscard]] base::json::object shown_authority(const Workplace& workplace,
                                                 const party::AuthorityEntry& entry,
                                                 const party::AuthorityRegister& entries,
                                                 Instant now);
// AuthorityBasis: by what somebody may do something beyond his post.
[[nodiscard]] base::json::object basis_json(const party::Mandate& mandate);
[[nodiscard]] base::json::array problems_json(const party::AuthorityProblems& problems);

}  // namespace casework
