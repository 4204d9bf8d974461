#include "casework/gate.h"

#include "base/ensure.h"

namespace casework {

namespace {

party::Subject subject_at(const std::string& agency, const procedure::Procedure& procedure) {
  // Agencies of a dossier come from the organisation, whose codes were parsed when it was read.
  const auto id = party::AgencyId::parse(agency);
  ENSURE(id.has_value(), "a dossier's agency is an agency code");
  return party::Subject{.agency = *id,
                        .role = {},
                        .assignee = {},
                        .procedure = procedure.code,
                        .field = procedure.field.vi};
}

}  // namespace

party::Subject subject_of(const procedure::Procedure& procedure, const dossier::Dossier& dossier,
                          const dossier::Task* task) {
  const std::string& agency = task != nullptr          ? task->agency
                              : !dossier.tasks.empty() ? dossier.tasks.front().agency
                                                       : dossier.agency;
  party::Subject subject = subject_at(agency, procedure);
  if (task != nullptr) {
    subject.role = party::parse_role(task->role);
    if (!task->assignee_id.empty()) subject.assignee = party::OfficerId{task->assignee_id};
  }
  return subject;
}

party::Verdict may_act(const party::Officer& officer, party::Action action,
                       const procedure::Procedure& procedure, const dossier::Dossier& dossier,
                       const dossier::Task* task, Instant at) {
  return party::may(officer, action, subject_of(procedure, dossier, task), at);
}

party::Verdict may_at_any_part(const party::Officer& officer, party::Action action,
                               const procedure::Procedure& procedure,
                               const dossier::Dossier& dossier, Instant at) {
  party::Verdict verdict = party::may(officer, action, subject_at(dossier.agency, procedure), at);
  for (const auto& [part, agency] : dossier.agencies) {
    if (verdict.allowed) break;
    const party::Verdict other = party::may(officer, action, subject_at(agency, procedure), at);
    if (other.allowed) verdict = other;
  }
  return verdict;
}

std::vector<std::string> agencies_that_take_in(const procedure::Procedure& procedure,
                                               const dossier::Dossier& dossier) {
  for (const dossier::Task& task : dossier.tasks) {
    const procedure::Step* step = procedure.find_step(task.step);
    if (step != nullptr && step->action == procedure::StepAction::receive) return {task.agency};
  }
  std::vector<std::string> agencies{dossier.receiving_agency, dossier.agency};
  if (dossier.stage == dossier::Stage::filed) return agencies;
  for (const auto& [part, agency] : dossier.agencies) agencies.push_back(agency);
  return agencies;
}

party::Verdict may_take_in(const party::Officer& officer, party::Action action,
                           const procedure::Procedure& procedure, const dossier::Dossier& dossier,
                           Instant at) {
  party::Verdict verdict;
  bool asked = false;
  for (const std::string& agency : agencies_that_take_in(procedure, dossier)) {
    const party::Verdict one = party::may(officer, action, subject_at(agency, procedure), at);
    if (!asked || one.allowed) verdict = one;
    asked = true;
    if (verdict.allowed) break;
  }
  return verdict;
}

party::Verdict may_for_agency(const party::Officer& officer, party::Action action,
                              const procedure::Procedure& procedure,
                              const dossier::Dossier& dossier, Instant at) {
  return party::may(officer, action, subject_at(dossier.agency, procedure), at);
}

dossier::Signature signature_of(const Workplace& workplace, const party::Officer& officer,
                                const party::Verdict& verdict, party::Action action,
                                const party::Subject& subject) {
  dossier::Signature signature{
      .position = officer.position.vi, .role = {}, .agency = officer.agency.text()};
  if (const party::Mandate* mandate = verdict.mandate) {
    signature.role = party::name(mandate->role);
    signature.agency = mandate->agency.text();
    signature.mandate = mandate->id;
    signature.kind = party::name(mandate->kind);
    signature.act = mandate->act.number;
    signature.act_issuer = mandate->act.issuer;
    if (mandate->act.issued_on.has_value()) {
      signature.act_on = calendar::to_iso(*mandate->act.issued_on);
    }
    signature.on_behalf_of = mandate->on_behalf_of.text;
    signature.for_name = mandate->on_behalf_of_name;
    if (const auto account = workplace.officers.find(mandate->on_behalf_of.text)) {
      signature.for_position = account->officer.position.vi;
    }
    return signature;
  }
  if (subject.role.has_value()) {
    signature.role = party::name(*subject.role);
    return signature;
  }
  for (const party::Role role : party::roles_for(action)) {
    if (officer.has_role(role)) signature.role = party::name(role);
  }
  return signature;
}

std::string printed_position(const dossier::Signature& signature) {
  const auto kind = party::parse_mandate_kind(signature.kind);
  if (!kind.has_value() || *kind == party::MandateKind::grant) return signature.position;
  const std::string& whose =
      signature.for_position.empty() ? signature.for_name : signature.for_position;
  const std::string mark = *kind == party::MandateKind::deputy ? "KT. " : "TUQ. ";
  if (whose.empty()) return signature.position;
  return mark + whose + (signature.position.empty() ? "" : "\n" + signature.position);
}

Answer<base::Done> require(const party::Verdict& verdict) {
  if (!verdict.allowed) return base::Failure{failure_from(verdict)};
  return base::Done{};
}

}  // namespace casework
