#include "casework/whole_installation.h"

#include "casework/gate.h"

namespace casework {

Answer<base::Done> may_manage_all(const Workplace& workplace, const party::Officer& officer,
                                  Bilingual otherwise) {
  TRY(require(party::may(officer, party::Action::manage_officers,
                         party::Subject{.agency = officer.agency}, workplace.clock.now())));
  const party::Agency* agency = workplace.organisation.find(officer.agency);
  if (agency == nullptr || agency->parent.has_value()) {
    return fail(FailureKind::forbidden, "whole-installation-only", std::move(otherwise));
  }
  return base::Done{};
}

}  // namespace casework
