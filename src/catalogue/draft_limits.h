#pragma once
// draft_limits.h - the channels of a draft and the limit of each.
//
// A channel that states several limits promises the shortest; one that states none takes the
// shortest of the others.  Where no channel has any, a number without a unit is read as calendar
// days, the shortest that it can mean in days; where there is no number the policy has a limit.
//
// Internal to the drafts.
#include <optional>
#include <string>
#include <vector>

#include "calendar/limit.h"
#include "catalogue/draft_policy.h"
#include "catalogue/entry.h"
#include "procedure/procedure.h"

namespace catalogue {

struct DraftLimits {
  std::vector<procedure::Channel> channels;  // online, counter, post, as far as they are offered
  std::vector<calendar::Limit> limits;       // beside them
  std::optional<calendar::Limit> shortest;   // of them; the steps share it
  bool assumed = false;                      // the doubts of the same names, see draft.h
  bool of_others = false;
  bool of_several = false;
  std::vector<Bilingual> notes;  // that tell them
};

// Requires: the entry names a channel.
[[nodiscard]] DraftLimits draft_limits(const Entry& entry, const DraftPolicy& policy);

// Lines of `limits:` of a case; `own`: the case has one of its own for every channel.
[[nodiscard]] std::string limits_yaml(const DraftLimits& limits, const DraftPolicy& policy,
                                      const std::optional<calendar::Limit>& own = std::nullopt);

}  // namespace catalogue
