#include "party/authority_entry.h"

#include <algorithm>
#include <array>

namespace party {

namespace {

constexpr std::array<std::string_view, kAuthorityKindCount> kNames{"grant", "decentralisation",
                                                                   "delegation", "absence"};

}  // namespace

std::string_view name(AuthorityKind kind) {
  return kNames.at(static_cast<std::size_t>(kind));
}

std::optional<AuthorityKind> parse_authority_kind(std::string_view text) {
  const auto* const found = std::ranges::find(kNames, text);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<AuthorityKind>(found - kNames.begin());
}

Period AuthorityEntry::counts() const {
  Period counted = period;
  counted.from = std::max(counted.from, recorded_at);
  if (revocation.has_value()) counted.until = std::min(counted.until, revocation->counts_from());
  return counted;
}

std::vector<Role> AuthorityEntry::all_roles() const {
  switch (kind) {
    case AuthorityKind::absence:
      return roles;
    case AuthorityKind::decentralisation:
      return decentralised_roles();
    case AuthorityKind::grant:
    case AuthorityKind::delegation:
      break;
  }
  return {role};
}

bool AuthorityEntry::passes_on(const AuthorityEntry& held) const {
  // What was granted to him, and what was delegated to him with the right to delegate further.
  const bool his = (held.kind == AuthorityKind::grant && held.role != Role::administrator) ||
                   (held.kind == AuthorityKind::delegation && held.may_delegate_further);
  if (!his || kind != AuthorityKind::absence || !held.agency.has_value()) return false;
  return !passes_on_at.has_value() ||
         std::ranges::find(*passes_on_at, *held.agency) != passes_on_at->end();
}

// The counter stays where people come to, and who watches or administers is not competent for
// procedures.
const std::vector<Role>& decentralised_roles() {
  static const std::vector<Role> roles{Role::specialist, Role::head, Role::leader, Role::clerk};
  return roles;
}

}  // namespace party
