// The register on the real store: what takes effect when, and what becomes of officers and numbers.
#include "casework/organisation_register.h"

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

#include "casework/organisation_changes.h"
#include "casework/organisation_tables.h"
#include "casework/succession.h"
#include "casework/test_stores.h"
#include "party/authority_check.h"
#include "party/merger_plan.h"
#include "party/standing.h"
#include "party/test_organisation.h"

namespace casework {
namespace {

using calendar::Date;
using party::test::day;
using party::test::id;

constexpr const char* kUong = "040190004321";

class Register : public testing::Test {
 protected:
  Register() {
    std::string name = (std::filesystem::temp_directory_path() / "motcua-register-XXXXXX").string();
    folder_ = std::filesystem::path{::mkdtemp(name.data())};
    store_ = test::open_test_store(folder_);
    register_ = open();
  }
  ~Register() override {
    register_.reset();
    store_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::unique_ptr<OrganisationRegister> open() {
    auto founding = party::Organisation::build(party::test::small_province());
    auto opened =
        OrganisationRegister::open(*store_, std::move(founding).value(), [this] { return today_; });
    EXPECT_TRUE(opened.has_value());
    return std::move(opened).value();
  }
  static party::OrganisationBatch merger() {
    party::OrganisationBatch batch;
    batch.changes = {party::test::three_communes_merge(day("2027-01-01"))};
    return batch;
  }
  void save(const party::OrganisationBatch& batch) {
    Registration one;
    one.reason = "Theo nghị quyết";
    one.batch = batch;
    const auto version = register_->state()->version;
    const auto saved = register_->save(*store_, one, version);
    ASSERT_TRUE(saved.has_value()) << saved.error().message;
    EXPECT_EQ(*saved, version + 1);
  }

  std::filesystem::path folder_;
  std::unique_ptr<Store> store_;
  Date today_ = day("2026-12-01");
  std::unique_ptr<OrganisationRegister> register_;
};

TEST_F(Register, TakesAChangeIntoEffectOnItsDayWithoutAnybodyDoingAnything) {
  save(merger());
  const party::Organisation& before = register_->today();
  EXPECT_EQ(before.communes().size(), 3U);
  today_ = day("2027-01-01");
  EXPECT_EQ(register_->today().communes().size(), 1U);
  EXPECT_EQ(before.communes().size(), 3U) << "whoever still holds the old one may go on";
  EXPECT_TRUE(*register_->refresh(*store_)) << "and it is told once";
  EXPECT_FALSE(*register_->refresh(*store_));
  EXPECT_EQ(register_->on(day("2026-12-31"))->communes().size(), 3U);
}

TEST_F(Register, IsReadAgainByTheNextProgramAndByOneThatRunsBeside) {
  const auto beside = open();
  save(merger());
  EXPECT_EQ(beside->state()->version, 0);
  EXPECT_TRUE(*beside->refresh(*store_));
  EXPECT_EQ(beside->state()->version, 1);
  const auto next = open();
  EXPECT_EQ(next->state()->record.changes, register_->state()->record.changes);
  EXPECT_EQ(next->state()->registrations.front().reason, "Theo nghị quyết");
  Registration late;
  late.batch.withdrawn = {"sap-nhap-vinh"};
  EXPECT_EQ(next->save(*store_, late, 0).error().code, base::FaultCode::conflict);
}

TEST_F(Register, KeepsTheOrganisationThatWasShippedWithItsFirstBatch) {
  save(merger());
  auto other = party::Organisation::build(
      {party::test::agency("H41", party::AgencyKind::province_committee, "", "Tỉnh khác", "40")});
  const auto opened =
      OrganisationRegister::open(*store_, std::move(other).value(), [this] { return today_; });
  ASSERT_TRUE(opened.has_value());
  EXPECT_EQ((*opened)->today().communes().size(), 3U);
}

TEST_F(Register, WithdrawsWhatLiesAheadAndNeverWhatHasBeen) {
  save(merger());
  party::OrganisationBatch back;
  back.withdrawn = {"sap-nhap-vinh"};
  today_ = day("2027-01-01");
  EXPECT_FALSE(register_->with(back).has_value());
  today_ = day("2026-12-31");
  save(back);
  today_ = day("2027-06-01");
  EXPECT_EQ(register_->today().communes().size(), 3U);
}

party::Officer officer_at(const char* agency, std::vector<party::Role> roles) {
  party::Officer officer{.id = {"cb-1"}, .agency = id(agency)};
  officer.roles = std::move(roles);
  return officer;
}

TEST_F(Register, LetsAnOfficerWorkOnUnderTheSuccessorButNotSign) {
  save(merger());
  party::Officer officer =
      officer_at("H41.102", {party::Role::specialist, party::Role::leader, party::Role::head});
  register_->dress(officer);
  EXPECT_EQ(officer.agency, id("H41.102")) << "not before the day";
  today_ = day("2027-01-01");
  register_->dress(officer);
  EXPECT_EQ(officer.agency, id("H41.231"));
  EXPECT_TRUE(officer.has_role(party::Role::specialist));
  EXPECT_FALSE(officer.has_role(party::Role::leader));
  const Instant now = calendar::at_local(today_, calendar::hour_minute(9));
  const auto may = [&](party::Action action, const char* agency) {
    return party::may(officer, action, party::Subject{.agency = id(agency)}, now).allowed;
  };
  for (const char* old : {"H41.101", "H41.102", "H41.103", "H41.231"}) {
    EXPECT_TRUE(may(party::Action::complete_task, old)) << old;
    EXPECT_FALSE(may(party::Action::approve, old)) << old;
  }
  EXPECT_TRUE(may(party::Action::view_dossier, "H41.103.01")) << "a head watches what was below";
  EXPECT_FALSE(may(party::Action::receive, "H41.103.01"));
  EXPECT_FALSE(may(party::Action::view_dossier, "H41.016.101"));
}

TEST_F(Register, FollowsGrantsToTheSuccessor) {
  save(merger());
  today_ = day("2027-01-02");
  party::Officer officer = officer_at("H41.016", {party::Role::specialist});
  officer.mandates = {{.id = "uq-1",
                       .kind = party::MandateKind::delegation,
                       .role = party::Role::leader,
                       .agency = id("H41.103"),
                       .act = party::test::an_act()}};
  register_->dress(officer);
  const Instant now = calendar::at_local(today_, calendar::hour_minute(9));
  for (const char* agency : {"H41.103", "H41.231"}) {
    const auto verdict =
        party::may(officer, party::Action::approve, party::Subject{.agency = id(agency)}, now);
    EXPECT_TRUE(verdict.allowed) << agency;
    ASSERT_NE(verdict.mandate, nullptr);
    EXPECT_EQ(verdict.mandate->id, "uq-1");
  }
}

TEST_F(Register, GivesAnOfficerThePostHeIsAppointedToFromTheDayOfIt) {
  party::OrganisationBatch batch = merger();
  batch.staff.positions = {{.code = "chu-tich",
                            .title = {"Chủ tịch", ""},
                            .rank = 1,
                            .roles = {party::Role::leader},
                            .holders = 1,
                            .heads = true},
                           {.code = "cong-chuc",
                            .title = {"Công chức", ""},
                            .rank = 5,
                            .roles = {party::Role::reception}}};
  batch.staff.people = {{.identity = kUong, .name = "Võ Thị Ưởng"}};
  batch.staff.appointments = {{.identity = kUong,
                               .agency = id("H41.231"),
                               .position = "chu-tich",
                               .from = day("2027-01-01"),
                               .to = day("2027-12-31"),
                               .act = party::test::an_act()},
                              {.identity = kUong,
                               .agency = id("H41.231.01"),
                               .position = "cong-chuc",
                               .from = day("2027-02-01"),
                               .concurrent = true,
                               .act = party::test::an_act()}};
  save(batch);
  const auto dressed = [&](const char* on) {
    today_ = day(on);
    party::Officer officer = officer_at("H41.101", {party::Role::specialist});
    officer.identity_number = kUong;
    register_->dress(officer);
    return officer;
  };
  EXPECT_EQ(dressed("2026-12-31").agency, id("H41.101"));
  const party::Officer chair = dressed("2027-02-03");
  EXPECT_EQ(chair.agency, id("H41.231"));
  EXPECT_EQ(chair.position.vi, "Chủ tịch");
  EXPECT_TRUE(chair.has_role(party::Role::leader));
  const auto at_counter = [](const party::Officer& who, const char* on) {
    return party::may(who, party::Action::receive, party::Subject{.agency = id("H41.231.01")},
                      calendar::at_local(day(on), calendar::hour_minute(9)))
        .allowed;
  };
  EXPECT_TRUE(at_counter(chair, "2027-02-03"));
  EXPECT_FALSE(at_counter(chair, "2027-01-31")) << "the second post begins later";
  EXPECT_FALSE(dressed("2028-01-02").is_active_on(day("2028-01-02"))) << "the post is over";
}

TEST_F(Register, TakesNoRolesOfAnAccountAlongToAPostElsewhere) {
  party::OrganisationBatch batch = merger();
  batch.staff.positions = {{.code = "thu-ky", .title = {"Thư ký", ""}, .rank = 5}};
  batch.staff.people = {{.identity = kUong, .name = "Võ Thị Ưởng"}};
  const auto post = [](const char* agency, const char* from, const char* to) {
    return party::Appointment{.identity = kUong,
                              .agency = id(agency),
                              .position = "thu-ky",
                              .from = day(from),
                              .to = day(to),
                              .act = party::test::an_act()};
  };
  batch.staff.appointments = {post("H41.101", "2026-12-01", "2026-12-10"),
                              post("H41.016", "2026-12-11", "2026-12-31"),
                              post("H41.231", "2027-01-01", "2027-12-31")};
  save(batch);
  const auto roles = [&](const char* on) {
    today_ = day(on);
    party::Officer officer = officer_at("H41.101", {party::Role::specialist, party::Role::leader});
    officer.identity_number = kUong;
    register_->dress(officer);
    EXPECT_EQ(officer.position.vi, "Thư ký");
    return officer.roles;
  };
  EXPECT_EQ(roles("2026-12-05").size(), 2U) << "where they were given";
  EXPECT_TRUE(roles("2026-12-15").empty());
  EXPECT_EQ(roles("2027-01-05"), std::vector{party::Role::specialist}) << "at the heir";
}

TEST_F(Register, TellsWhatAnOfficerWasByWhatWasRegisteredThen) {
  const Instant morning = calendar::at_local(today_, calendar::hour_minute(9));
  party::OrganisationBatch batch;
  batch.staff.positions = {
      {.code = "chu-tich", .title = {"Chủ tịch", ""}, .rank = 1, .roles = {party::Role::leader}}};
  batch.staff.people = {{.identity = kUong, .name = "Võ Thị Ưởng"}};
  // Back-dated by a month, and registered only now.
  batch.staff.appointments = {{.identity = kUong,
                               .agency = id("H41.101"),
                               .position = "chu-tich",
                               .from = today_ - std::chrono::days{30},
                               .act = party::test::an_act()},
                              {.identity = kUong,
                               .agency = id("H41.102"),
                               .position = "chu-tich",
                               .from = today_ - std::chrono::days{30},
                               .concurrent = true,
                               .act = party::test::an_act()}};
  Registration one{.at = morning};
  one.batch = batch;
  ASSERT_TRUE(register_->save(*store_, one, register_->state()->version).has_value());
  const Instant registered = morning;
  const auto then = [&](Instant at) {
    party::Officer officer = officer_at("H41.016", {party::Role::specialist});
    officer.identity_number = kUong;
    register_->dress_at(officer, at, [](party::Officer&) {});
    return officer;
  };
  EXPECT_EQ(then(registered - std::chrono::milliseconds{1}).agency, id("H41.016"))
      << "nothing counts before it was recorded";
  EXPECT_TRUE(then(registered - std::chrono::milliseconds{1}).mandates.empty());
  EXPECT_EQ(then(registered).agency, id("H41.101"));
  ASSERT_EQ(then(registered).mandates.size(), 1U);
  const party::Officer chair = then(registered);
  EXPECT_TRUE(party::is_second_post(chair.mandates.front()));
  EXPECT_TRUE(party::holds_by_post(chair, party::Role::leader, id("H41.102"), registered));
  // What he has by a second post he may delegate as his own.
  const auto holdings = party::holdings_of(chair, {});
  EXPECT_EQ(std::ranges::count(holdings, id("H41.102"), &party::Holding::agency), 1);
}

TEST_F(Register, CountsNumbersUnderTheHeirFromTheDayOn) {
  save(merger());
  const auto key_on = [&](const char* on, const char* key) {
    today_ = day(on);
    std::vector<dossier::NewEvent> events(1);
    events[0].number = dossier::NumberSeries{.key = key, .prefix = {}, .width = 1, .suffix = {}};
    count_under_heirs(register_->today(), events);
    return events[0].number->key;
  };
  EXPECT_EQ(key_on("2026-12-31", "form02/H41.102.01/2026"), "form02/H41.102.01/2026");
  EXPECT_EQ(key_on("2027-01-01", "form02/H41.102.01/2027"), "form02/H41.231.01/2027");
  EXPECT_EQ(key_on("2027-01-01", "result/H41.101/1.004873/2027"), "result/H41.231/1.004873/2027");
  EXPECT_EQ(key_on("2027-01-01", "form02/H41.231.01/2027"), "form02/H41.231.01/2027");
  EXPECT_EQ(key_on("2027-01-01", "r"), "r");
  EXPECT_EQ(with_predecessors(register_->today(), "H41.231"),
            (std::vector<std::string>{"H41.231", "H41.101", "H41.102", "H41.103"}));
  EXPECT_EQ(with_predecessors(register_->today(), "H41"), std::vector<std::string>{"H41"});
}

}  // namespace
}  // namespace casework
