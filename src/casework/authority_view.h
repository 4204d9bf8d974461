#pragma once
// authority_view.h - grants, delegations and absences as somebody looks through them, and the steps
// by which the gate comes to its answer.
#include "casework/authority.h"
#include "casework/authority_json.h"
#include "casework/execute.h"

namespace casework {

struct AuthorityQuery {
  std::string agency;     // and what is below it; empty: all that the asker may see
  std::string officer;    // who gives or gets it
  std::string procedure;  // code
  std::string state;      // "coming", "current", "ended" (with what was revoked); empty: all
};
// {"items": [Authority], "more"}; at most 500, what holds now first.
[[nodiscard]] base::json::object authorities_json(Workplace& workplace, const party::Officer& by,
                                                  const AuthorityQuery& query);
// One with its history; not found for who may not see it.
[[nodiscard]] Answer<base::json::object> authority_details(Workplace& workplace,
                                                           const party::Officer& by,
                                                           const std::string& id);

struct MayAsked {
  std::string officer;  // id or user name
  party::Action action{};
  std::string dossier;  // id or code; empty: about an agency
  std::string agency;   // without a dossier; empty: the officer's own
  std::uint32_t task = 0;
  std::optional<Instant> at{};  // empty: now
};
// {"allowed", "reason", "basis", "at", "officer", "action", "subject", "steps"}: every post and
// mandate of the officer, and why it covers the action or not.
[[nodiscard]] Answer<base::json::object> explain_may(Workplace& workplace, const MayAsked& asked);

// Every signature of the dossier: by what it was given, and whether that stood at its moment.
[[nodiscard]] Answer<base::json::object> signatures_json(Workplace& workplace,
                                                         const OpenDossier& open);

}  // namespace casework
