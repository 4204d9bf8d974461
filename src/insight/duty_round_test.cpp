// The rounds of the guard on the real store: a dossier that nobody could take is with somebody who
// sees it, whoever comes and goes.
#include <gtest/gtest.h>

#include "casework/test_workplace.h"
#include "insight/duty.h"
#include "insight/test_offices.h"

namespace insight {
namespace {

using namespace testing;

class DutyRounds : public ::testing::Test {
 protected:
  DutyRounds() { id = office.filed("1.001193"); }

  // With these people and no others.
  void round(const std::vector<StaffMemberPtr>& staff) {
    const Instant now = office.clock.now();
    const AgencyTablePtr table = std::make_shared<const AgencyTable>(
        std::vector<AgencyId>{agency("H41"), agency("H41.101"), agency("H41.101.01")});
    const ProcedureDemandPtr demand = std::make_shared<const ProcedureDemand>(
        ProcedureDemand{.code = "1.001193",
                        .field = "Hộ tịch",
                        .steps = usual_steps(),
                        .places = places(*table, {{"H41.101", "H41.101.01"}})});
    const CoverageView view{.organisation = std::make_shared<const party::Organisation>(
                                casework::test::shipped_organisation()),
                            .coverage = std::make_shared<const Coverage>(
                                table, std::vector<ProcedureDemandPtr>{demand}, staff,
                                Period{now, now + std::chrono::days{30}})};
    const auto done = stand_in(*office.workplace, view, now);
    ASSERT_TRUE(done) << done.error().detail.en;
    const auto version = office.state(id).version;
    const auto again = stand_in(*office.workplace, view, now);
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->called.empty() && again->released.empty());
    EXPECT_EQ(office.state(id).version, version) << "a round that finds nothing new does nothing";
    office.expect_replays(id);
  }
  // Who is called by the register of calls; "none": there is no call.
  std::string called() {
    const auto calls = casework::duty_calls(*office.store);
    EXPECT_TRUE(calls && calls->size() <= 1);
    return !calls || calls->empty() ? "none" : calls->front().officer;
  }
  // What the dossier says of it.
  std::string told() { return office.state(id).tasks.at(0).assignee_name; }
  void name(const std::string& officer) {
    const auto before = casework::duty_holders(*office.store);
    ASSERT_TRUE(before);
    ASSERT_TRUE(casework::name_duty_holder(
        *office.store, {.agency = "H41.101",
                        .officer = officer,
                        .named_by = "quantri",
                        .at = office.clock.now(),
                        .version = before->empty() ? 0 : before->front().version}));
  }

  casework::test::Commune office;
  std::string id;
  StaffMemberPtr province = member("dung", "H41", {Role::leader});
  StaffMemberPtr head = member("hung", "H41.101", {Role::head});
  StaffMemberPtr on_duty = member("tu", "H41.101", {Role::supervisor});
  StaffMemberPtr counter = member("tam", "H41.101.01", {Role::reception});
};

TEST_F(DutyRounds, FollowThePeople) {
  round({province});
  EXPECT_EQ(called(), "dung");
  EXPECT_EQ(told(), "dung");

  round({changed(province, [](StaffMember& one) { one.account_active = false; })});
  EXPECT_EQ(called(), "") << "nobody is left to be called";
  EXPECT_EQ(told(), "");

  round({province});
  EXPECT_EQ(called(), "dung") << "he is back";

  round({province, head});
  EXPECT_EQ(called(), "hung") << "the commune has a head";
  EXPECT_EQ(told(), "hung");
  EXPECT_TRUE(casework::duty_calls_of(*office.store, "dung")->empty());

  name("tu");
  round({province, head, on_duty});
  EXPECT_EQ(called(), "tu") << "who is named comes first";

  round({province, head, changed(on_duty, [&](StaffMember& one) {
           one.officer.absences.push_back({office.clock.now(), Instant::max()});
         })});
  EXPECT_EQ(called(), "hung") << "he is away";
  EXPECT_EQ(told(), "hung");

  round({province, head, counter});
  EXPECT_EQ(called(), "none") << "somebody can take it";
  EXPECT_EQ(told(), "");
}

// The program ended after the entry was written and before the dossier was told.
TEST_F(DutyRounds, TellTheDossierWhatOnlyTheRegisterKnows) {
  round({province});
  casework::DutyCall call = casework::duty_calls(*office.store)->front();
  call.officer = "hung";
  call.officer_name = "hung";
  ASSERT_TRUE(casework::keep_call(*office.store, call, office.clock.now()));
  round({province, head});
  EXPECT_EQ(told(), "hung");
  call = casework::duty_calls(*office.store)->front();
  call.officer = "dung";
  call.officer_name = "dung";
  ASSERT_TRUE(casework::keep_call(*office.store, call, office.clock.now()));
  round({province, head, counter});
  EXPECT_EQ(called(), "none");
  EXPECT_EQ(told(), "") << "the name of an earlier call does not stay behind";
}

}  // namespace
}  // namespace insight
