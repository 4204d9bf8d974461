#include "insight/demand.h"

namespace insight {

AgencyTable::AgencyTable(std::vector<party::AgencyId> agencies) : agencies_(std::move(agencies)) {
  index_.reserve(agencies_.size());
  for (std::size_t i = 0; i < agencies_.size(); ++i) {
    index_.emplace(agencies_[i].text(), static_cast<AgencyIndex>(i));
  }
}

AgencyIndex AgencyTable::index_of(const party::AgencyId& id) const {
  return index_of(id.text());
}

AgencyIndex AgencyTable::index_of(const std::string& code) const {
  const auto found = index_.find(code);
  return found == index_.end() ? kNoAgency : found->second;
}

party::Action gate_action(procedure::StepAction action) {
  switch (action) {
    case procedure::StepAction::receive:
      return party::Action::receive;
    case procedure::StepAction::assign:
    case procedure::StepAction::process:
    case procedure::StepAction::consult:
      return party::Action::complete_task;
    case procedure::StepAction::approve:
      return party::Action::approve;
    case procedure::StepAction::issue:
      return party::Action::issue_result;
    case procedure::StepAction::return_result:
      return party::Action::return_result;
  }
  return party::Action::complete_task;
}

}  // namespace insight
