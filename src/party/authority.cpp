#include "party/authority.h"

#include <array>

namespace party {
namespace {

using calendar::Language;

constexpr unsigned bit(Role role) {
  return 1U << static_cast<unsigned>(role);
}

constexpr unsigned kCounter = bit(Role::reception);
constexpr unsigned kDesk = bit(Role::specialist);
constexpr unsigned kHead = bit(Role::head);
constexpr unsigned kLeader = bit(Role::leader);
constexpr unsigned kClerk = bit(Role::clerk);
constexpr unsigned kCash = bit(Role::cashier);
constexpr unsigned kWatch = bit(Role::supervisor);
constexpr unsigned kAdmin = bit(Role::administrator);
constexpr unsigned kWorkers = kCounter | kDesk | kHead | kLeader | kClerk;

// One line per action: the roles that cover it.
struct Rule {
  Action action;
  std::string_view name;
  unsigned roles;
};
constexpr std::array<Rule, kActionCount> kRules{{
    {Action::view_dossier, "view_dossier", kWorkers | kCash | kWatch},
    {Action::receive, "receive", kCounter},
    {Action::refuse_reception, "refuse_reception", kCounter},
    {Action::request_supplement, "request_supplement", kCounter | kDesk | kHead},
    {Action::request_supplement_again, "request_supplement_again", kWatch},
    {Action::record_supplement, "record_supplement", kCounter},
    {Action::claim_task, "claim_task", kWorkers},
    {Action::complete_task, "complete_task", kWorkers},
    {Action::assign_task, "assign_task", kHead | kLeader | kWatch},
    {Action::recall_task, "recall_task", kWorkers | kWatch},
    {Action::send_back_task, "send_back_task", kWorkers},
    {Action::correct_data, "correct_data", kCounter | kDesk},
    {Action::approve, "approve", kLeader},
    {Action::issue_result, "issue_result", kClerk},
    {Action::return_result, "return_result", kCounter},
    {Action::withdraw, "withdraw", kCounter},
    {Action::stop, "stop", kHead | kLeader},
    {Action::apologise, "apologise", kLeader},
    {Action::take_payment, "take_payment", kCash},
    {Action::refund_payment, "refund_payment", kCash},
    {Action::close_cash_day, "close_cash_day", kCash},
    {Action::view_reports, "view_reports", kHead | kLeader | kWatch},
    {Action::export_lists, "export_lists", kWorkers | kWatch},
    {Action::manage_officers, "manage_officers", kAdmin},
    {Action::manage_calendars, "manage_calendars", kAdmin},
    {Action::manage_procedures, "manage_procedures", kAdmin},
    {Action::pause_clock, "pause_clock", kDesk | kHead | kLeader},
    {Action::draft_apology, "draft_apology", kDesk | kHead | kLeader},
    {Action::answer_escalation, "answer_escalation", kLeader},
    {Action::erase_content, "erase_content", kAdmin},
}};

// Who answers for what is below his agency, not only for the agency itself.
constexpr unsigned kReachingDown = kHead | kLeader | kWatch | kAdmin;

const Rule& rule_of(Action action) {
  return kRules[static_cast<std::size_t>(action)];
}

// Actions that work on the task itself and so belong to whoever has it.
bool is_on_task(Action action) {
  return action == Action::complete_task || action == Action::send_back_task ||
         action == Action::approve || action == Action::issue_result ||
         action == Action::claim_task;
}

Verdict refused(Reason reason) {
  return {false, reason};
}

}  // namespace

Verdict may(const Officer& officer, Action action, const Subject& subject, calendar::Instant at) {
  if (!officer.is_active_on(calendar::local_date(at))) return refused(Reason::not_active);

  // 1. A role that covers the action; a task asks for one role in particular.
  unsigned held = 0;
  for (const Role role : officer.roles) held |= bit(role) & rule_of(action).roles;
  if (held == 0) return refused(Reason::no_role_for_action);
  if (is_on_task(action) && subject.role) {
    held &= bit(*subject.role);
    if (held == 0) return refused(Reason::task_asks_another_role);
  }

  // 2. His own agency, or one below it for those who answer for it.  They watch, assign and stop
  // what is below them; the work itself, and above all the signature, belongs to the agency where
  // it lies.
  const bool own = officer.agency == subject.agency;
  const bool below = !is_on_task(action) && action != Action::apologise &&
                     (held & kReachingDown) != 0 && subject.agency.is_within(officer.agency);
  if (!own && !below) return refused(Reason::other_agency);

  // 3. The task is his, or nobody's.
  if (is_on_task(action) && subject.assignee) {
    if (*subject.assignee != officer.id) return refused(Reason::assigned_to_another);
    return {true, Reason::by_assignment};
  }
  return {true, own ? Reason::by_role : Reason::by_hierarchy};
}

std::string_view name(Action action) {
  return rule_of(action).name;
}

std::optional<Action> parse_action(std::string_view text) {
  for (const Rule& rule : kRules) {
    if (rule.name == text) return rule.action;
  }
  return std::nullopt;
}

std::string_view name(Reason reason) {
  switch (reason) {
    case Reason::by_role:
      return "by_role";
    case Reason::by_hierarchy:
      return "by_hierarchy";
    case Reason::by_assignment:
      return "by_assignment";
    case Reason::not_active:
      return "not_active";
    case Reason::no_role_for_action:
      return "no_role_for_action";
    case Reason::task_asks_another_role:
      return "task_asks_another_role";
    case Reason::other_agency:
      return "other_agency";
    case Reason::assigned_to_another:
      return "assigned_to_another";
  }
  return {};
}

std::string explain(Reason reason, Language language) {
  const bool vi = language == Language::vietnamese;
  switch (reason) {
    case Reason::by_role:
      return vi ? "Được phép theo vai trò tại cơ quan." : "Allowed by the role at the agency.";
    case Reason::by_hierarchy:
      return vi ? "Được phép vì cơ quan này trực thuộc."
                : "Allowed: the agency is below the officer's.";
    case Reason::by_assignment:
      return vi ? "Được phép vì việc đã giao cho người này."
                : "Allowed: the task is the officer's.";
    case Reason::not_active:
      return vi ? "Tài khoản chưa có hoặc đã hết hiệu lực công tác vào ngày này; liên hệ quản trị."
                : "The officer is not in service on that day; ask the administrator.";
    case Reason::no_role_for_action:
      return vi ? "Không có vai trò nào cho phép việc này." : "No role of the officer covers this.";
    case Reason::task_asks_another_role:
      return vi ? "Bước này dành cho vai trò khác." : "The task is for another role.";
    case Reason::other_agency:
      return vi ? "Hồ sơ đang ở cơ quan khác." : "The dossier lies at another agency.";
    case Reason::assigned_to_another:
      return vi ? "Việc đã giao cho người khác; hãy đề nghị giao lại."
                : "Somebody else has the task; have it reassigned.";
  }
  return {};
}

}  // namespace party
