#include "party/authority.h"

#include <gtest/gtest.h>

namespace party {
namespace {

const calendar::Instant kNow = *calendar::parse_instant("2026-08-20T10:00");

AgencyId id(const char* text) {
  return *AgencyId::parse(text);
}

Officer officer(const char* agency, std::vector<Role> roles) {
  return {.id = {"o1"}, .name = "Nguyễn Văn An", .agency = id(agency), .roles = std::move(roles)};
}

TEST(Authority, FollowsTheTableOfRolesAndActions) {
  // Columns: reception specialist head leader clerk cashier supervisor administrator.
  const struct {
    Action action;
    const char* allowed;
  } kTable[] = {
      {Action::view_dossier, "yyyyyyy-"},
      {Action::receive, "y-------"},
      {Action::refuse_reception, "y-------"},
      {Action::request_supplement, "yyy-----"},
      {Action::request_supplement_again, "------y-"},
      {Action::record_supplement, "y-------"},
      {Action::claim_task, "yyyyy---"},
      {Action::complete_task, "yyyyy---"},
      {Action::assign_task, "--yy--y-"},
      {Action::recall_task, "yyyyy-y-"},
      {Action::send_back_task, "yyyyy---"},
      {Action::correct_data, "yy------"},
      {Action::approve, "---y----"},
      {Action::issue_result, "----y---"},
      {Action::return_result, "y-------"},
      {Action::withdraw, "y-------"},
      {Action::stop, "--yy----"},
      {Action::apologise, "---y----"},
      {Action::take_payment, "-----y--"},
      {Action::refund_payment, "-----y--"},
      {Action::close_cash_day, "-----y--"},
      {Action::view_reports, "--yy--y-"},
      {Action::export_lists, "yyyyy-y-"},
      {Action::manage_officers, "-------y"},
      {Action::manage_calendars, "-------y"},
      {Action::manage_procedures, "-------y"},
      {Action::pause_clock, "-yyy----"},
      {Action::draft_apology, "-yyy----"},
      {Action::answer_escalation, "---y----"},
      {Action::erase_content, "-------y"},
      {Action::hand_over, "y---y---"},
      {Action::take_over, "y---y---"},
      {Action::change_return, "y-------"},
  };
  ASSERT_EQ(std::size(kTable), static_cast<std::size_t>(kActionCount));
  for (const auto& row : kTable) {
    for (int role = 0; role < kRoleCount; ++role) {
      const Officer who = officer("H41.101", {static_cast<Role>(role)});
      EXPECT_EQ(may(who, row.action, {id("H41.101")}, kNow).allowed, row.allowed[role] == 'y')
          << name(row.action) << " " << name(static_cast<Role>(role));
    }
  }
}

TEST(Authority, EndsAtTheAgency) {
  const Officer specialist = officer("H41.101", {Role::specialist});
  EXPECT_EQ(may(specialist, Action::view_dossier, {id("H41.102")}, kNow),
            (Verdict{false, Reason::other_agency}));
  EXPECT_EQ(may(specialist, Action::view_dossier, {id("H41.101.01")}, kNow).reason,
            Reason::other_agency);
  const Officer chairman = officer("H41.101", {Role::leader});
  EXPECT_EQ(may(chairman, Action::assign_task, {id("H41.101.01")}, kNow),
            (Verdict{true, Reason::by_hierarchy}));
  EXPECT_EQ(may(chairman, Action::assign_task, {id("H41")}, kNow).reason, Reason::other_agency);
  EXPECT_EQ(may(chairman, Action::assign_task, {id("H41.1012")}, kNow).reason,
            Reason::other_agency);
  // Above stands no second signature: a department's task is its own.
  const Officer province = officer("H41", {Role::leader});
  for (const Action action : {Action::approve, Action::complete_task, Action::claim_task,
                              Action::send_back_task, Action::issue_result}) {
    EXPECT_FALSE(may(province, action, {id("H41.002"), Role::leader}, kNow).allowed)
        << name(action);
  }
  EXPECT_TRUE(may(province, Action::approve, {id("H41"), Role::leader}, kNow).allowed);
  // Reaching down comes from the role that covers the action, not from any other.
  const Officer both = officer("H41", {Role::cashier, Role::supervisor});
  EXPECT_EQ(may(both, Action::take_payment, {id("H41.101")}, kNow).reason, Reason::other_agency);
}

TEST(Authority, BelongsToWhoeverHasTheTask) {
  const Officer specialist = officer("H41.101", {Role::specialist});
  EXPECT_EQ(may(specialist, Action::complete_task,
                {id("H41.101"), Role::specialist, OfficerId{"o1"}}, kNow),
            (Verdict{true, Reason::by_assignment}));
  EXPECT_EQ(may(specialist, Action::complete_task,
                {id("H41.101"), Role::specialist, OfficerId{"o2"}}, kNow),
            (Verdict{false, Reason::assigned_to_another}));
  EXPECT_EQ(may(specialist, Action::complete_task, {id("H41.101"), Role::head}, kNow),
            (Verdict{false, Reason::task_asks_another_role}));
  EXPECT_TRUE(may(specialist, Action::claim_task, {id("H41.101"), Role::specialist}, kNow));
}

TEST(Authority, HasABeginningAndAnEnd) {
  Officer who = officer("H41.101", {Role::reception});
  who.active_from = calendar::parse_date("2026-08-20");
  who.active_to = calendar::parse_date("2026-08-20");
  const Subject here{id("H41.101")};
  EXPECT_TRUE(may(who, Action::receive, here, *calendar::parse_instant("2026-08-20T00:00")));
  EXPECT_TRUE(may(who, Action::receive, here, *calendar::parse_instant("2026-08-20T23:59:59")));
  EXPECT_EQ(may(who, Action::receive, here, *calendar::parse_instant("2026-08-21T00:00")).reason,
            Reason::not_active);
  EXPECT_EQ(may(who, Action::receive, here, *calendar::parse_instant("2026-08-19T23:59")).reason,
            Reason::not_active);
}

TEST(Authority, NeedsARole) {
  EXPECT_EQ(may(officer("H41", {}), Action::view_dossier, {id("H41")}, kNow),
            (Verdict{false, Reason::no_role_for_action}));
}

TEST(AuthorityNames, AreReadBackAndExplained) {
  for (int i = 0; i < kActionCount; ++i) {
    const auto action = static_cast<Action>(i);
    EXPECT_EQ(parse_action(name(action)), action);
  }
  for (int i = 0; i < kRoleCount; ++i) {
    const auto role = static_cast<Role>(i);
    EXPECT_EQ(parse_role(name(role)), role);
    EXPECT_FALSE(title(role).vi.empty());
  }
  EXPECT_FALSE(parse_action("fly"));
  EXPECT_FALSE(parse_role("king"));
  for (int i = 0; i <= static_cast<int>(Reason::assigned_to_another); ++i) {
    const auto reason = static_cast<Reason>(i);
    EXPECT_FALSE(name(reason).empty());
    EXPECT_FALSE(explain(reason, calendar::Language::vietnamese).empty());
    EXPECT_FALSE(explain(reason, calendar::Language::english).empty());
  }
}

}  // namespace
}  // namespace party
