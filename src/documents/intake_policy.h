#pragma once
// intake_policy.h - what an installation takes from strangers and how far it looks into it: data,
// not code (data/policy/uploads.yaml).
#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "documents/image_redrawing.h"
#include "documents/media_type.h"

namespace documents {

// For the process that looks at one file.
struct ProcessLimits {
  std::uint64_t memory_bytes = 192ULL * 1024 * 1024;  // that it may write to
  unsigned processor_seconds = 5;
  std::chrono::seconds seconds{20};  // whatever it waits for
};

struct IntakePolicy {
  InspectionRules rules{};                                     // of every paper
  std::map<std::string, std::vector<MediaType>> components{};  // "PROCEDURE/COMPONENT"
  RedrawLimits picture{};
  ProcessLimits process{};

  // What is taken for this paper; either may be empty.
  [[nodiscard]] InspectionRules rules_for(const std::string& procedure,
                                          const std::string& component) const;
};

// Fault `invalid` says what is wrong.  What the text leaves out stays as above.
[[nodiscard]] base::Outcome<IntakePolicy> parse_intake_policy(std::string_view text);

}  // namespace documents
