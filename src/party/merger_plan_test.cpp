#include "party/merger_plan.h"

#include "party/test_organisation.h"

namespace party {
namespace {

using test::day;
using test::id;

Merger three_communes() {
  return {.id = "vinh",
          .on = day("2027-01-01"),
          .act = test::an_act(),
          .ends = {id("H41.101"), id("H41.102"), id("H41.103")},
          .into = test::agency("H41.231", AgencyKind::commune_committee, "H41",
                               "Ủy ban nhân dân phường Vinh Lộc", "16999")};
}

TEST(MergerPlan, TakesTheCentresAndThePoliceAlong) {
  const auto founding = Organisation::build(test::small_province());
  const auto history = test::history_with({plan_merger(*founding, three_communes())});
  const Organisation after = history.at(day("2027-01-01"));
  EXPECT_EQ(after.find("H41.231.01")->name.vi, "Trung tâm Phục vụ hành chính công phường Vinh Lộc");
  EXPECT_EQ(after.find("H41.231.01")->parent, id("H41.231"));
  EXPECT_EQ(after.find("H41.016.231")->name.vi, "Công an phường Vinh Lộc");
  EXPECT_EQ(after.find("H41.016.231")->unit_code, "16999");
  EXPECT_EQ(after.heir("H41.103.01")->id.text(), "H41.231.01");
  EXPECT_EQ(after.heir("H41.016.102")->id.text(), "H41.016.231");
  EXPECT_EQ(after.agencies().size(), 5U);
}

TEST(MergerPlan, PassesToWhatTheCommuneThatGoesOnHas) {
  const auto founding = Organisation::build(test::small_province());
  Merger merger = three_communes();
  merger.ends = {id("H41.102"), id("H41.103")};
  merger.into = test::agency("H41.101", AgencyKind::commune_committee, "H41", "bỏ qua");
  const OrganisationChange change = plan_merger(*founding, merger);
  EXPECT_TRUE(change.founds.empty());
  const auto history = test::history_with({change});
  const Organisation after = history.at(day("2027-01-01"));
  EXPECT_EQ(after.find("H41.101")->name.vi, "Ủy ban nhân dân phường Thành Vinh");
  EXPECT_EQ(after.heir("H41.102.01")->id.text(), "H41.101.01");
  EXPECT_EQ(after.heir("H41.016.103")->id.text(), "H41.016.101");
}

TEST(MergerPlan, LeavesAnUnknownCommitteeToTheRegisterToRefuse) {
  const auto founding = Organisation::build(test::small_province());
  Merger merger = three_communes();
  merger.ends = {id("H41.101"), id("H41.999")};
  const auto built = OrganisationHistory::build(*founding, {plan_merger(*founding, merger)});
  ASSERT_FALSE(built.has_value());
  EXPECT_EQ(built.error().front().trouble, OrganisationTrouble::agency_unknown);
}

}  // namespace
}  // namespace party
