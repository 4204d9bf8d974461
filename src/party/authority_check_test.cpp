#include "party/authority_check.h"

#include "party/test_authority.h"

namespace party {
namespace {

using test::agency;
using test::at;
using test::delegation;
using test::grant;
using test::kNow;
using test::leave;
using test::People;
using test::Records;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr const char* kFrom = "2026-08-03T08:00+07:00";
constexpr const char* kTo = "2026-08-17T08:00+07:00";

TEST(AuthorityCheck, TellsAllProblemsAtOnce) {
  const People people;
  Records records(people);
  AuthorityEntry entry = delegation("nobody", "ghost", kTo, kFrom);
  entry.act = {};
  entry.procedures.all = false;
  entry.role = Role::administrator;
  EXPECT_THAT(records.keep("x", entry),
              UnorderedElementsAre("act_missing", "end_before_start", "unknown_officer",
                                   "unknown_officer", "scope_empty", "role_not_delegable"));
}

TEST(AuthorityCheck, AsksForADecisionOfBeforeTheStart) {
  const People people;
  Records records(people);
  AuthorityEntry entry = delegation("chairman", "vice", kFrom, kTo);
  entry.act.issuer = "";
  EXPECT_THAT(records.keep("x", entry), ElementsAre("act_missing"));
  entry.act = test::act();
  entry.act.issued_on = calendar::parse_date("2026-08-04");
  EXPECT_THAT(records.keep("x", entry), ElementsAre("act_later"));
  AuthorityEntry alone = leave("chairman", "", kFrom, kTo);
  alone.act = {};
  EXPECT_THAT(records.keep("x", alone), ElementsAre("no_deputy"));
  alone.to_officer = {"vice"};
  EXPECT_THAT(records.keep("y", alone), Contains("act_missing")) << "a deputy signs by a decision";
}

TEST(AuthorityCheck, AsksForATime) {
  const People people;
  Records records(people);
  AuthorityEntry entry = delegation("chairman", "vice", kFrom, kTo);
  entry.period.until = calendar::Instant::max();
  EXPECT_THAT(records.keep("x", entry), ElementsAre("end_missing"));
  entry.period = {at("2026-08-03T08:00:30+07:00"), at(kTo)};
  EXPECT_THAT(records.keep("x", entry), ElementsAre("not_to_the_minute"));
  entry.period = {at(kFrom), at(kFrom)};
  EXPECT_THAT(records.keep("x", entry), ElementsAre("end_before_start"));
  // What is over is kept for the record, and never counts.
  entry.period = {at("2026-07-03T08:00+07:00"), at("2026-07-17T08:00+07:00")};
  EXPECT_THAT(records.keep("x", entry), ElementsAre("over_already"));
  EXPECT_THAT(people.entrusted("vice", *records).mandates, IsEmpty());
}

TEST(AuthorityCheck, NobodyGivesToHimselfOrToWhoIsNotThere) {
  People people;
  people.officer("vice").active_to = calendar::parse_date("2026-08-10");
  people.officer("expert").active_to = calendar::parse_date("2026-08-01");
  people.at_agency("H41.102").valid_to = calendar::parse_date("2026-08-01");
  Records records(people);
  EXPECT_THAT(records.keep("x", delegation("chairman", "chairman", kFrom, kTo)),
              ElementsAre("to_self"));
  EXPECT_THAT(records.keep("x", delegation("chairman", "expert", kFrom, kTo)),
              ElementsAre("officer_not_then"));
  EXPECT_THAT(records.keep("x", delegation("chairman", "vice", kFrom, kTo)),
              ElementsAre("officer_leaves"));
  EXPECT_THAT(records.keep("y", grant("specialist", Role::clerk, "H41.102")), IsEmpty())
      << "it begins before the agency's last day is over";
  AuthorityEntry later = grant("clerk", Role::clerk, "H41.102");
  later.period.from = at("2026-08-02T00:00+07:00");
  EXPECT_THAT(records.keep("z", later), ElementsAre("agency_not_then"));
  EXPECT_THAT(records.keep("z", grant("clerk", Role::clerk, "H41.999")),
              ElementsAre("unknown_agency"));
}

TEST(AuthorityCheck, NobodyDelegatesWhatHeHasNot) {
  const People people;
  Records records(people);
  EXPECT_THAT(records.keep("x", delegation("specialist", "clerk", kFrom, kTo)),
              ElementsAre("not_held"));
  AuthorityEntry elsewhere = delegation("chairman", "vice", kFrom, kTo);
  elsewhere.agency = agency("H41.102");
  EXPECT_THAT(records.keep("x", elsewhere), ElementsAre("not_held"));
}

TEST(AuthorityCheck, WhatIsDelegatedIsPassedOnOnlyWhereTheDecisionSaysSo) {
  const People people;
  Records records(people);
  AuthorityEntry first = delegation("chairman", "vice", kFrom, kTo);
  first.procedures = {.all = false, .fields = {"Hộ tịch"}, .codes = {}};
  EXPECT_THAT(records.keep("first", first), IsEmpty());
  EXPECT_THAT(records.keep("x", delegation("vice", "specialist", kFrom, kTo)),
              UnorderedElementsAre("not_delegable_further", "wider_than_held"));
  EXPECT_THAT(records.revoke("first", {.at = kNow, .act = test::act()}), IsEmpty());

  first.may_delegate_further = true;
  EXPECT_THAT(records.keep("again", first), IsEmpty());
  AuthorityEntry second = delegation("vice", "specialist", kFrom, "2026-08-17T08:01+07:00");
  second.procedures = {.all = false, .fields = {"Chứng thực"}, .codes = {"1.001193"}};
  EXPECT_THAT(records.keep("x", second),
              UnorderedElementsAre("wider_than_held", "longer_than_held"));
  second.period.until = at(kTo);
  second.procedures.fields.clear();
  EXPECT_THAT(records.keep("second", second), IsEmpty()) << "a code of the field is within it";
}

TEST(AuthorityCheck, WhoOnlyStandsInDelegatesNothing) {
  const People people;
  Records records(people);
  EXPECT_THAT(records.keep("leave", leave("chairman", "vice", kFrom, kTo)), IsEmpty());
  EXPECT_THAT(records.keep("x", delegation("vice", "specialist", kFrom, kTo)),
              ElementsAre("not_delegable_further"));
}

TEST(AuthorityCheck, TheSameAuthorityIsNotGivenTwiceForTheSameTime) {
  const People people;
  Records records(people);
  AuthorityEntry civil = delegation("chairman", "vice", kFrom, kTo);
  civil.procedures = {.all = false, .fields = {"Hộ tịch"}, .codes = {}};
  EXPECT_THAT(records.keep("civil", civil), IsEmpty());
  AuthorityEntry birth =
      delegation("chairman", "specialist", "2026-08-16T08:00+07:00", "2026-09-01T00:00+07:00");
  birth.procedures = {.all = false, .fields = {}, .codes = {"1.001193"}};
  EXPECT_THAT(records.keep("x", birth), ElementsAre("overlap"));
  birth.procedures.codes = {"2.000815"};
  EXPECT_THAT(records.keep("copies", birth), IsEmpty()) << "a procedure of another field";
  birth.procedures.codes = {"1.001193"};
  birth.period.from = at(kTo);
  EXPECT_THAT(records.keep("birth", birth), IsEmpty()) << "one ends as the other begins";

  EXPECT_THAT(records.keep("g", grant("specialist", Role::clerk, "H41.102")), IsEmpty());
  EXPECT_THAT(records.keep("x", grant("specialist", Role::clerk, "H41.102")),
              ElementsAre("overlap"));
  EXPECT_THAT(records.keep("h", grant("clerk", Role::clerk, "H41.102")), IsEmpty());
  EXPECT_THAT(records.keep("leave", leave("specialist", "clerk", kFrom, kTo)), IsEmpty());
  EXPECT_THAT(records.keep("x", leave("specialist", "vice", "2026-08-16T08:00+07:00",
                                      "2026-08-18T08:00+07:00")),
              Contains("overlap"));
}

TEST(AuthorityCheck, NothingComesBackToWhereItStarted) {
  const People people;
  Records records(people);
  AuthorityEntry first = delegation("chairman", "vice", kFrom, kTo);
  first.may_delegate_further = true;
  AuthorityEntry second = delegation("vice", "specialist", kFrom, kTo);
  second.may_delegate_further = true;
  EXPECT_THAT(records.keep("first", first), IsEmpty());
  EXPECT_THAT(records.keep("second", second), IsEmpty());
  EXPECT_THAT(records.keep("x", delegation("specialist", "chairman", kFrom, kTo)),
              Contains("cycle"));
  // Two who stand in for each other, one week after the other, are no circle.
  EXPECT_THAT(records.keep("leave", leave("clerk", "specialist", kFrom, "2026-08-10T08:00+07:00")),
              IsEmpty());
  EXPECT_THAT(records.keep("back", leave("specialist", "clerk", "2026-08-10T08:00+07:00", kTo)),
              testing::Not(Contains("cycle")));
}

TEST(AuthorityCheck, ADeputyIsThere) {
  const People people;
  Records records(people);
  EXPECT_THAT(records.keep("leave", leave("vice", "specialist", kFrom, kTo)), IsEmpty());
  EXPECT_THAT(records.keep("x", leave("chairman", "vice", kFrom, kTo)),
              ElementsAre("deputy_absent"));
  EXPECT_THAT(records.keep("y", delegation("chairman", "vice", kFrom, kTo)),
              ElementsAre("receiver_absent"));
  EXPECT_THAT(records.keep("z", leave("specialist", "clerk", kFrom, kTo)), ElementsAre("stands_in"))
      << "people fall ill: it is told, not refused";
}

TEST(AuthorityCheck, RevokingTwiceOrTooLateIsTold) {
  const People people;
  Records records(people);
  records.keep("d", delegation("chairman", "vice", kFrom, kTo));
  EXPECT_THAT(records.revoke("d", {.at = kNow}), ElementsAre("act_missing"));
  EXPECT_THAT(records.revoke("d", {.at = at(kTo), .act = test::act()}),
              ElementsAre("already_over"));
  EXPECT_THAT(records.revoke("d", {.at = kNow, .act = test::act()}), IsEmpty());
  EXPECT_THAT(records.revoke("d", {.at = kNow, .act = test::act()}),
              ElementsAre("already_revoked"));
}

TEST(AuthorityCheck, EveryFaultHasAName) {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(AuthorityFault::ends_others); ++i) {
    names.insert(name(static_cast<AuthorityFault>(i)));
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(AuthorityFault::ends_others) + 1);
}

}  // namespace
}  // namespace party
