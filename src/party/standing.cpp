#include "party/standing.h"

#include <algorithm>

namespace party {

bool is_second_post(const Mandate& mandate) {
  return mandate.kind == MandateKind::grant && mandate.id.starts_with(kSecondPost);
}

bool holds_by_post(const Officer& officer, Role role, const AgencyId& agency,
                   calendar::Instant at) {
  if (officer.has_role(role) && officer.answers_for(agency)) return true;
  return std::ranges::any_of(officer.mandates, [&](const Mandate& one) {
    return is_second_post(one) && one.role == role && one.agency == agency && one.counts_at(at);
  });
}

std::vector<Role> roles_left(const AuthorityEntry& given, const Officer& giver,
                             const AuthorityRegister& entries, calendar::Instant at) {
  std::vector<Role> roles = given.all_roles();
  if (!given.agency.has_value()) return roles;
  const AuthorityEntry* below = given.rests_on.empty() ? nullptr : entries.find(given.rests_on);
  std::erase_if(roles, [&](Role role) {
    if (given.rests_on.empty()) return !holds_by_post(giver, role, *given.agency, at);
    // What was given to himself he takes along; what was given to those of his agency he does not.
    if (below == nullptr || !below->to_agency.has_value()) return false;
    return !giver.answers_for(*below->to_agency) || !giver.has_role(role);
  });
  return roles;
}

}  // namespace party
