#pragma once
// authority_entry.h - one act by which authority is given, moved or taken over, as it is recorded.
//
// Four kinds share one record, because they are looked at together: who holds what, from when until
// when, by which decision.  A record is made once and never edited.  It may be revoked; a
// revocation that is to come may be brought forward by another one.
// Nothing counts before it was recorded, whatever day it names, and neither does a revocation: so
// what was allowed at a moment is told the same way ever after.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "calendar/instant.h"
#include "party/agency_id.h"
#include "party/legal_act.h"
#include "party/organisation.h"
#include "party/procedure_scope.h"
#include "party/role.h"

namespace party {

enum class AuthorityKind {
  grant,             // a role at an agency, given to an officer by the unit's administrator
  decentralisation,  // phân cấp: moved to another agency or level, which acts in its own name
  delegation,        // ủy quyền: to a person or an agency, who acts in the giver's name
  absence,           // an officer is away; his deputy, if one is named, stands in his place
};
inline constexpr int kAuthorityKindCount = 4;
[[nodiscard]] std::string_view name(AuthorityKind kind);
[[nodiscard]] std::optional<AuthorityKind> parse_authority_kind(std::string_view text);

// From inclusive, until exclusive.
struct Period {
  calendar::Instant from = calendar::Instant::min();
  calendar::Instant until = calendar::Instant::max();

  [[nodiscard]] bool is_empty() const { return until <= from; }
  [[nodiscard]] bool has(calendar::Instant at) const { return from <= at && at < until; }
  [[nodiscard]] bool meets(const Period& other) const {
    return from < other.until && other.from < until && !is_empty() && !other.is_empty();
  }
  [[nodiscard]] bool contains(const Period& other) const {
    return from <= other.from && other.until <= until;
  }
  [[nodiscard]] Period within(const Period& other) const {
    return {from < other.from ? other.from : from, until < other.until ? until : other.until};
  }
  friend bool operator==(const Period&, const Period&) = default;
};

struct Revocation {
  calendar::Instant at{};  // from when the authority is gone
  LegalAct act{};
  std::string reason{};
  calendar::Instant recorded_at{};
  OfficerId recorded_by{};  // empty: the system, because what it rested on had gone
  std::string recorded_by_name{};

  [[nodiscard]] calendar::Instant counts_from() const {
    return at < recorded_at ? recorded_at : at;
  }
  friend bool operator==(const Revocation&, const Revocation&) = default;
};

struct AuthorityEntry {
  std::string id{};
  AuthorityKind kind = AuthorityKind::grant;

  // Whose authority it is: the delegating officer or agency, the agency it is moved from, the
  // officer who is away.  A grant has neither.
  OfficerId from_officer{};
  std::optional<AgencyId> from_agency{};
  std::string from_name{};  // as it stood
  // Who gets it.  Of an agency: whoever has the role there.
  OfficerId to_officer{};
  std::optional<AgencyId> to_agency{};
  std::optional<AgencyKind> to_level{};  // phân cấp to all agencies of a kind below `from_agency`
  std::string to_name{};

  Role role = Role::specialist;      // of a grant or delegation
  std::vector<Role> roles{};         // of an absence: what the absent officer is by his post
  std::optional<AgencyId> agency{};  // where the authority is exercised
  ProcedureScope procedures{};
  Period period{};
  bool may_delegate_further = false;  // the decision says so
  std::string rests_on{};             // id of what the giver holds it by; empty: his post
  // Of an absence that somebody else recorded: where what the absent officer holds beyond his post
  // passes to the deputy, because it was the recorder's to give.  Nothing said: everywhere.
  std::optional<std::vector<AgencyId>> passes_on_at{};

  LegalAct act{};
  std::string reason{};
  calendar::Instant recorded_at{};
  OfficerId recorded_by{};
  std::string recorded_by_name{};
  std::optional<Revocation> revocation{};

  // What the record itself lets count, without what it rests on: not before it was recorded, not
  // after it was revoked.  May be empty.
  [[nodiscard]] Period counts() const;
  // The roles it is about: `roles` of an absence, what agencies do of a decentralisation.
  [[nodiscard]] std::vector<Role> all_roles() const;
  // Of an absence: what the absent officer holds there by that record goes to the deputy as well.
  [[nodiscard]] bool passes_on(const AuthorityEntry& held) const;
  friend bool operator==(const AuthorityEntry&, const AuthorityEntry&) = default;
};

// What an agency does with a procedure, and so what phân cấp moves.
[[nodiscard]] const std::vector<Role>& decentralised_roles();

}  // namespace party
