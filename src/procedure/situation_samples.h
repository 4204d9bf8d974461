#pragma once
// situation_samples.h - situations to try a procedure's conditions with: its examples, and answers
// drawn from what its fields can hold and from the constants its conditions compare with.
// Internal to procedure.  Always the same ones for the same procedure.
#include <vector>

#include "procedure/assessment.h"

namespace procedure {

struct Samples {
  std::vector<Situation> situations;
  // Every combination of the answers that conditions read is among them.
  bool exhaustive = false;
};

// At most about 3,000 situations.
[[nodiscard]] Samples sample_situations(const Procedure& procedure);

}  // namespace procedure
