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

// The counter stays where people come to, and who watches or administers is not competent for
// procedures.
const std::vector<Role>& decentralised_roles() {
  static const std::vector<Role> roles{Role::specialist, Role::head, Role::leader, Role::clerk};
  return roles;
}

}  // namespace party
