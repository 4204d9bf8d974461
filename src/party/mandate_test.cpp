#include "party/mandate.h"

#include <gtest/gtest.h>

#include "party/authority.h"

namespace party {
namespace {

using calendar::Instant;
using std::chrono::minutes;

const Instant kBegin =
    calendar::at_local(calendar::Date{std::chrono::days{20'700}}, calendar::TimeOfDay{8 * 60});
const Instant kEnd = kBegin + std::chrono::days{14};

AgencyId agency(const char* code) {
  return *AgencyId::parse(code);
}

Mandate deputy_of(const char* who) {
  return {.id = "absence-1",
          .kind = MandateKind::deputy,
          .role = Role::leader,
          .agency = agency("H41.2.15"),
          .from = kBegin,
          .until = kEnd,
          .act = {.number = "12/QĐ-UBND"},
          .on_behalf_of = {who}};
}

Officer deputy() {
  return {.id = {"lan"},
          .name = "Nguyễn Thị Lan",
          .agency = agency("H41.2.15"),
          .roles = {Role::head},
          .mandates = {deputy_of("hung")}};
}

Subject signature(std::string procedure = "1.001193") {
  return {.agency = agency("H41.2.15"),
          .role = Role::leader,
          .procedure = std::move(procedure),
          .field = "Hộ tịch"};
}

TEST(Mandate, CountsFromItsFirstMomentUpToItsLastAndNotAfter) {
  const Officer lan = deputy();
  const Verdict early = may(lan, Action::approve, signature(), kBegin - minutes{1});
  EXPECT_FALSE(early);
  EXPECT_EQ(early.reason, Reason::mandate_not_begun);
  EXPECT_TRUE(may(lan, Action::approve, signature(), kBegin));
  EXPECT_TRUE(may(lan, Action::approve, signature(), kEnd - std::chrono::milliseconds{1}));
  const Verdict late = may(lan, Action::approve, signature(), kEnd);
  EXPECT_FALSE(late);
  EXPECT_EQ(late.reason, Reason::mandate_ended);
  ASSERT_NE(late.mandate, nullptr);
  EXPECT_EQ(late.mandate->act.number, "12/QĐ-UBND");
}

TEST(Mandate, OfADeputyReachesWhatTheAbsentOneHasInHandAndNothingOfOthers) {
  const Officer lan = deputy();
  Subject task = signature();
  task.assignee = OfficerId{"hung"};
  EXPECT_EQ(may(lan, Action::approve, task, kBegin).reason, Reason::by_mandate);
  task.assignee = OfficerId{"mai"};
  EXPECT_EQ(may(lan, Action::approve, task, kBegin).reason, Reason::assigned_to_another);
}

TEST(Mandate, OfSomeProceduresCoversNoOther) {
  Officer lan = deputy();
  lan.mandates.front().procedures = {.all = false, .codes = {"1.001193"}};
  EXPECT_TRUE(may(lan, Action::approve, signature("1.001193"), kBegin));
  EXPECT_FALSE(may(lan, Action::approve, signature("1.004873"), kBegin));
  lan.mandates.front().procedures = {.all = false, .fields = {"Hộ tịch"}};
  EXPECT_TRUE(may(lan, Action::approve, signature("1.004873"), kBegin));
}

TEST(Mandate, DoesNotSignBelowItsAgencyButWatchesThere) {
  const Officer lan = deputy();
  Subject below = signature();
  below.agency = agency("H41.2.15.1");
  EXPECT_EQ(may(lan, Action::approve, below, kBegin).reason, Reason::other_agency);
  EXPECT_TRUE(may(lan, Action::assign_task, below, kBegin));
}

TEST(Mandate, EndsWithTheServiceOfWhoeverHoldsIt) {
  Officer lan = deputy();
  lan.active_to = calendar::local_date(kBegin) - std::chrono::days{1};
  EXPECT_EQ(may(lan, Action::approve, signature(), kBegin).reason, Reason::not_active);
}

TEST(Mandate, IsAskedOnlyWhereThePostDoesNotDo) {
  Officer lan = deputy();
  lan.roles = {Role::leader};
  const Verdict verdict = may(lan, Action::approve, signature(), kBegin);
  EXPECT_EQ(verdict.reason, Reason::by_role);
  EXPECT_EQ(verdict.mandate, nullptr);
}

TEST(Officer, AnswersForAgenciesWhoseWorkHasPassedToHis) {
  Officer lan = deputy();
  lan.takes_over = {agency("H41.2.16")};
  Subject old_commune = signature();
  old_commune.agency = agency("H41.2.16");
  old_commune.role = Role::head;
  EXPECT_EQ(may(lan, Action::complete_task, old_commune, kBegin).reason, Reason::by_role);
}

TEST(ProcedureScope, ContainsAndMeetsAsItSays) {
  const ProcedureScope all;
  const ProcedureScope field{.all = false, .fields = {"Hộ tịch"}};
  const ProcedureScope code{.all = false, .codes = {"1.001193"}};
  const ProcedureScope none{.all = false};
  EXPECT_TRUE(all.contains(field));
  EXPECT_FALSE(field.contains(all));
  EXPECT_FALSE(field.contains(code)) << "nobody said to which field the code belongs";
  EXPECT_TRUE(field.meets(code)) << "it may belong to the field";
  EXPECT_FALSE(none.meets(all));
  EXPECT_TRUE(field.contains(none));
  EXPECT_TRUE(all.covers("", ""));
  EXPECT_FALSE(field.covers("", ""));
}

}  // namespace
}  // namespace party
