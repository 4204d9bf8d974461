#pragma once
// retention.h - which dossiers the law no longer has kept, and the erasure of what they said.
//
// The schedule is the procedure's (retention of procedure.yaml): years after the end, or for ever.
// Without one nothing is erased but by an administrator's own decision (actions.h, erase_content).
#include <functional>
#include <string>
#include <vector>

#include "casework/failure.h"
#include "casework/workplace.h"

namespace casework {

struct DueErasure {
  std::string id;
  std::string code;
  std::string procedure;
  Instant ended_at{};
  Instant erasable_from{};
  std::string basis;
};
// At most `limit`, each procedure's oldest first.
[[nodiscard]] Answer<std::vector<DueErasure>> due_erasures(Workplace& workplace, std::size_t limit);

// Erases each, as an event of the system with the schedule's basis; one that cannot be is passed
// by. `told` after each.  The number of those erased.
[[nodiscard]] Answer<std::int64_t> erase_due(Workplace& workplace,
                                             const std::vector<DueErasure>& due,
                                             const std::function<void(std::int64_t)>& told = {});

}  // namespace casework
