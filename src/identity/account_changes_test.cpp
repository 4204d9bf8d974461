#include "identity/account_changes.h"

#include <gtest/gtest.h>

namespace identity {
namespace {

using party::Role;

party::Officer officer() {
  party::Officer one{.id = {"o1"}, .agency = *party::AgencyId::parse("H41.101")};
  one.name = "Phan Thị Hoa";
  one.roles = {Role::administrator, Role::clerk};
  one.identity_number = "040085001234";
  return one;
}

TEST(AccountChanges, WhatDecidesOnAuthorityOrOnWhoGetsInIsNamed) {
  const party::Officer before = officer();
  party::Officer after = before;
  after.name = "Phan Thị Hòa";
  after.phone = "0912345678";
  after.roles = {Role::clerk, Role::administrator};
  EXPECT_FALSE(changes_of(before, true, after, true).any()) << "a name, a telephone, another order";
  after.roles.push_back(Role::leader);
  EXPECT_EQ(changes_of(before, true, after, true).names(),
            std::vector<const char*>{"roles-changed"});
  after = before;
  after.identity_number = "040085009999";
  EXPECT_TRUE(changes_of(before, true, after, true).identity);
  after = before;
  after.active_to = calendar::parse_date("2026-12-31");
  EXPECT_TRUE(changes_of(before, true, after, true).service);
  after = before;
  after.agency = *party::AgencyId::parse("H41");
  EXPECT_TRUE(changes_of(before, true, after, true).agency);
  EXPECT_TRUE(changes_of(before, false, before, true).any()) << "whoever opens an account";
  EXPECT_FALSE(changes_of(before, true, before, false).any()) << "nobody gains by a closed one";
  EXPECT_TRUE(changes_of(before, true, before, false).closed);
}

TEST(AccountChanges, AnAppointmentsRolesDoNotBecomeTheAccountsOwn) {
  const party::Officer stored = officer();
  party::Officer seen = stored;  // by his appointment
  seen.agency = *party::AgencyId::parse("H41.102");
  seen.roles = {Role::leader};
  party::Officer form = seen;
  form.phone = "0912345678";
  const party::Officer kept = with_what_stays(form, seen, stored);
  EXPECT_EQ(kept.agency, stored.agency);
  EXPECT_EQ(kept.roles, stored.roles);
  EXPECT_EQ(kept.phone, "0912345678");
  EXPECT_FALSE(changes_of(stored, true, kept, true).any());
  form.roles = {Role::head};
  EXPECT_EQ(with_what_stays(form, seen, stored).roles, std::vector<Role>{Role::head});
}

}  // namespace
}  // namespace identity
