#include "casework/gate.h"

#include "base/ensure.h"

namespace casework {

namespace {

party::Subject subject_at(const std::string& agency, const dossier::Dossier& dossier) {
  // Agencies of a dossier come from the organisation, whose codes were parsed when it was read.
  const auto id = party::AgencyId::parse(agency);
  ENSURE(id.has_value(), "a dossier's agency is an agency code");
  return party::Subject{.agency = *id, .procedure = dossier.procedure};
}

}  // namespace

party::Verdict may_act(const party::Officer& officer, party::Action action,
                       const dossier::Dossier& dossier, const dossier::Task* task, Instant at) {
  const std::string& agency = task != nullptr          ? task->agency
                              : !dossier.tasks.empty() ? dossier.tasks.front().agency
                                                       : dossier.agency;
  party::Subject subject = subject_at(agency, dossier);
  if (task != nullptr) {
    subject.role = party::parse_role(task->role);
    if (!task->assignee_id.empty()) subject.assignee = party::OfficerId{task->assignee_id};
  }
  return party::may(officer, action, subject, at);
}

party::Verdict may_at_any_part(const party::Officer& officer, party::Action action,
                               const dossier::Dossier& dossier, Instant at) {
  party::Verdict verdict = party::may(officer, action, subject_at(dossier.agency, dossier), at);
  for (const auto& [part, agency] : dossier.agencies) {
    if (verdict.allowed) break;
    const party::Verdict other = party::may(officer, action, subject_at(agency, dossier), at);
    if (other.allowed) verdict = other;
  }
  return verdict;
}

party::Verdict may_for_agency(const party::Officer& officer, party::Action action,
                              const dossier::Dossier& dossier, Instant at) {
  return party::may(officer, action, subject_at(dossier.agency, dossier), at);
}

Answer<base::Done> require(const party::Verdict& verdict) {
  if (!verdict.allowed) return base::Failure{failure_from(verdict)};
  return base::Done{};
}

}  // namespace casework
