#include "insight/entitlement.h"

#include "casework/entitlement.h"

namespace insight {

bool is_entitled(const party::Officer& officer, const Occasion& occasion, Instant at) {
  const party::Subject subject{.agency = occasion.agency,
                               .role = occasion.ask.role,
                               .assignee = std::nullopt,
                               .procedure = occasion.procedure,
                               .field = occasion.field};
  // The inbox shows a task to the role it asks for, which is what claiming asks the gate.
  return party::may(officer, party::Action::claim_task, subject, at).allowed &&
         party::may(officer, casework::action_of(occasion.ask.action), subject, at).allowed;
}

bool may_finish(const party::Officer& officer, const Occasion& occasion, Instant at) {
  const party::Subject subject{.agency = occasion.agency,
                               .role = occasion.ask.role,
                               .assignee = officer.id,
                               .procedure = occasion.procedure,
                               .field = occasion.field};
  return party::may(officer, casework::action_of(occasion.ask.action), subject, at).allowed;
}

bool is_available(const StaffMember& member, const Occasion& occasion, Instant at) {
  return member.account_active && member.holds.holds(at) && !member.officer.is_absent_at(at) &&
         is_entitled(member.officer, occasion, at);
}

bool is_there(const StaffMember& member, Instant at) {
  return member.account_active && member.holds.holds(at) &&
         member.officer.is_active_on(calendar::local_date(at)) && !member.officer.is_absent_at(at);
}

bool is_impossible(const Ask& ask) {
  static const party::AgencyId kAnywhere = *party::AgencyId::parse("H01");
  static const std::string kNone;
  const party::Officer ideal{
      .id = party::OfficerId{"ideal"}, .agency = kAnywhere, .roles = {ask.role}};
  return !is_entitled(ideal, {ask, kAnywhere, kNone, kNone}, Instant{});
}

}  // namespace insight
