// Who is called for a dossier that nobody could take, and when a call goes on to somebody else.
#include "insight/duty.h"

#include <gtest/gtest.h>

#include "insight/test_offices.h"

namespace insight {
namespace {

using namespace testing;

constexpr const char* kProvince = "H41";
constexpr const char* kCommune = "H41.1";
const Instant kNow = at(2026, 11, 20);

// A commune below its province, which has a chairman.
class Duty : public ::testing::Test {
 protected:
  [[nodiscard]] std::string called(const std::string& before = {}) const {
    const AgencyTablePtr table = std::make_shared<const AgencyTable>(
        std::vector<AgencyId>{agency(kProvince), agency(kCommune), agency("H41.2")});
    const CoverageView view{
        .organisation = std::make_shared<const party::Organisation>(
            party::Organisation::build({{.id = agency(kProvince)},
                                        {.id = agency(kCommune), .parent = agency(kProvince)},
                                        {.id = agency("H41.2"), .parent = agency(kProvince)}})
                .value()),
        .coverage =
            std::make_shared<const Coverage>(table, std::vector<ProcedureDemandPtr>{}, staff,
                                             Period{at(2026, 11, 1, 0), at(2026, 12, 31, 0)})};
    const StaffMemberPtr found = duty_holder_of(view, named, kCommune, kNow, before);
    return found == nullptr ? "" : found->officer.id.text;
  }
  static StaffMemberPtr away(const StaffMemberPtr& one) {
    return changed(one, [](StaffMember& member) {
      member.officer.absences.push_back({at(2026, 11, 10), at(2026, 11, 24)});
    });
  }
  static StaffMemberPtr closed(const StaffMemberPtr& one) {
    return changed(one, [](StaffMember& member) { member.account_active = false; });
  }

  StaffMemberPtr province = member("dung", kProvince, {Role::leader});
  StaffMemberPtr head = member("hung", kCommune, {Role::head});
  StaffMemberPtr leader = member("anh", kCommune, {Role::leader});
  StaffMemberPtr on_duty = member("tu", kCommune, {Role::specialist});
  std::vector<StaffMemberPtr> staff{province};
  std::vector<casework::DutyHolder> named{};
};

TEST_F(Duty, StaysWithWhoWasCalledAsLongAsHeIsThere) {
  EXPECT_EQ(called(), "dung");
  EXPECT_EQ(called("dung"), "dung");
  staff = {closed(province)};
  EXPECT_EQ(called("dung"), "") << "his account was closed";
  staff = {away(province)};
  EXPECT_EQ(called("dung"), "") << "he is on leave";
  staff = {member("dung", "H41.2", {Role::leader})};
  EXPECT_EQ(called("dung"), "") << "he was moved, and may not view it there";
  staff = {member("dung", kProvince, {Role::specialist})};
  EXPECT_EQ(called("dung"), "") << "he is no leader any more";
}

TEST_F(Duty, GoesOnToSomebodyNearer) {
  staff = {province, head};
  EXPECT_EQ(called("dung"), "hung") << "the commune has a head now";
  staff = {province, head, on_duty};
  named = {{.agency = kCommune, .officer = "tu"}};
  EXPECT_EQ(called("dung"), "tu");
  EXPECT_EQ(called("hung"), "tu") << "who is named comes before the head";
  staff = {province, head, away(on_duty)};
  EXPECT_EQ(called("tu"), "hung") << "while he is away";
  named = {{.agency = kProvince, .officer = "tu"}};
  staff = {province, head, on_duty};
  EXPECT_EQ(called("hung"), "hung") << "named further up is no reason to take it from the unit";
}

TEST_F(Duty, IsNotHandedAboutBetweenHeadsOfOneAgency) {
  staff = {province, leader};
  EXPECT_EQ(called("dung"), "anh");
  staff = {province, leader, head};
  EXPECT_EQ(called(), "hung") << "a head comes before a leader";
  EXPECT_EQ(called("anh"), "anh") << "but takes no call from him";
  staff = {province, away(leader), head};
  EXPECT_EQ(called("anh"), "hung");
  staff = {province, leader, head, member("binh", kCommune, {Role::head})};
  EXPECT_EQ(called("hung"), "hung");
  EXPECT_EQ(called("binh"), "binh");
}

}  // namespace
}  // namespace insight
