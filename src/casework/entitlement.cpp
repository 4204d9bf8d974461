#include "casework/entitlement.h"

namespace casework {

party::Action action_of(procedure::StepAction action) {
  switch (action) {
    case procedure::StepAction::receive:
      return party::Action::receive;
    case procedure::StepAction::approve:
      return party::Action::approve;
    case procedure::StepAction::issue:
      return party::Action::issue_result;
    case procedure::StepAction::return_result:
      return party::Action::return_result;
    case procedure::StepAction::assign:
    case procedure::StepAction::process:
    case procedure::StepAction::consult:
      break;
  }
  return party::Action::complete_task;
}

party::Verdict may_have(const Workplace& workplace, const std::string& officer,
                        const procedure::Procedure& procedure, const TaskPlace& task, Instant at) {
  const party::Verdict not_judged{.allowed = true, .reason = party::Reason::by_assignment};
  const auto agency = party::AgencyId::parse(task.agency);
  const procedure::Step* step = procedure.find_step(task.step);
  const OfficerAccountPtr account = workplace.officers.find(officer);
  if (!agency.has_value() || step == nullptr || account == nullptr) return not_judged;
  if (!account->active) return {.allowed = false, .reason = party::Reason::not_active};
  const party::Subject subject{.agency = *agency,
                               .role = party::parse_role(task.role),
                               .assignee = std::nullopt,
                               .procedure = procedure.code,
                               .field = procedure.field.vi};
  party::Verdict verdict = party::may(account->officer, party::Action::claim_task, subject, at);
  if (verdict.allowed) {
    verdict = party::may(account->officer, action_of(step->action), subject, at);
  }
  verdict.mandate = nullptr;  // it lives as long as the account, and that ends here
  return verdict;
}

base::Failure<Failure> assignee_not_entitled(const party::Verdict& verdict) {
  return fail(FailureKind::not_allowed_now, "assignee-not-entitled",
              {"Cán bộ được chọn không có quyền làm việc này: " +
                   party::explain(verdict.reason, calendar::Language::vietnamese),
               "The officer is not entitled to this task: " +
                   party::explain(verdict.reason, calendar::Language::english)});
}

Answer<std::vector<dossier::NewEvent>> with_entitled(const Workplace& workplace,
                                                     std::vector<dossier::NewEvent> events,
                                                     const dossier::Circumstances& around,
                                                     const std::optional<dossier::Actor>& chosen) {
  for (dossier::NewEvent& one : events) {
    auto* moved = std::get_if<dossier::WorkMoved>(&one.event);
    if (moved == nullptr) continue;
    for (dossier::TaskOpening& opened : moved->opened) {
      if (opened.assignee_id.empty()) continue;
      const party::Verdict verdict =
          may_have(workplace, opened.assignee_id, around.procedure,
                   {opened.agency, opened.role, opened.step}, around.now);
      if (verdict.allowed) continue;
      if (chosen.has_value() && chosen->id == opened.assignee_id) {
        return assignee_not_entitled(verdict);
      }
      opened.assignee_id.clear();
      opened.assignee_name.clear();
    }
  }
  return events;
}

}  // namespace casework
