// Grants, delegations and absences through the use cases: the story of a leave, who may record
// what, and that a change counts at once and once.
#include "casework/authority.h"

#include "casework/authority_gate.h"
#include "casework/authority_json.h"
#include "casework/authority_view.h"
#include "casework/definition_kinds.h"
#include "casework/test_authority.h"

namespace casework {
namespace {

using dossier::test::at;
using party::AuthorityEntry;
using party::AuthorityKind;
using party::Role;
using test::kLeaves;
using test::kReturns;
using test::Office;

// Must-show 2.
TEST(Authority, ADeputySignsDuringTheLeaveAndNotAMinuteLonger) {
  Office office;
  const std::string first = office.to_be_signed();
  const std::string second = office.to_be_signed();
  const std::string third = office.to_be_signed();
  const auto leave =
      office.record("leader@H41.101", Office::leave("leader@H41.101", "head@H41.101"));
  ASSERT_TRUE(leave) << Office::told(leave.error());

  EXPECT_EQ(office.sign(first, "head@H41.101").error().kind, FailureKind::forbidden) << "too early";
  office.clock.set(at("2026-08-24T10:00:00+07:00"));
  ASSERT_TRUE(office.sign(first, "head@H41.101"));
  const auto& trail = office.state(first).trail;
  ASSERT_TRUE(trail.back().signature.has_value());
  EXPECT_EQ(trail.back().signature->kind, "deputy");
  EXPECT_EQ(trail.back().signature->act, "15/QĐ-UBND");
  EXPECT_EQ(trail.back().signature->mandate, leave->entry.id);
  EXPECT_EQ(trail.back().signature->for_name, "Cán bộ leader@H41.101");
  office.expect_replays(first);

  office.clock.set(at("2026-09-04T08:01:00+07:00"));
  const auto late = office.sign(second, "head@H41.101");
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, FailureKind::forbidden);
  EXPECT_EQ(late.error().detail.vi,
            party::explain(party::Reason::mandate_ended, calendar::Language::vietnamese));

  // What somebody writes in that minute past the gate does not verify, whatever it says of itself.
  office.forge(second, "head@H41.101", trail.back().signature);
  office.forge(third, "head@H41.101", std::nullopt);
  EXPECT_EQ(office.finding(first), "by_mandate");
  EXPECT_EQ(office.finding(second), "mandate_ended");
  EXPECT_EQ(office.finding(third), "mandate_ended");
  EXPECT_FALSE(office.signatures(second).at("all_authorised").get_bool());

  // And the explanation of the minute says so step by step.
  const auto why = explain_may(*office.workplace, {.officer = "head@H41.101",
                                                   .action = party::Action::approve,
                                                   .dossier = "",
                                                   .agency = "H41.101",
                                                   .task = 0,
                                                   .at = at("2026-09-04T08:01:00+07:00")});
  ASSERT_TRUE(why);
  EXPECT_FALSE(why->at("allowed").get_bool());
  EXPECT_EQ(base::string_or(why->at("reason"), "code"), "mandate_ended");
  EXPECT_GE(why->at("steps").get_array().size(), 5U);
}

TEST(Authority, ASignatureByPostVerifiesAndAStrangersDoesNot) {
  Office office;
  const std::string mine = office.to_be_signed();
  ASSERT_TRUE(office.sign(mine, "leader@H41.101"));
  EXPECT_EQ(office.finding(mine), "by_post");
  const std::string forged = office.to_be_signed();
  office.forge(forged, "specialist@H41.101", std::nullopt);
  EXPECT_EQ(office.finding(forged), "no_authority");
  const std::string named = office.to_be_signed();
  office.forge(named, "specialist@H41.101",
               dossier::Signature{
                   .position = "", .role = "leader", .agency = "H41.101", .mandate = "tq-none"});
  EXPECT_EQ(office.finding(named), "mandate_unknown");
}

TEST(Authority, ARevocationCountsForTheNextThingThatIsDone) {
  Office office;
  const std::string id = office.to_be_signed();
  // Whoever asked holds his officer as he was when he asked.
  const auto given =
      office.record("leader@H41.101", Office::delegation("leader@H41.101", "specialist@H41.101"));
  ASSERT_TRUE(given) << Office::told(given.error());
  const party::Officer before = office.officers.as_now(office.officer("specialist@H41.101"));
  ASSERT_EQ(before.mandates.size(), 1U);
  ASSERT_TRUE(office.revoke("leader@H41.101", given->entry.id));
  CommandRequest request = office.request(id, "specialist@H41.101");
  request.officer = &before;
  const auto done = complete_task(*office.workplace, request, office.done(id, "approved"));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, FailureKind::forbidden);
}

TEST(Authority, ARepeatedRequestRecordsOnceAndAnotherBodyIsTold) {
  Office office;
  const auto draft = Office::delegation("leader@H41.101", "head@H41.101");
  const RequestKey key = office.key("leader@H41.101");
  const auto& leader = office.officer("leader@H41.101");
  const auto once = record_authority(*office.workplace, leader, draft, key);
  const auto again = record_authority(*office.workplace, leader, draft, key);
  ASSERT_TRUE(once);
  ASSERT_TRUE(again);
  EXPECT_EQ(once->entry.id, again->entry.id);
  EXPECT_EQ(office.workplace->authority->now()->entries().size(), 1U);
  RequestKey other = key;
  other.hash = "another";
  EXPECT_EQ(record_authority(*office.workplace, leader, draft, other).error().kind,
            FailureKind::key_reused);
  const RequestKey end = office.key("leader@H41.101");
  const party::Revocation revocation{.at = office.clock.now(), .act = Office::act()};
  ASSERT_TRUE(revoke_authority(*office.workplace, leader, once->entry.id, revocation, end));
  EXPECT_TRUE(revoke_authority(*office.workplace, leader, once->entry.id, revocation, end));
  EXPECT_EQ(office.revoke("leader@H41.101", once->entry.id).error().code, "authority-not-valid")
      << "with another key it is a second revocation";
}

TEST(Authority, WhatAnotherProgramRecordsIsTakenOver) {
  Office office;
  const auto given =
      office.record("leader@H41.101", Office::delegation("leader@H41.101", "head@H41.101"));
  ASSERT_TRUE(given);
  AuthorityRecords elsewhere;
  EXPECT_EQ(elsewhere.refresh(*office.store).value_or(false), true);
  EXPECT_EQ(elsewhere.refresh(*office.store).value_or(true), false);
  ASSERT_EQ(elsewhere.now()->entries().size(), 1U);
  EXPECT_EQ(elsewhere.now()->entries().front(), given->entry);
}

TEST(Authority, WhatRestsOnAPostEndsWithIt) {
  Office office;
  ASSERT_TRUE(
      office.record("leader@H41.101", Office::delegation("leader@H41.101", "head@H41.101")));
  EXPECT_EQ(end_what_lost_its_post(*office.workplace).value_or(-1), 0);
  office.clock.set(office.clock.now() + std::chrono::minutes{1});
  party::Officer moved = office.officer("leader@H41.101");
  moved.roles = {Role::specialist};
  office.officers.remember({.username = "leader@H41.101",
                            .officer = {},
                            .officer_id = "leader@H41.101",
                            .password_hash = {},
                            .must_change = false,
                            .active = true},
                           moved);
  EXPECT_EQ(end_what_lost_its_post(*office.workplace).value_or(-1), 1);
  EXPECT_EQ(end_what_lost_its_post(*office.workplace).value_or(-1), 0);
  office.clock.set(office.clock.now() + std::chrono::seconds{1});
  const auto head = office.officers.find("head@H41.101");
  ASSERT_EQ(head->officer.mandates.size(), 1U) << "it did count, up to now";
  EXPECT_FALSE(head->officer.mandates.front().counts_at(office.clock.now()));
}

TEST(Authority, SurvivesItsOwnJson) {
  AuthorityEntry entry = Office::delegation("leader@H41.101", "head@H41.101");
  entry.id = "tq-1";
  entry.from_name = "Ông Đức";
  entry.to_agency = party::AgencyId::parse("H41.002");
  entry.to_level = party::AgencyKind::commune_committee;
  entry.roles = {Role::leader, Role::head};
  entry.procedures = {.all = false, .fields = {"Hộ tịch"}, .codes = {"1.001193"}};
  entry.may_delegate_further = true;
  entry.rests_on = "tq-0";
  entry.recorded_at = at("2026-08-20T10:00:00.123+07:00");
  entry.recorded_by = {"x"};
  entry.revocation = party::Revocation{.at = at(kReturns),
                                       .act = Office::act(),
                                       .reason = "vì",
                                       .recorded_at = at(kLeaves),
                                       .recorded_by = {"y"},
                                       .recorded_by_name = "Y"};
  const auto read = read_authority(base::to_text(authority_json(entry)));
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, entry);
  EXPECT_FALSE(read_authority("{}"));
  EXPECT_FALSE(read_authority("[]"));
}

// ---- who may record what: role and relation to the agency H41.101

struct Line {
  const char* by;
  bool grants;            // the role of clerk at H41.101 to the specialist there
  bool delegates_own;     // his own authority as leader or head, at his agency
  bool delegates_others;  // that of the leader of H41.101
  bool leaves;            // announces his own absence
  bool sends_away;        // records the absence of the specialist of H41.101
  bool revokes;           // the leader's delegation
};

constexpr Line kTable[] = {
    {"reception@H41.101", false, false, false, true, false, false},
    {"specialist@H41.101", false, false, false, true, true, false},
    {"head@H41.101", false, true, false, true, false, false},
    {"leader@H41.101", false, true, true, true, true, true},
    {"clerk@H41.101", false, false, false, true, false, false},
    {"cashier@H41.101", false, false, false, true, false, false},
    {"supervisor@H41.101", false, false, false, true, false, false},
    {"administrator@H41.101", true, false, true, true, true, true},
    {"administrator@H41", true, false, true, true, true, true},
    {"leader@H41", false, true, false, true, false, false},
    {"supervisor@H41", false, false, false, true, false, false},
    {"administrator@H41.002", false, false, false, true, false, false},
    {"leader@H41.002", false, true, false, true, false, false},
    {"head@H41.002", false, true, false, true, false, false},
    {"specialist@H41.002", false, false, false, true, false, false},
};

TEST(AuthorityAccess, IsAsTheTableSays) {
  Office office;
  const Instant now = office.clock.now();
  for (const Line& line : kTable) {
    const party::Officer& by = office.officer(line.by);
    SCOPED_TRACE(line.by);
    const auto may = [&](const AuthorityEntry& entry) {
      return may_record(*office.workplace, by, entry, now).has_value();
    };
    EXPECT_EQ(may(Office::grant("specialist@H41.101", "H41.101")), line.grants);
    AuthorityEntry own = Office::delegation(line.by, "clerk@H41.101");
    if (by.id.text.starts_with("clerk")) own.to_officer = {"cashier@H41.101"};
    own.agency = by.agency;
    own.role = by.roles.front();
    const bool administers = by.has_role(Role::administrator);
    EXPECT_EQ(may(own), line.delegates_own && !administers);
    EXPECT_EQ(may(Office::delegation("leader@H41.101", "cashier@H41.101")), line.delegates_others);
    EXPECT_EQ(may(Office::leave(line.by, "")), line.leaves);
    EXPECT_EQ(may(Office::leave("specialist@H41.101", "")), line.sends_away);
    AuthorityEntry given = Office::delegation("leader@H41.101", "clerk@H41.101");
    EXPECT_EQ(may_revoke(*office.workplace, by, given, now).has_value(), line.revokes);
  }
}

TEST(AuthorityAccess, NobodyRecordsAuthorityInHisOwnFavour) {
  Office office;
  const Instant now = office.clock.now();
  const auto may = [&](const char* by, const AuthorityEntry& entry) {
    return may_record(*office.workplace, office.officer(by), entry, now).has_value();
  };
  EXPECT_FALSE(may("administrator@H41.101", Office::grant("administrator@H41.101", "H41.101")));
  EXPECT_FALSE(
      may("administrator@H41.101", Office::delegation("leader@H41.101", "administrator@H41.101")));
  EXPECT_FALSE(may("leader@H41.101", Office::leave("specialist@H41.101", "leader@H41.101")));
}

TEST(AuthorityAccess, AUnitsAdministratorStaysWithinHisUnit) {
  Office office;
  const Instant now = office.clock.now();
  const auto may = [&](const char* by, const AuthorityEntry& entry) {
    return may_record(*office.workplace, office.officer(by), entry, now).has_value();
  };
  EXPECT_TRUE(may("administrator@H41.101", Office::grant("reception@H41.101.01", "H41.101")));
  EXPECT_FALSE(may("administrator@H41.101", Office::grant("specialist@H41.101", "H41.002")));
  EXPECT_FALSE(may("administrator@H41.101", Office::grant("specialist@H41.002", "H41.101")));
  EXPECT_FALSE(may("administrator@H41.101", Office::grant("specialist@H41.101", "H41")));
  AuthorityEntry abroad = Office::leave("leader@H41.101", "specialist@H41.002");
  EXPECT_FALSE(may("leader@H41.101", abroad)) << "a deputy of another agency is for administrators";
  EXPECT_TRUE(may("administrator@H41", abroad));
}

// What an officer of the unit holds elsewhere is not the unit's administrator's to give away.
TEST(AuthorityAccess, AUnitsAdministratorGivesNothingAwayThatIsExercisedElsewhere) {
  Office office;
  AuthorityEntry grant = Office::grant("specialist@H41.101", "H41");
  grant.role = Role::leader;
  ASSERT_TRUE(office.record("administrator@H41", grant));
  AuthorityEntry abroad = Office::delegation("specialist@H41.101", "clerk@H41.101");
  abroad.agency = party::AgencyId::parse("H41");
  EXPECT_EQ(office.record("administrator@H41.101", abroad).error().code, "authority-not-yours");
  AuthorityEntry of_agency = Office::delegation("", "clerk@H41.101");
  of_agency.from_agency = party::AgencyId::parse("H41.101");
  of_agency.agency = party::AgencyId::parse("H41");
  EXPECT_EQ(office.record("administrator@H41.101", of_agency).error().code, "authority-not-yours");
  const auto given = office.record("administrator@H41", abroad);
  EXPECT_TRUE(given) << Office::told(given.error());
}

// Where somebody may act as a deputy, and what is told of it.
std::string deputised(Office& office, const char* recorder) {
  const auto leave = office.record(recorder, Office::leave("specialist@H41.101", "clerk@H41.101"));
  EXPECT_TRUE(leave) << Office::told(leave.error());
  if (!leave) return {};
  // What comes later is not passed on by whoever could not have given it, either.
  AuthorityEntry later = Office::grant("specialist@H41.101", "H41.002");
  later.role = Role::leader;
  EXPECT_TRUE(office.record("administrator@H41", later));
  std::string places;
  for (const party::Mandate& one : office.officers.find("clerk@H41.101")->officer.mandates) {
    places += one.agency.text() + " ";
  }
  for (const party::AuthorityProblem& note : leave->notes) places += party::name(note.fault);
  const party::AuthorityEntry* kept = office.workplace->authority->now()->find(leave->entry.id);
  EXPECT_EQ(*read_authority(base::to_text(authority_json(*kept))), *kept);
  return places;
}

TEST(AuthorityAccess, AnAbsencePassesOnWhatItsRecorderCouldGiveAndOnesOwnEverything) {
  const std::pair<const char*, const char*> kExpected[] = {
      {"administrator@H41.101", "H41.101 stays_behind"},
      {"leader@H41.101", "H41.101 stays_behind"},
      {"administrator@H41", "H41.101 H41 "},
      {"specialist@H41.101", "H41.101 H41 H41.002 "}};
  for (const auto& [recorder, expected] : kExpected) {
    Office office;
    AuthorityEntry grant = Office::grant("specialist@H41.101", "H41");
    grant.role = Role::leader;
    ASSERT_TRUE(office.record("administrator@H41", grant));
    EXPECT_EQ(deputised(office, recorder), expected) << recorder;
  }
}

TEST(AuthorityAccess, IsGoneWithTheService) {
  Office office;
  party::Officer former = office.officer("leader@H41.101");
  former.active_to = calendar::parse_date("2026-08-01");
  const AuthorityEntry own = Office::delegation("leader@H41.101", "head@H41.101");
  EXPECT_FALSE(may_record(*office.workplace, former, own, office.clock.now()));
  EXPECT_FALSE(may_revoke(*office.workplace, former, own, office.clock.now()));
  EXPECT_FALSE(may_see(*office.workplace, former, own, office.clock.now()));
}

TEST(AuthorityAccess, WhatConcernsNeitherHimNorHisAgencyDoesNotExist) {
  Office office;
  const auto given =
      office.record("leader@H41.101", Office::delegation("leader@H41.101", "head@H41.101"));
  ASSERT_TRUE(given);
  const auto seen = [&](const char* by) {
    return authority_details(*office.workplace, office.officer(by), given->entry.id).has_value();
  };
  EXPECT_TRUE(seen("clerk@H41.101"));
  EXPECT_TRUE(seen("supervisor@H41"));
  EXPECT_FALSE(seen("specialist@H41"));
  EXPECT_FALSE(seen("administrator@H41.002"));
  EXPECT_EQ(office.revoke("administrator@H41.002", given->entry.id).error().kind,
            FailureKind::not_found);
  EXPECT_EQ(office.revoke("clerk@H41.101", given->entry.id).error().kind, FailureKind::forbidden);
}

}  // namespace
}  // namespace casework
