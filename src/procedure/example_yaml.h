#pragma once
// example_yaml.h - reads one worked-out example of procedure.yaml.  Internal to procedure.
#include <optional>

#include "form/yaml_reader.h"
#include "procedure/procedure.h"

namespace procedure {

// example := {name, answers: {...}, channel?, on, case, fee?, components?}
[[nodiscard]] std::optional<Example> read_example(form::YamlReader& reader, const YAML::Node& node);

}  // namespace procedure
