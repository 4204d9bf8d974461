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
    {Action::hand_over, "hand_over", kCounter | kClerk},
    {Action::take_over, "take_over", kCounter | kClerk},
    {Action::change_return, "change_return", kCounter},
}};

// Who answers for what is below his agency, not only for the agency itself.
constexpr unsigned kReachingDown = kHead | kLeader | kWatch | kAdmin;

const Rule& rule_of(Action action) {
  return kRules[static_cast<std::size_t>(action)];
}

Verdict refused(Reason reason) {
  return {.allowed = false, .reason = reason};
}

// What one post or mandate gives: roles, somewhere.
struct Standing {
  unsigned roles = 0;
  const AgencyId& agency;
};

// Whether `standing` covers the action there: nothing, or why not.
std::optional<Reason> obstacle(const Standing& standing, Action action, const Subject& subject,
                               bool answers_for_it) {
  // 1. A role that covers the action; a task asks for one role in particular.
  unsigned held = standing.roles & rule_of(action).roles;
  if (held == 0) return Reason::no_role_for_action;
  const bool on_task = is_on_task(action);
  if (on_task && subject.role) {
    held &= bit(*subject.role);
    if (held == 0) return Reason::task_asks_another_role;
  }
  // 2. Its own agency, or one below it for those who answer for it.  They watch, assign and stop
  // what is below them; the work itself, and above all the signature, belongs to the agency where
  // it lies.
  if (answers_for_it) return std::nullopt;
  const bool below = !on_task && action != Action::apologise && (held & kReachingDown) != 0 &&
                     subject.agency.is_within(standing.agency);
  if (!below) return Reason::other_agency;
  return std::nullopt;
}

Verdict by_post(const Officer& officer, Action action, const Subject& subject) {
  unsigned roles = 0;
  for (const Role role : officer.roles) roles |= bit(role);
  const bool own = officer.answers_for(subject.agency);
  const auto why_not = obstacle({.roles = roles, .agency = officer.agency}, action, subject, own);
  if (why_not) return refused(*why_not);
  // 3. The task is his, or nobody's.
  if (is_on_task(action) && subject.assignee) {
    if (*subject.assignee != officer.id) return refused(Reason::assigned_to_another);
    return {.allowed = true, .reason = Reason::by_assignment};
  }
  return {.allowed = true, .reason = own ? Reason::by_role : Reason::by_hierarchy};
}

Verdict by(const Mandate& mandate, const Officer& officer, Action action, const Subject& subject,
           calendar::Instant at) {
  if (!mandate.procedures.covers(subject.procedure, subject.field)) {
    return refused(Reason::no_role_for_action);
  }
  const auto why_not = obstacle({.roles = bit(mandate.role), .agency = mandate.agency}, action,
                                subject, mandate.agency == subject.agency);
  if (why_not) return refused(*why_not);
  // A deputy takes on what the absent one has in hand.
  const bool his =
      !is_on_task(action) || !subject.assignee || *subject.assignee == officer.id ||
      (mandate.kind == MandateKind::deputy && *subject.assignee == mandate.on_behalf_of);
  if (!his) return refused(Reason::assigned_to_another);
  if (at < mandate.from) {
    return {.allowed = false, .reason = Reason::mandate_not_begun, .mandate = &mandate};
  }
  if (at >= mandate.until) {
    return {.allowed = false, .reason = Reason::mandate_ended, .mandate = &mandate};
  }
  return {.allowed = true, .reason = Reason::by_mandate, .mandate = &mandate};
}

// Of two refusals the one that tells the officer more.
int weight(Reason reason) {
  switch (reason) {
    case Reason::mandate_ended:
      return 5;
    case Reason::mandate_not_begun:
      return 4;
    case Reason::assigned_to_another:
      return 3;
    case Reason::other_agency:
      return 2;
    case Reason::task_asks_another_role:
      return 1;
    default:
      return 0;
  }
}

}  // namespace

// Actions that work on the task itself and so belong to whoever has it.
bool is_on_task(Action action) {
  return action == Action::complete_task || action == Action::send_back_task ||
         action == Action::approve || action == Action::issue_result ||
         action == Action::claim_task;
}

std::vector<Role> roles_for(Action action) {
  std::vector<Role> roles;
  for (int i = 0; i < kRoleCount; ++i) {
    const auto role = static_cast<Role>(i);
    if ((rule_of(action).roles & bit(role)) != 0) roles.push_back(role);
  }
  return roles;
}

Verdict may(const Officer& officer, Action action, const Subject& subject, calendar::Instant at) {
  if (!officer.is_active_on(calendar::local_date(at))) return refused(Reason::not_active);
  Verdict best = by_post(officer, action, subject);
  for (const Mandate& mandate : officer.mandates) {
    if (best.allowed) break;
    const Verdict other = by(mandate, officer, action, subject, at);
    if (other.allowed || weight(other.reason) > weight(best.reason)) best = other;
  }
  return best;
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
    case Reason::by_mandate:
      return "by_mandate";
    case Reason::mandate_not_begun:
      return "mandate_not_begun";
    case Reason::mandate_ended:
      return "mandate_ended";
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
    case Reason::by_mandate:
      return vi ? "Được phép theo quyết định phân quyền, ủy quyền."
                : "Allowed by a grant or delegation.";
    case Reason::mandate_not_begun:
      return vi ? "Thời hạn được giao quyền, ủy quyền chưa bắt đầu; hãy chờ đến ngày ghi trong "
                  "quyết định."
                : "The grant or delegation has not begun; wait for its day.";
    case Reason::mandate_ended:
      return vi ? "Thời hạn được giao quyền, ủy quyền đã hết; người có thẩm quyền phải tự làm "
                  "hoặc ra quyết định mới."
                : "The grant or delegation has ended; whoever holds the authority has to do it, or "
                  "issue a new decision.";
  }
  return {};
}

}  // namespace party
