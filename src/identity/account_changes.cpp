#include "identity/account_changes.h"

#include <algorithm>

#include <boost/json.hpp>

#include "base/sha256.h"
#include "casework/officers.h"

namespace identity {

namespace {

bool are_same(std::vector<party::Role> one, std::vector<party::Role> other) {
  std::ranges::sort(one);
  std::ranges::sort(other);
  return one == other;
}

}  // namespace

std::vector<const char*> AccountChanges::names() const {
  std::vector<const char*> names;
  if (roles) names.push_back("roles-changed");
  if (agency) names.push_back("agency-changed");
  if (service) names.push_back("service-changed");
  if (identity) names.push_back("identity-number-changed");
  if (opened) names.push_back("account-opened");
  if (closed) names.push_back("account-closed");
  return names;
}

AccountChanges changes_of(const party::Officer& before, bool was_active,
                          const party::Officer& after, bool is_active) {
  return {.roles = !are_same(before.roles, after.roles),
          .agency = before.agency != after.agency,
          .service = before.active_from != after.active_from || before.active_to != after.active_to,
          .identity = before.identity_number != after.identity_number,
          .opened = is_active && !was_active,
          .closed = was_active && !is_active};
}

std::string version_of(const party::Officer& officer, bool active) {
  base::json::object json = casework::officer_json(officer);
  json.erase("identity_number");
  json["active"] = active;
  return base::to_hex(base::sha256(base::to_text(json))).substr(0, 16);
}

party::Officer with_what_stays(party::Officer form, const party::Officer& seen,
                               const party::Officer& stored) {
  // Roles count where they were given: other roles are given where he stands.
  if (are_same(form.roles, seen.roles)) {
    if (form.agency == seen.agency) form.agency = stored.agency;
    form.roles = stored.roles;
  }
  if (form.active_from == seen.active_from) form.active_from = stored.active_from;
  if (form.active_to == seen.active_to) form.active_to = stored.active_to;
  if (form.position == seen.position) form.position = stored.position;
  if (form.identity_number == seen.identity_number) form.identity_number = stored.identity_number;
  return form;
}

}  // namespace identity
