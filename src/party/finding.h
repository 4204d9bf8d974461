#pragma once
// finding.h - what a check noticed about an answer: a warning never blocks, an error does.
#include <vector>

#include "calendar/language.h"

namespace party {

enum class Severity { warning, error };

struct Finding {
  Severity severity = Severity::warning;
  calendar::Bilingual message;

  friend bool operator==(const Finding&, const Finding&) = default;
};

using Findings = std::vector<Finding>;

}  // namespace party
