#pragma once
// lint.h - the catalogue's own faults, found and mended; pure.
//
// Nothing is changed by itself: a person accepts a finding's mending or declines it, and mended()
// gives the entry as it is after what was accepted.
#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalogue/entry.h"
#include "catalogue/finding.h"

namespace catalogue {

// In the order of the page, at most kFindingsMax.
[[nodiscard]] std::vector<Finding> lint(const Entry& entry);
inline constexpr int kFindingsMax = 500;

enum class MendingRefusal {
  no_mending,  // the finding has none: a person has to change the source
  outdated,    // the entry does not say any more what the mending starts from
};

// The entry with this one mending.
[[nodiscard]] base::Result<Entry, MendingRefusal> apply_mending(const Entry& entry,
                                                                const Finding& finding);

// What a person decided about a finding; stored as kind finding_decision.
struct Decision {
  std::string finding;  // Finding::key()
  bool accepted = false;
  std::string by;  // username
};

// The entry with all mendings that were accepted.  Decisions about other procedures, about findings
// that are gone, and declined ones change nothing.
[[nodiscard]] Entry mended(const Entry& entry, const std::vector<Decision>& decisions);

}  // namespace catalogue
