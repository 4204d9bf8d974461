#include "casework/officer_watch.h"

#include <boost/json.hpp>

#include "casework/test_workplace.h"

namespace casework {
namespace {

TEST(OfficerWatch, TakesOverWhatAnotherServerHasMadeOfAnAccount) {
  test::Commune office;
  Store& store = *office.store;
  party::Officer officer = office.officer("leader@H41.101");
  const auto row_of = [&](bool active) {
    return AccountRow{.username = "lan",
                      .officer = base::to_text(officer_json(officer)),
                      .officer_id = officer.id.text,
                      .password_hash = "x",
                      .active = active};
  };
  ASSERT_TRUE(store.create_account(row_of(true)));
  const auto here = Officers::load(store);
  ASSERT_TRUE(here);
  OfficerWatch watch;
  EXPECT_EQ(*watch.refresh(store, **here), 1) << "at first all";
  EXPECT_EQ(*watch.refresh(store, **here), 0);

  // Another server takes the role away and moves him, then ends his time.
  officer.roles = {party::Role::cashier};
  officer.agency = *party::AgencyId::parse("H41.102.01");
  ASSERT_TRUE(store.save_account(row_of(true)));
  EXPECT_TRUE((*here)->find_username("lan")->officer.has_role(party::Role::leader));
  EXPECT_EQ(*watch.refresh(store, **here), 1);
  const auto moved = (*here)->find_username("lan");
  EXPECT_FALSE(moved->officer.has_role(party::Role::leader));
  EXPECT_EQ(moved->officer.agency.text(), "H41.102.01");
  EXPECT_EQ(*watch.refresh(store, **here), 0);

  officer.active_to = *calendar::parse_date("2026-08-01");
  ASSERT_TRUE(store.save_account(row_of(false)));
  EXPECT_EQ(*watch.refresh(store, **here), 1);
  EXPECT_EQ((*here)->find(officer.id.text)->officer.active_to, officer.active_to);
  EXPECT_FALSE((*here)->find(officer.id.text)->active);
  // Whom another server has taken on is there as well.
  AccountRow fresh = row_of(true);
  fresh.username = "minh";
  fresh.officer_id = "o-2";
  party::Officer other = officer;
  other.id.text = "o-2";
  fresh.officer = base::to_text(officer_json(other));
  ASSERT_TRUE(store.create_account(fresh));
  EXPECT_EQ(*watch.refresh(store, **here), 1);
  EXPECT_NE((*here)->find_username("minh"), nullptr);
}

TEST(OfficerWatch, LeavesWhatMakesNoSenseAndTellsItOnce) {
  test::Commune office;
  Store& store = *office.store;
  const auto here = Officers::load(store);
  ASSERT_TRUE(here);
  OfficerWatch watch;
  ASSERT_TRUE(store.create_account(
      {.username = "lan", .officer = "{}", .officer_id = "o", .password_hash = "x"}));
  EXPECT_FALSE(watch.refresh(store, **here));
  EXPECT_EQ(*watch.refresh(store, **here), 0);
  EXPECT_EQ((*here)->find_username("lan"), nullptr);
}

}  // namespace
}  // namespace casework
