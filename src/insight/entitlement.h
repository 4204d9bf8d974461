#pragma once
// entitlement.h - could this person do that step at that moment?  Everything here rests on this one
// question, and it rests on party::may.
#include "insight/demand.h"

namespace insight {

// What is asked, and where; of which procedure.
struct Occasion {
  Ask ask{};
  const party::AgencyId& agency;
  const std::string& procedure;
  const std::string& field;
};

// The gate would let him claim the task, which nobody has yet, and do it.
[[nodiscard]] bool is_entitled(const party::Officer& officer, const Occasion& occasion, Instant at);
// The gate would let him do what he has in hand.
[[nodiscard]] bool may_finish(const party::Officer& officer, const Occasion& occasion, Instant at);
// Entitled, with an account that is not disabled, and not away.
[[nodiscard]] bool is_available(const StaffMember& member, const Occasion& occasion, Instant at);
// In service and not away, whatever he may do.
[[nodiscard]] bool is_there(const StaffMember& member, Instant at);
// No officer whatever could be entitled: the step asks for a role that its action is not for.
[[nodiscard]] bool is_impossible(const Ask& ask);

}  // namespace insight
