#include "insight/coverage.h"

#include <gtest/gtest.h>

#include "insight/foresight.h"
#include "insight/test_offices.h"

namespace insight {
namespace {

using namespace testing;

// A commune with its centre: one procedure of births, one of land.
class Commune : public ::testing::Test {
 protected:
  AgencyTablePtr table = std::make_shared<const AgencyTable>(
      std::vector<AgencyId>{agency("H41.1"), agency("H41.1.2"), agency("H41.9")});
  std::vector<ProcedureDemandPtr> procedures{demand("1.001193", "Hộ tịch"),
                                             demand("1.012345", "Đất đai")};
  StaffMemberPtr counter = member("tam", "H41.1.2", {Role::reception});
  StaffMemberPtr desk = member("lan", "H41.1", {Role::specialist});
  StaffMemberPtr chairman = member("hung", "H41.1", {Role::leader});
  StaffMemberPtr clerk = member("van", "H41.1", {Role::clerk});
  Period period{at(2026, 11, 1, 0), at(2026, 12, 31, 0)};

  [[nodiscard]] ProcedureDemandPtr demand(const std::string& code, const std::string& field) const {
    return std::make_shared<const ProcedureDemand>(
        ProcedureDemand{.code = code,
                        .field = field,
                        .steps = usual_steps(),
                        .places = places(*table, {{"H41.1", "H41.1.2"}})});
  }
  [[nodiscard]] Coverage whole() const {
    return {table, procedures, {counter, desk, chairman, clerk}, period};
  }
  [[nodiscard]] static std::vector<Gap> gaps_of(const Coverage& coverage) {
    return gaps(coverage, {.within = coverage.period()});
  }
};

TEST_F(Commune, HasNoGapWhereEveryRoleIsHeld) {
  const Coverage coverage = whole();
  const CellCount counted = coverage.count(at(2026, 11, 20));
  EXPECT_EQ(counted.steps, 10);
  EXPECT_EQ(counted.gaps, 0);
  EXPECT_EQ(counted.thin, 10) << "one person in each role";
  EXPECT_TRUE(gaps_of(coverage).empty());
}

TEST_F(Commune, TellsAVacantRoleOnceForAllItsProcedures) {
  const Coverage coverage(table, procedures, {counter, desk, chairman}, period);
  const auto found = gaps_of(coverage);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].reason, GapReason::role_not_held);
  EXPECT_EQ(found[0].ask.role, Role::clerk);
  EXPECT_EQ(found[0].steps, 2);
  EXPECT_EQ(found[0].procedures, 2);
  EXPECT_TRUE(found[0].lasts);
}

TEST_F(Commune, TellsWhoIsAwayAndUntilWhen) {
  const auto away = changed(chairman, [](StaffMember& one) {
    one.officer.absences.push_back({at(2026, 11, 10), at(2026, 11, 24)});
  });
  const Coverage coverage(table, procedures, {counter, desk, away, clerk}, period);
  const auto found = gaps_of(coverage);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].reason, GapReason::absent);
  EXPECT_EQ(found[0].when, (Period{at(2026, 11, 10), at(2026, 11, 24)}));
  EXPECT_FALSE(found[0].lasts);
  ASSERT_EQ(found[0].hindrances.size(), 1U);
  EXPECT_EQ(found[0].hindrances[0].until, at(2026, 11, 24));
}

TEST_F(Commune, ForeseesThatSomebodyMovesToAnotherPost) {
  const auto goes =
      changed(chairman, [](StaffMember& one) { one.holds.until = at(2026, 12, 1, 0); });
  const auto gone = changed(chairman, [](StaffMember& one) {
    one.officer.agency = agency("H41.9");
    one.holds.from = at(2026, 12, 1, 0);
  });
  const auto comes = changed(member("minh", "H41.1", {Role::leader}),
                             [](StaffMember& one) { one.holds.from = at(2026, 12, 10, 0); });
  const Coverage coverage(table, procedures, {counter, desk, goes, gone, comes, clerk}, period);
  const auto found = gaps_of(coverage);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].when, (Period{at(2026, 12, 1, 0), at(2026, 12, 10, 0)}));
  EXPECT_EQ(found[0].reason, GapReason::not_in_service);
  ASSERT_EQ(found[0].hindrances.size(), 2U) << "each person once";
  EXPECT_EQ(coverage.find_member("hung"), goes);
  const auto elsewhere = candidates(coverage, table->index_of("H41.9"),
                                    {StepAction::approve, Role::leader}, at(2026, 11, 20));
  EXPECT_EQ(std::ranges::count(elsewhere, gone), 0) << "he is not there yet";
}

TEST_F(Commune, ForeseesTheEndOfADelegation) {
  const auto away = changed(chairman, [](StaffMember& one) {
    one.officer.absences.push_back({at(2026, 11, 10), at(2026, 11, 24)});
  });
  const auto deputy = changed(desk, [](StaffMember& one) {
    one.officer.mandates.push_back(
        mandate(Role::leader, "H41.1", at(2026, 11, 10), at(2026, 11, 20)));
  });
  const Coverage coverage(table, procedures, {counter, deputy, away, clerk}, period);
  const auto found = gaps_of(coverage);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].when, (Period{at(2026, 11, 20), at(2026, 11, 24)}));
}

TEST_F(Commune, SeesThatAnAuthorityIsForOneFieldOnly) {
  const auto limited = changed(chairman, [](StaffMember& one) {
    one.officer.roles.clear();
    one.officer.mandates.push_back(mandate(Role::leader, "H41.1", Instant::min(), Instant::max(),
                                           {.all = false, .fields = {"Hộ tịch"}, .codes = {}}));
  });
  const Coverage coverage(table, procedures, {counter, desk, limited, clerk}, period);
  const auto found = gaps_of(coverage);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].steps, 1);
  ASSERT_EQ(found[0].cells.size(), 1U);
  EXPECT_EQ(coverage.procedures()[found[0].cells[0].procedure]->field, "Đất đai");
}

TEST_F(Commune, TellsADisabledAccountAnEndedServiceAndAnEmptyOffice) {
  const auto disabled = changed(clerk, [](StaffMember& one) { one.account_active = false; });
  auto found = gaps_of(Coverage(table, procedures, {counter, desk, chairman, disabled}, period));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].reason, GapReason::disabled);

  const auto left = changed(
      clerk, [](StaffMember& one) { one.officer.active_to = std::chrono::year{2026} / 11 / 15; });
  found = gaps_of(Coverage(table, procedures, {counter, desk, chairman, left}, period));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].reason, GapReason::not_in_service);
  EXPECT_EQ(found[0].when.from, at(2026, 11, 16, 0)) << "the last day counts";

  found = gaps_of(Coverage(table, procedures, {desk, chairman, clerk}, period));
  ASSERT_EQ(found.size(), 2U) << "to receive and to return";
  EXPECT_EQ(found[0].reason, GapReason::nobody_here);
}

TEST_F(Commune, SeesAStepThatNobodyWhateverMayDo) {
  auto wrong = *procedures[0];
  wrong.steps = {step("sign", StepAction::approve, Role::specialist)};
  const Coverage coverage(table, {std::make_shared<const ProcedureDemand>(wrong)},
                          {counter, desk, chairman, clerk}, period);
  const auto found = gaps_of(coverage);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].reason, GapReason::impossible);
}

TEST_F(Commune, CountsOnlyProceduresInForce) {
  auto later = *procedures[1];
  later.in_force = {at(2026, 12, 1, 0), Instant::max()};
  const Coverage coverage(table, {procedures[0], std::make_shared<const ProcedureDemand>(later)},
                          {}, period);
  EXPECT_EQ(coverage.count(at(2026, 11, 30)).steps, 5);
  EXPECT_EQ(coverage.count(at(2026, 12, 1)).steps, 10);
  for (const Gap& one : gaps_of(coverage)) EXPECT_GE(one.when.from, period.from);
}

TEST_F(Commune, SaysWhoCouldBeGivenAVacantRole) {
  const auto neighbour = member("thu", "H41.9", {Role::clerk});
  const Coverage coverage(table, procedures, {counter, desk, chairman, neighbour}, period);
  const auto found = candidates(coverage, table->index_of("H41.1"),
                                {StepAction::issue, Role::clerk}, at(2026, 11, 20));
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0], desk);
  EXPECT_EQ(found[2], neighbour) << "who does it elsewhere comes after those of the agency";
}

TEST_F(Commune, ForeseesWhatADeactivationLeavesWithoutAnybody) {
  const Coverage before = whole();
  const auto disabled = changed(chairman, [](StaffMember& one) { one.account_active = false; });
  const Coverage after = before.with({.staff = {{"hung", disabled}}});
  const Foresight seen = foresee(before, after, period);
  EXPECT_EQ(seen.steps, 2);
  EXPECT_EQ(seen.procedures, 2);
  ASSERT_EQ(seen.gaps.size(), 1U);
  EXPECT_EQ(seen.gaps[0].reason, GapReason::disabled);
  EXPECT_EQ(before.count(at(2026, 11, 20)).gaps, 0) << "what was there stays as it was";
}

TEST_F(Commune, ForeseesNothingWhereSomebodyElseIsLeft) {
  const auto second = member("an", "H41.1", {Role::leader});
  const Coverage before(table, procedures, {counter, desk, chairman, clerk, second}, period);
  const Coverage after = before.with({.staff = {{"hung", nullptr}}});
  EXPECT_EQ(foresee(before, after, period).steps, 0);
}

TEST_F(Commune, DoesNotHoldOldGapsAgainstAChange) {
  const Coverage before(table, procedures, {counter, desk, chairman}, period);
  const Coverage after = before.with({.staff = {{"hung", nullptr}}});
  const Foresight seen = foresee(before, after, period);
  EXPECT_EQ(seen.steps, 2) << "the signatures; the clerk was missing before";
}

TEST_F(Commune, ForeseesWhatAPublicationAsksForThatNobodyHas) {
  const Coverage before = whole();
  auto next = *procedures[0];
  next.steps.push_back(step("cash", StepAction::consult, Role::head));
  next.in_force = {at(2026, 12, 1, 0), Instant::max()};
  auto old = *procedures[0];
  old.in_force = {Instant::min(), at(2026, 12, 1, 0)};
  const Coverage after =
      before.with({.codes = {next.code},
                   .procedures = {std::make_shared<const ProcedureDemand>(old),
                                  std::make_shared<const ProcedureDemand>(next)}});
  const Foresight seen = foresee(before, after, period);
  ASSERT_EQ(seen.gaps.size(), 1U);
  EXPECT_EQ(seen.gaps[0].ask.role, Role::head);
  EXPECT_EQ(seen.gaps[0].when.from, at(2026, 12, 1, 0));
}

TEST(Difference, TakesPeriodsOutOfOthers) {
  const auto t = [](int hour) { return Instant{std::chrono::hours{hour}}; };
  const std::vector<Period> all{{t(0), t(10)}, {t(20), t(30)}};
  EXPECT_EQ(difference(all, {}), all);
  EXPECT_EQ(difference(all, {{t(0), t(30)}}), std::vector<Period>{});
  const std::vector<Period> left{{t(0), t(2)}, {t(4), t(10)}, {t(20), t(25)}};
  EXPECT_EQ(difference(all, {{t(2), t(4)}, {t(25), t(40)}}), left);
}

}  // namespace
}  // namespace insight
