#pragma once
// tck.h - runs test files of the DMN Technology Compatibility Kit against a model.
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rules/dmn_model.h"
#include "rules/dmn_xml.h"

namespace rules {

struct TckCase {
  std::string id;
  bool passed = false;
  std::string message;  // of a failed case: what was expected and what came
};

// One result per `testCase`, which passes when all its result nodes do.  The error is that of a
// model or a test file that cannot be read.
[[nodiscard]] base::Result<std::vector<TckCase>, DmnError> run_tck(
    std::string_view model_xml, std::string_view test_xml, const std::vector<Model>& imports = {});

}  // namespace rules
