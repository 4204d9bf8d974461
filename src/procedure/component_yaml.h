#pragma once
// component_yaml.h - papers and provisions as procedure.yaml writes them.  Internal to procedure.
#include "form/yaml_reader.h"
#include "procedure/component.h"

namespace procedure {

[[nodiscard]] LegalBasis read_legal_basis(form::YamlReader& reader, const YAML::Node& node);
[[nodiscard]] Component read_component(form::YamlReader& reader, const YAML::Node& node);

}  // namespace procedure
