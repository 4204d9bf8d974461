#pragma once
// dmn_xml.h - reads DMN 1.1 to 1.5 XML.
//
// Namespaces and vendors' extensions are tolerated; what cannot be compiled (a FEEL text that does
// not parse, a reference that leads nowhere) is a finding of the model and null when asked for.
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "rules/dmn_model.h"

namespace rules {

struct DmnError {
  int line = 1;
  std::string message;
  friend bool operator==(const DmnError&, const DmnError&) = default;
};

// `imports` are the models that `xml` may import, found by their namespace.
// Refuses what is not XML, whose root is not `definitions`, and texts over 16 MiB.
[[nodiscard]] base::Result<Model, DmnError> read_dmn(std::string_view xml,
                                                     const std::vector<Model>& imports = {});

}  // namespace rules
