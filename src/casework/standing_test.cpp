// On what authority stands: nobody's own favour, posts that are left and kept, and signatures that
// verify for ever as what they were.
#include "casework/entitlement.h"
#include "casework/former_posts.h"
#include "casework/scope_json.h"
#include "casework/test_authority.h"

namespace casework {
namespace {

using dossier::test::at;
using party::AuthorityEntry;
using party::AuthorityKind;
using party::Role;
using test::kReturns;
using test::Office;

constexpr std::chrono::seconds kMinute{60};

// ---- nobody in his own favour

TEST(OwnFavour, NamingOneselfAsTheGiverOfAGrantDoesNotHelp) {
  Office office;
  AuthorityEntry grant = Office::grant("administrator@H41.101", "H41.101");
  grant.from_officer = {"administrator@H41.101"};
  const auto done = office.record("administrator@H41.101", grant);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, FailureKind::forbidden);
}

TEST(OwnFavour, NorDoesGivingItToOnesOwnAgency) {
  Office office;
  party::Officer both = office.officer("administrator@H41.101");
  both.roles.push_back(Role::leader);
  AuthorityEntry given = Office::delegation("leader@H41.101.01", "");
  given.agency = party::AgencyId::parse("H41.101.01");
  given.to_officer = {};
  given.to_agency = both.agency;
  EXPECT_FALSE(may_record(*office.workplace, both, given, office.clock.now()));
  given.role = Role::clerk;
  EXPECT_TRUE(may_record(*office.workplace, both, given, office.clock.now()))
      << "he is no clerk and gains nothing";
}

TEST(OwnFavour, AnAgencyMovesItsOwnCompetenceAndNoOthers) {
  Office office;
  AuthorityEntry moved;
  moved.kind = AuthorityKind::decentralisation;
  moved.from_agency = party::AgencyId::parse("H41.101");
  moved.to_agency = party::AgencyId::parse("H41.101.01");
  moved.agency = party::AgencyId::parse("H41");
  moved.act = Office::act();
  const auto done = office.record("leader@H41.101", moved);
  ASSERT_TRUE(done) << Office::told(done.error());
  EXPECT_EQ(done->entry.agency, moved.from_agency) << "whatever was sent";
  // Stored by an earlier version: kept, and nobody has it.
  AuthorityEntry stored = moved;
  stored.id = "tq-old";
  const auto entries = party::AuthorityRegister::build({stored});
  party::Officer leader = office.officer("leader@H41.101.01");
  EXPECT_TRUE(entries.mandates_of(leader).empty());
  EXPECT_TRUE(entries.decentralisations().empty());
}

TEST(Scope, WhatCannotBeReadIsNeverAllProcedures) {
  const auto read = [](const char* text) { return read_scope(*base::parse_json(text)); };
  EXPECT_TRUE(read(R"({"all": true})")->all);
  EXPECT_FALSE(read("{}")->all);
  EXPECT_EQ(read(R"({"codes": ["1.004873"], "fields": null})")->codes.size(), 1U);
  for (const char* hostile :
       {R"({"codes": ["1.004873", 5]})", R"({"codes": [1.004873]})", R"({"code": ["1.004873"]})",
        R"({"codes": "1.004873", "fields": []})", R"("1.004873")", R"({"all": "true"})",
        R"({"codes": [""]})", R"([])"}) {
    EXPECT_FALSE(read(hostile).has_value()) << hostile;
    const base::json::value stored = *base::parse_json(hostile);
    const party::ProcedureScope none = read_stored_scope(&stored);
    EXPECT_FALSE(none.covers("1.004873", "Hộ tịch")) << hostile;
    base::json::object body{{"kind", "grant"}, {"role", "leader"}, {"procedures", stored}};
    EXPECT_EQ(read_authority_draft(body).error().problems.front().field, "procedures") << hostile;
  }
  EXPECT_TRUE(read_stored_scope(nullptr).all);
}

// ---- posts that are left, and posts that are kept

TEST(Standing, WhatWasPassedOnEndsWhenItsGiverLeaves) {
  Office office;
  AuthorityEntry first = Office::delegation("leader@H41.101", "head@H41.101");
  first.may_delegate_further = true;
  const auto given = office.record("leader@H41.101", first);
  ASSERT_TRUE(given) << Office::told(given.error());
  office.pass(kMinute);
  AuthorityEntry second = Office::delegation("head@H41.101", "clerk@H41.101");
  second.period.from = office.clock.now();
  const auto passed = office.record("head@H41.101", second);
  ASSERT_TRUE(passed) << Office::told(passed.error());
  EXPECT_EQ(passed->entry.rests_on, given->entry.id);
  EXPECT_EQ(end_what_lost_its_post(*office.workplace).value_or(-1), 0);
  office.pass(kMinute);
  office.change_account("head@H41.101",
                        [](AccountRow& row, party::Officer&) { row.active = false; });
  EXPECT_EQ(end_what_lost_its_post(*office.workplace).value_or(-1), 1);
  office.pass(kMinute);
  const auto clerk = office.officers.find("clerk@H41.101");
  ASSERT_EQ(clerk->officer.mandates.size(), 1U);
  EXPECT_FALSE(clerk->officer.mandates.front().counts_at(office.clock.now()));
}

TEST(Standing, WhatWasGivenToAnAgencyIsPassedOnByThoseWhoAreThereOnly) {
  Office office;
  AuthorityEntry first = Office::delegation("", "");
  first.from_officer = {};
  first.from_agency = party::AgencyId::parse("H41.101");
  first.to_agency = party::AgencyId::parse("H41.101.01");
  first.may_delegate_further = true;
  const auto given = office.record("leader@H41.101", first);
  ASSERT_TRUE(given) << Office::told(given.error());
  office.pass(kMinute);
  AuthorityEntry second = Office::delegation("leader@H41.101.01", "head@H41.101.01");
  second.period.from = office.clock.now();
  ASSERT_TRUE(office.record("leader@H41.101.01", second));
  EXPECT_EQ(end_what_lost_its_post(*office.workplace).value_or(-1), 0);
  office.change_account("leader@H41.101.01", [](AccountRow&, party::Officer& one) {
    one.agency = *party::AgencyId::parse("H41.102.01");
  });
  EXPECT_EQ(end_what_lost_its_post(*office.workplace).value_or(-1), 1);
}

TEST(Standing, ASignInThatIsDisabledForNotBeingUsedIsNoLostPost) {
  Office office;
  AuthorityEntry away = Office::leave("leader@H41.101", "head@H41.101");
  away.period.from = office.clock.now() + kMinute;
  ASSERT_TRUE(office.record("leader@H41.101", away));
  office.pass(2 * kMinute);
  ASSERT_TRUE(office.store->create_account(Office::account_of(office.officer("leader@H41.101"))));
  const auto disable = [&](bool unused) {
    const auto row = office.officers.change(
        *office.store, "leader@H41.101", {.at = office.clock.now(), .by = {}},
        [&](AccountRow& account) -> base::Outcome<bool> {
          account.active = false;
          account.officer = account_text(office.officer("leader@H41.101"), unused);
          return true;
        });
    ASSERT_TRUE(row);
  };
  disable(true);
  EXPECT_TRUE(office.officers.find("leader@H41.101")->only_unused);
  EXPECT_EQ(end_what_lost_its_post(*office.workplace).value_or(-1), 0);
  const party::Officer deputy = office.officers.find("head@H41.101")->officer;
  EXPECT_TRUE(party::may(deputy, party::Action::approve,
                         {.agency = *party::AgencyId::parse("H41.101")}, office.clock.now()));
  disable(false);
  EXPECT_EQ(end_what_lost_its_post(*office.workplace).value_or(-1), 1) << "closed for good";
}

TEST(Standing, WhoIsAwayAndIsOneThingLessKeepsHisDeputyForTheRest) {
  Office office;
  office.change_account("leader@H41.101", [](AccountRow&, party::Officer& one) {
    one.roles = {Role::leader, Role::supervisor};
  });
  AuthorityEntry away = Office::leave("leader@H41.101", "head@H41.101");
  away.period.from = office.clock.now() + kMinute;
  const auto leave = office.record("leader@H41.101", away);
  ASSERT_TRUE(leave) << Office::told(leave.error());
  office.pass(2 * kMinute);
  office.change_account("leader@H41.101",
                        [](AccountRow&, party::Officer& one) { one.roles = {Role::leader}; });
  EXPECT_EQ(end_what_lost_its_post(*office.workplace).value_or(-1), 1);
  EXPECT_EQ(end_what_lost_its_post(*office.workplace).value_or(-1), 0);
  office.pass(kMinute);
  const party::Officer deputy = office.officers.find("head@H41.101")->officer;
  const party::Subject here{.agency = *party::AgencyId::parse("H41.101")};
  const Instant now = office.clock.now();
  EXPECT_TRUE(party::may(deputy, party::Action::approve, here, now));
  EXPECT_FALSE(party::may(deputy, party::Action::request_supplement_again, here, now));
  EXPECT_TRUE(office.officers.find("leader@H41.101")->officer.is_absent_at(now));
}

// ---- accounts: what somebody else wrote is not written back, and what was is kept

TEST(Accounts, WhoeverWritesOnAStaleAccountDecidesAgain) {
  Office office;
  const std::string id = "clerk@H41.101";
  ASSERT_TRUE(office.store->create_account(Office::account_of(office.officer(id))));
  int asked = 0;
  const auto row =
      office.officers.change(*office.store, id, {.at = office.clock.now(), .by = {}},
                             [&](AccountRow& account) -> base::Outcome<bool> {
                               if (++asked == 1) {
                                 // Another program closes it between the reading and the writing.
                                 AccountRow closed = account;
                                 closed.active = false;
                                 EXPECT_TRUE(office.store->replace_account(account, closed));
                               }
                               account.password_hash = "new";
                               return true;
                             });
  ASSERT_TRUE(row) << row.error().message;
  EXPECT_EQ(asked, 2);
  EXPECT_FALSE(row->active);
  const auto stored = *office.store->find_account(id);
  EXPECT_FALSE(stored->active) << "the deactivation stays";
  EXPECT_EQ(stored->password_hash, "new");
  EXPECT_FALSE(office.officers.find(id)->active);
  EXPECT_EQ(office.officers.change(*office.store, "nobody", {}, [](AccountRow&) { return true; })
                .error()
                .code,
            base::FaultCode::not_found);
}

TEST(Accounts, WhatAnOfficerWasIsKnownForEveryMoment) {
  Office office;
  const std::string id = "leader@H41.101";
  const Instant begun = office.clock.now();
  office.pass(kMinute);
  office.change_account(id, [](AccountRow&, party::Officer& one) { one.phone = "0912345678"; });
  EXPECT_TRUE(office.store->definition_history("former_post", id)->empty())
      << "a telephone is nobody's authority";
  office.change_account(id, [](AccountRow&, party::Officer& one) {
    one.agency = *party::AgencyId::parse("H41.102");
    one.roles = {Role::head};
  });
  const Instant moved = office.clock.now();
  office.pass(kMinute);
  office.change_account(id, [](AccountRow& row, party::Officer&) { row.active = false; });
  const auto then = [&](Instant when) { return **officer_then(*office.workplace, id, when); };
  EXPECT_EQ(then(begun).agency.text(), "H41.101");
  EXPECT_TRUE(then(moved - std::chrono::milliseconds{1}).has_role(Role::leader));
  EXPECT_EQ(then(moved).agency.text(), "H41.102");
  EXPECT_TRUE(then(moved).is_active_on(calendar::local_date(moved)));
  EXPECT_FALSE(then(office.clock.now()).is_active_on(calendar::local_date(moved)));
  EXPECT_FALSE(officer_then(*office.workplace, "nobody", begun)->has_value());
}

TEST(SignatureCheck, WhatWasSignedByPostVerifiesWhenItsSignerIsSomethingElse) {
  Office office;
  const std::string before = office.to_be_signed();
  const std::string after = office.to_be_signed();
  ASSERT_TRUE(office.sign(before, "leader@H41.101"));
  office.pass(kMinute);
  office.change_account("leader@H41.101", [](AccountRow&, party::Officer& one) {
    one.agency = *party::AgencyId::parse("H41.102");
    one.roles = {Role::head};
  });
  EXPECT_EQ(office.finding(before), "by_post");
  office.forge(after, "leader@H41.101", std::nullopt);
  EXPECT_EQ(office.finding(after), "no_authority") << "he was no leader of it any more";
  office.pass(kMinute);
  office.change_account("leader@H41.101", [](AccountRow& row, party::Officer& one) {
    row.active = false;
    one.roles = {Role::leader};
  });
  EXPECT_EQ(office.finding(before), "by_post");
  EXPECT_EQ(office.finding(after), "no_authority") << "what he becomes later does not heal it";
}

// ---- to whom a task is given

TEST(NextTask, GoesToSomebodyWhoMayDoItOrTheDecisionIsRefused) {
  Office office;
  const std::string id = office.filed("1.001193");
  ASSERT_TRUE(receive(*office.workplace, office.request(id, "reception@H41.101.01"), {}));
  dossier::CompleteTask proposed = office.done(id, "proposed");
  proposed.next_assignee = actor_of(office.officer("clerk@H41"));
  const auto refused =
      complete_task(*office.workplace, office.request(id, "specialist@H41.101"), proposed);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "assignee-not-entitled");
  proposed.next_assignee = actor_of(office.officer("leader@H41.101"));
  ASSERT_TRUE(complete_task(*office.workplace, office.request(id, "specialist@H41.101"), proposed));
  EXPECT_EQ(office.state(id).tasks.front().assignee_id, "leader@H41.101");
}

TEST(NextTask, IsFreeWhereWhoeverHadTheStepBeforeMayNotDoItAnyMore) {
  Office office;
  const std::string id = office.to_be_signed();
  office.change_account("specialist@H41.101", [](AccountRow&, party::Officer& one) {
    one.agency = *party::AgencyId::parse("H41.102");
  });
  dossier::SendBack back{.activity = office.state(id).tasks.front().activity,
                         .reason = "Còn thiếu căn cứ"};
  ASSERT_TRUE(send_back(*office.workplace, office.request(id, "leader@H41.101"), back));
  ASSERT_EQ(office.state(id).tasks.size(), 1U);
  EXPECT_EQ(office.state(id).tasks.front().assignee_id, "");
  EXPECT_EQ(office.state(id).tasks.front().assignee_name, "");
  office.expect_replays(id);
}

}  // namespace
}  // namespace casework
