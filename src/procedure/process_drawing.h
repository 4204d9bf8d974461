#pragma once
// process_drawing.h - room in a diagram for elements that were put into its process.  Internal to
// procedure.
#include <string>
#include <string_view>
#include <vector>

#include "bpmn/model.h"

namespace procedure {

// `xml` with shapes for the elements `added` to `process` and with their flows drawn; what lies to
// the right of them moves to the right.  Unchanged where the file has no diagram of the process.
[[nodiscard]] std::string with_drawing(std::string_view xml, const bpmn::ProcessModel& process,
                                       const std::vector<std::string>& added);

}  // namespace procedure
