#pragma once
// gaps_ahead.h - gaps over days on which the organisation changes: each is told once, from its
// begin to its end.
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "insight/coverage_stretch.h"
#include "insight/gap.h"

namespace insight {

// A gap, and what its numbers are numbers of.
struct SeenGap {
  CoverageViewPtr view;
  std::shared_ptr<const Coverage> coverage;
  Gap gap{};

  [[nodiscard]] const party::AgencyId& agency() const { return coverage->agencies()[gap.agency]; }
};

// Joins what goes on from one stretch of days to the next.
class GapsAhead {
 public:
  // In the order of the days.  `coverage`: what `gaps` were found in, the view's or what would
  // become of it.  What does not go on from the days before is left out unless `fresh`.
  void add(const CoverageViewPtr& view, std::shared_ptr<const Coverage> coverage,
           std::vector<Gap> gaps, bool fresh = true);
  // The gravest first, as gaps() has them.
  [[nodiscard]] std::vector<SeenGap> take();

 private:
  std::vector<SeenGap> seen_;
  std::map<std::string, std::vector<std::size_t>> open_;  // that last to the end of what was added
};

struct AheadQuery {
  Period within{};
  std::size_t cells_max = 200;
  std::function<bool(const party::AgencyId&)> at{};  // which agencies are looked at; none: all
};
// Requires: views that follow upon one another.
[[nodiscard]] std::vector<SeenGap> gaps_over(const std::vector<CoverageViewPtr>& views,
                                             const AheadQuery& query);

}  // namespace insight
