#pragma once
// model_check.h - is a file executable, readable or no BPMN at all?
//
// One answer for whatever bytes: of a valid file that every process with content compiles and that
// nothing in it contradicts itself; of any other BPMN file what stands in the way.
#include <string>
#include <string_view>
#include <vector>

#include "bpmn/finding.h"

namespace bpmn {

enum class Usability {
  executable,
  readable,  // BPMN, but something cannot be executed or is inconsistent
  invalid,   // not well-formed XML, or its root is not BPMN 2.0 definitions
};

[[nodiscard]] std::string_view to_string(Usability usability);

struct ModelCheck {
  Usability usability = Usability::invalid;
  std::vector<Finding>
      reasons;  // why it is only readable; when invalid the only one, with its line
  std::vector<Finding> remarks;  // what does not stand in the way: warnings and notes
};

inline constexpr std::size_t kCheckBytesMax = std::size_t{64} << 20U;

[[nodiscard]] ModelCheck check_model(std::string_view xml);

// One line: "executable", "readable: 7: Task_1: ...; 9: ...; … and 3 more" or "invalid: 3: ...".
[[nodiscard]] std::string to_text(const ModelCheck& check);

}  // namespace bpmn
