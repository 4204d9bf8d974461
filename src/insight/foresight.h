#pragma once
// foresight.h - "if you do this, 14 steps of 6 procedures have nobody".
#include <vector>

#include "insight/gap.h"

namespace insight {

struct Foresight {
  std::vector<Gap> gaps{};  // that are there after and were not before; their cells are `after`'s
  std::int64_t steps = 0;   // with nobody at some moment, who had somebody
  std::int64_t procedures = 0;  // codes
  std::int64_t agencies = 0;    // where those steps lie
  std::vector<Cell> worse{};    // those steps; of `after`
};

// What is worse after than before, within that time: steps that lose their last person for some
// while, and new steps that never had one.
[[nodiscard]] Foresight foresee(const Coverage& before, const Coverage& after, const Period& within,
                                std::size_t cells_max = 200);

// What of `all` is not in `without`; both in order and without overlaps.
[[nodiscard]] std::vector<Period> difference(const std::vector<Period>& all,
                                             const std::vector<Period>& without);

}  // namespace insight
