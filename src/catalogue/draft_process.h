#pragma once
// draft_process.h - the default processes: which steps, how long each may take, drawn as BPMN.
#include <string>
#include <string_view>
#include <vector>

#include "catalogue/draft_policy.h"

namespace catalogue {

// Each runs with or without an inspection and a consultation.
enum class ProcessVariant {
  commune,               // specialist, leader's signature, seal
  department,            // a provincial department decides itself
  department_committee,  // a department prepares, the provincial committee decides
  ministry,              // a unit prepares, the ministry decides
};
[[nodiscard]] std::string_view to_text(ProcessVariant variant);

struct ProcessChoice {
  ProcessVariant variant = ProcessVariant::commune;
  bool inspection = false;    // "kiểm tra thực tế"
  bool consultation = false;  // "lấy ý kiến"

  friend bool operator==(const ProcessChoice&, const ProcessChoice&) = default;
};

// Its steps along the main path whose time may count, in order.
[[nodiscard]] std::vector<std::string> steps_of(const ProcessChoice& choice);

// Half hours for each of `steps`, adding up to `halves` exactly.  A step of 0 is not counted: there
// are fewer half hours than steps, and its rank is low.
// Requires: halves >= 1, steps not empty.
[[nodiscard]] std::vector<int> split_limit(const std::vector<std::string>& steps, int halves,
                                           const StepShares& shares);

// The names of who takes part, as the page has them.
struct ProcessNames {
  std::string procedure;
  std::string deciding;   // "Ủy ban nhân dân cấp xã", of the lane
  std::string preparing;  // "Sở Xây dựng"; where another prepares the decision
};

// BPMN 2.0 with a diagram, in the format of docs/formats/procedure.md.  `halves` as of
// split_limit() for steps_of(choice).
[[nodiscard]] std::string process_xml(const ProcessChoice& choice, const ProcessNames& names,
                                      const std::vector<int>& halves);

}  // namespace catalogue
