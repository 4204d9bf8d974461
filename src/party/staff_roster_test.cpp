#include "party/staff_roster.h"

#include <algorithm>

#include "party/test_organisation.h"

namespace party {
namespace {

using test::day;
using test::id;
using enum OrganisationTrouble;

constexpr const char* kHien = "040085001234";
constexpr const char* kUong = "040190004321";
constexpr const char* kDao = "040192000077";

OrganisationStaff staff() {
  OrganisationStaff staff;
  staff.positions = {{.code = "chu-tich",
                      .title = {"Chủ tịch Ủy ban nhân dân", "Chair"},
                      .rank = 1,
                      .roles = {Role::leader},
                      .holders = 1,
                      .heads = true},
                     {.code = "chuyen-vien",
                      .title = {"Chuyên viên", "Officer"},
                      .rank = 9,
                      .roles = {Role::specialist}}};
  staff.people = {{.identity = kHien, .name = "Tô Minh Hiển", .username = "hien"},
                  {.identity = kUong, .name = "Võ Thị Ưởng", .username = "uong"},
                  {.identity = kDao, .name = "Đậu Thị Đào"}};
  return staff;
}

Appointment post(const char* who, const char* where, const char* what, const char* from,
                 const char* to = nullptr, bool concurrent = false) {
  Appointment made{.identity = who,
                   .agency = id(where),
                   .position = what,
                   .from = day(from),
                   .concurrent = concurrent,
                   .act = test::an_act()};
  if (to != nullptr) made.to = day(to);
  return made;
}

OrganisationHistory history() {
  return test::history_with({test::three_communes_merge(day("2027-01-01"))});
}

std::vector<OrganisationTrouble> troubles(OrganisationStaff of) {
  std::vector<OrganisationTrouble> found;
  const auto built = StaffRoster::build(history(), std::move(of));
  if (built) return found;
  for (const auto& problem : built.error()) found.push_back(problem.trouble);
  return found;
}

TEST(StaffRoster, SaysWhoTheHeadWasOnThatDay) {
  OrganisationStaff all = staff();
  all.appointments = {post(kHien, "H41.101", "chu-tich", "2026-01-01", "2026-06-30"),
                      post(kUong, "H41.101", "chu-tich", "2026-07-01"),
                      post(kDao, "H41.101", "chuyen-vien", "2026-01-01")};
  const auto roster = StaffRoster::build(history(), all);
  ASSERT_TRUE(roster.has_value());
  EXPECT_EQ(roster->head("H41.101", day("2026-06-30"))->person->name, "Tô Minh Hiển");
  EXPECT_EQ(roster->head("H41.101", day("2026-07-01"))->person->name, "Võ Thị Ưởng");
  EXPECT_FALSE(roster->head("H41.101", day("2025-12-31")));
  EXPECT_FALSE(roster->head("H41.102", day("2026-07-01")));
  EXPECT_EQ(roster->holders("H41.101", day("2026-07-01")).size(), 2U);
  EXPECT_EQ(roster->posts_at("H41.101").size(), 3U);
  EXPECT_EQ(roster->person_of("uong")->identity, kUong);
}

TEST(StaffRoster, EndsAPostWithItsAgency) {
  OrganisationStaff all = staff();
  all.appointments = {post(kUong, "H41.101", "chu-tich", "2026-07-01"),
                      post(kUong, "H41.231", "chu-tich", "2027-01-01")};
  const auto roster = StaffRoster::build(history(), all);
  ASSERT_TRUE(roster.has_value()) << "the second main post begins when the first agency is gone";
  EXPECT_EQ(roster->posts_of(kUong)[0].until, day("2026-12-31"));
  EXPECT_TRUE(roster->head("H41.101", day("2026-12-31")));
  EXPECT_FALSE(roster->head("H41.101", day("2027-01-01")));
  EXPECT_TRUE(roster->head("H41.231", day("2027-01-01")));
}

TEST(StaffRoster, TellsAllProblemsAtOnce) {
  OrganisationStaff all = staff();
  all.positions.push_back(all.positions[1]);
  all.people.push_back({.identity = "12", .name = "", .username = "hien"});
  all.appointments = {
      post("040000000000", "H41.101", "chu-tich", "2026-01-01"),
      post(kHien, "H41.555", "chu-tich", "2026-01-01"),
      post(kHien, "H41.101", "vua", "2026-01-01"),
      post(kUong, "H41.101", "chu-tich", "2026-01-01"),
      post(kUong, "H41.102", "chuyen-vien", "2026-01-01"),
      post(kDao, "H41.101", "chu-tich", "2026-02-01"),
      post(kDao, "H41.101", "chuyen-vien", "2026-03-01", "2026-02-01"),
      post(kDao, "H41.231", "chuyen-vien", "2026-03-01"),
  };
  all.counters = {{.centre = id("H41.101.01"), .number = 1, .name = {"Quầy 1", ""}},
                  {.centre = id("H41.101.01"), .number = 1, .name = {"Quầy một", ""}},
                  {.centre = id("H41.101"), .number = 0, .name = {"", ""}}};
  const auto found = troubles(all);
  for (const auto expected :
       {id_used_again, bad_value, name_missing, account_shared, person_unknown, agency_unknown,
        position_unknown, two_main_posts, post_full, period_reversed, agency_not_there}) {
    EXPECT_NE(std::ranges::find(found, expected), found.end()) << name(expected);
  }
}

TEST(StaffRoster, AllowsSecondPostsThatAreConcurrent) {
  OrganisationStaff all = staff();
  all.appointments = {post(kUong, "H41.101", "chu-tich", "2026-01-01"),
                      post(kUong, "H41.102", "chuyen-vien", "2026-01-01", nullptr, true)};
  EXPECT_TRUE(troubles(all).empty());
  all.appointments.push_back(all.appointments.back());
  EXPECT_EQ(troubles(all), std::vector{post_twice});
}

TEST(StaffRoster, ListsTheCountersOfACentreByNumber) {
  OrganisationStaff all = staff();
  all.counters = {{.centre = id("H41.101.01"), .number = 2, .name = {"Đất đai", ""}},
                  {.centre = id("H41.101.01"),
                   .number = 1,
                   .name = {"Hộ tịch", ""},
                   .fields = {"Hộ tịch"},
                   .to = day("2026-06-30")},
                  {.centre = id("H41.101.01"),
                   .number = 1,
                   .name = {"Tư pháp", ""},
                   .from = day("2026-07-01")}};
  const auto roster = StaffRoster::build(history(), all);
  ASSERT_TRUE(roster.has_value());
  const auto counters = roster->counters("H41.101.01", day("2026-08-01"));
  ASSERT_EQ(counters.size(), 2U);
  EXPECT_EQ(counters[0]->name.vi, "Tư pháp");
  EXPECT_EQ(counters[1]->number, 2);
  EXPECT_TRUE(roster->counters("H41.102.01", day("2026-08-01")).empty());
}

}  // namespace
}  // namespace party
