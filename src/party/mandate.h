#pragma once
// mandate.h - what an officer holds beyond his post: a role, somewhere, for some procedures, for a
// time, by a decision.
//
// Mandates are computed from grants, delegations and absences; they are what party::may reads.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/instant.h"
#include "party/agency_id.h"
#include "party/legal_act.h"
#include "party/procedure_scope.h"
#include "party/role.h"

namespace party {

enum class MandateKind {
  grant,       // given by the unit's administrator
  delegation,  // uỷ quyền: in the name of the agency or person that delegated it ("TUQ.")
  deputy,      // in the place of somebody absent ("KT.")
  duty,        // of the named duty holder, where nobody else could take the work
};
[[nodiscard]] std::string_view name(MandateKind kind);
[[nodiscard]] std::optional<MandateKind> parse_mandate_kind(std::string_view text);

struct Mandate {
  std::string id;  // of the grant, delegation or absence it comes from
  MandateKind kind = MandateKind::grant;
  Role role = Role::specialist;
  AgencyId agency;
  ProcedureScope procedures{};
  calendar::Instant from = calendar::Instant::min();
  calendar::Instant until = calendar::Instant::max();  // exclusive
  LegalAct act{};
  OfficerId on_behalf_of{};  // whose authority it is; empty text: an agency's, or his own
  std::string on_behalf_of_name{};

  [[nodiscard]] bool counts_at(calendar::Instant at) const { return from <= at && at < until; }
  friend bool operator==(const Mandate&, const Mandate&) = default;
};

}  // namespace party
