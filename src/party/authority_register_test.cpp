#include "party/authority_register.h"

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
using testing::IsEmpty;

const Subject kSign{.agency = agency("H41.101"),
                    .role = Role::leader,
                    .assignee = {},
                    .procedure = "1.001193",
                    .field = "Hộ tịch"};

Verdict may_sign(const People& people, const Records& records, const char* who, const char* when) {
  // The mandate of the verdict is the officer's, who goes; only what it says is looked at.
  const Officer officer = people.entrusted(who, *records);
  Verdict verdict = may(officer, Action::approve, kSign, at(when));
  verdict.mandate = nullptr;
  return verdict;
}

// Must-show 2, as a pure story.
TEST(AuthorityRegister, ADeputySignsForTwoWeeksAndNotAMinuteLonger) {
  const People people;
  Records records(people);
  EXPECT_THAT(records.keep("leave", leave("chairman", "vice", "2026-08-03T08:00+07:00",
                                          "2026-08-17T08:00+07:00")),
              IsEmpty());
  const auto reason = [&](const char* when) {
    return may_sign(people, records, "vice", when).reason;
  };
  EXPECT_EQ(reason("2026-08-03T07:59:59.999+07:00"), Reason::mandate_not_begun);
  EXPECT_EQ(reason("2026-08-03T08:00+07:00"), Reason::by_mandate);
  EXPECT_EQ(reason("2026-08-10T10:00+07:00"), Reason::by_mandate);
  EXPECT_EQ(reason("2026-08-17T07:59:59.999+07:00"), Reason::by_mandate);
  EXPECT_EQ(reason("2026-08-17T08:00+07:00"), Reason::mandate_ended);
  EXPECT_EQ(reason("2026-08-17T08:01+07:00"), Reason::mandate_ended);

  const Officer vice = people.entrusted("vice", *records);
  ASSERT_EQ(vice.mandates.size(), 3U) << "leader, head and supervisor of the chairman";
  EXPECT_EQ(vice.mandates.front().kind, MandateKind::deputy);
  EXPECT_EQ(vice.mandates.front().on_behalf_of.text, "chairman");
  EXPECT_EQ(vice.mandates.front().act.number, "3/TB-UBND");
  EXPECT_TRUE(people.entrusted("chairman", *records).is_absent_at(at("2026-08-10T10:00+07:00")));
}

TEST(AuthorityRegister, AnAbsenceThatEndsEarlyEndsItsDeputyThen) {
  const People people;
  Records records(people);
  records.keep("leave",
               leave("chairman", "vice", "2026-08-03T08:00+07:00", "2026-08-17T08:00+07:00"));
  EXPECT_THAT(
      records.revoke("leave", {.at = at("2026-08-10T08:00+07:00")}, at("2026-08-09T15:00+07:00")),
      IsEmpty());
  EXPECT_TRUE(may_sign(people, records, "vice", "2026-08-10T07:59+07:00"));
  EXPECT_FALSE(may_sign(people, records, "vice", "2026-08-10T08:00+07:00"));
}

TEST(AuthorityRegister, NothingCountsBeforeItWasRecorded) {
  const People people;
  Records records(people);
  const auto now = at("2026-08-05T09:30+07:00");
  EXPECT_THAT(
      records.keep(
          "d", delegation("chairman", "vice", "2026-08-01T00:00+07:00", "2026-08-20T00:00+07:00"),
          now),
      testing::ElementsAre("starts_in_past"));
  EXPECT_FALSE(may_sign(people, records, "vice", "2026-08-05T09:29+07:00"));
  EXPECT_TRUE(may_sign(people, records, "vice", "2026-08-05T09:30+07:00"));
  // Nor does a revocation that names an earlier day.
  records.revoke("d", {.at = at("2026-08-02T00:00+07:00"), .act = test::act("9/QĐ")},
                 at("2026-08-06T10:00+07:00"));
  EXPECT_TRUE(may_sign(people, records, "vice", "2026-08-06T09:59+07:00"));
  EXPECT_FALSE(may_sign(people, records, "vice", "2026-08-06T10:00+07:00"));
}

TEST(AuthorityRegister, WhatRestsOnSomethingEndsWithIt) {
  const People people;
  Records records(people);
  AuthorityEntry first =
      delegation("chairman", "vice", "2026-08-02T00:00+07:00", "2026-09-01T00:00+07:00");
  first.may_delegate_further = true;
  EXPECT_THAT(records.keep("first", first), IsEmpty());
  EXPECT_THAT(records.keep("second", delegation("vice", "specialist", "2026-08-05T00:00+07:00",
                                                "2026-08-25T00:00+07:00")),
              IsEmpty());
  EXPECT_EQ(records->find("second")->rests_on, "first");
  EXPECT_TRUE(may_sign(people, records, "specialist", "2026-08-20T00:00+07:00"));
  EXPECT_THAT(records.revoke("first", {.at = at("2026-08-15T00:00+07:00"),
                                       .act = test::act("9/QĐ"),
                                       .reason = "Thay đổi phân công"}),
              testing::ElementsAre("ends_others"));
  EXPECT_TRUE(may_sign(people, records, "specialist", "2026-08-14T23:59+07:00"));
  EXPECT_FALSE(may_sign(people, records, "specialist", "2026-08-15T00:00+07:00"));
  ASSERT_EQ(records->resting_on("first").size(), 1U);
  EXPECT_EQ(records->effective(*records->find("second")).until, at("2026-08-15T00:00+07:00"));
}

TEST(AuthorityRegister, AnAgencysAuthorityGoesToWhoeverHasTheRoleAtTheOther) {
  const People people;
  Records records(people);
  AuthorityEntry entry = delegation("", "", "2026-08-02T00:00+07:00", "2026-12-31T00:00+07:00");
  entry.from_agency = agency("H41.101");
  entry.to_agency = agency("H41.002");
  entry.procedures = {.all = false, .fields = {"Hộ tịch"}, .codes = {}};
  EXPECT_THAT(records.keep("u", entry), IsEmpty());
  EXPECT_TRUE(may_sign(people, records, "director", "2026-08-03T00:00+07:00"));
  EXPECT_FALSE(may_sign(people, records, "expert", "2026-08-03T00:00+07:00"))
      << "he is no leader there";
  const Officer director = people.entrusted("director", *records);
  ASSERT_EQ(director.mandates.size(), 1U);
  EXPECT_EQ(director.mandates[0].kind, MandateKind::delegation);
  EXPECT_EQ(director.mandates[0].on_behalf_of_name, "Cơ quan H41.101");
  Subject other = kSign;
  other.procedure = "2.000815";
  other.field = "Chứng thực";
  EXPECT_FALSE(may(director, Action::approve, other, at("2026-08-03T00:00+07:00")));
}

TEST(AuthorityRegister, WhatIsDecentralisedIsDoneInTheReceiversOwnName) {
  const People people;
  Records records(people);
  AuthorityEntry entry;
  entry.kind = AuthorityKind::decentralisation;
  entry.from_agency = agency("H41");
  entry.to_agency = agency("H41.002");
  entry.procedures = {.all = false, .fields = {}, .codes = {"1.012994"}};
  entry.period.from = at("2026-08-02T00:00+07:00");
  entry.act = test::act();
  EXPECT_THAT(records.keep("p", entry), IsEmpty());
  const Officer director = people.entrusted("director", *records);
  const Subject subject{.agency = agency("H41"),
                        .role = Role::leader,
                        .assignee = {},
                        .procedure = "1.012994",
                        .field = "Đất đai"};
  const Verdict verdict = may(director, Action::approve, subject, at("2026-08-03T00:00+07:00"));
  ASSERT_TRUE(verdict);
  EXPECT_EQ(verdict.mandate->kind, MandateKind::grant);
  EXPECT_EQ(verdict.mandate->on_behalf_of_name, "");

  const auto moved =
      records->moved_to(agency("H41"), "1.012994", "Đất đai", at("2026-08-03T00:00+07:00"));
  ASSERT_TRUE(moved);
  EXPECT_EQ(moved->agency, agency("H41.002"));
  EXPECT_FALSE(
      records->moved_to(agency("H41"), "1.001193", "Hộ tịch", at("2026-08-03T00:00+07:00")));
  EXPECT_FALSE(
      records->moved_to(agency("H41"), "1.012994", "Đất đai", at("2026-08-01T23:00+07:00")));
}

TEST(AuthorityRegister, ADeputyTakesOverWhatWasGrantedButNotWhatWasOnlyLent) {
  const People people;
  Records records(people);
  records.keep("g", grant("specialist", Role::clerk, "H41.102"));
  records.keep("d", delegation("chairman", "specialist", "2026-08-02T00:00+07:00",
                               "2026-12-01T00:00+07:00"));
  records.keep("leave",
               leave("specialist", "clerk", "2026-08-03T08:00+07:00", "2026-08-17T08:00+07:00"));
  const Officer clerk = people.entrusted("clerk", *records);
  std::set<std::string> held;
  for (const Mandate& one : clerk.mandates) {
    held.insert(std::string{name(one.role)} + "@" + one.agency.text());
    EXPECT_EQ(one.kind, MandateKind::deputy);
    EXPECT_EQ(one.until, at("2026-08-17T08:00+07:00"));
  }
  EXPECT_EQ(held, (std::set<std::string>{"specialist@H41.101", "clerk@H41.102"}));
}

TEST(AuthorityRegister, ADamagedChainCountsForNothing) {
  const People people;
  Records records(people);
  AuthorityEntry one =
      delegation("chairman", "vice", "2026-08-02T00:00+07:00", "2026-12-01T00:00+07:00");
  one.id = "one";
  one.rests_on = "two";
  AuthorityEntry two = one;
  two.id = "two";
  two.rests_on = "one";
  AuthorityEntry three = one;
  three.id = "three";
  three.rests_on = "gone";
  records.add(one);
  records.add(two);
  records.add(three);
  EXPECT_THAT(people.entrusted("vice", *records).mandates, IsEmpty());
  EXPECT_LE(records->resting_on("one").size(), 10U);
}

}  // namespace
}  // namespace party
