#pragma once
// case_yaml.h - cases with their limits as procedure.yaml writes them.  Internal to procedure.
#include <optional>
#include <vector>

#include "form/yaml_reader.h"
#include "procedure/procedure.h"

namespace procedure {

[[nodiscard]] std::vector<Channel> read_channels(form::YamlReader& reader, const YAML::Node& node,
                                                 form::Need need);
[[nodiscard]] std::optional<calendar::Limit> read_limit(form::YamlReader& reader,
                                                        const YAML::Node& node, const char* key,
                                                        form::Need need);
// `channels`: those of the procedure, which a limit without `channels` is for.
[[nodiscard]] Case read_case(form::YamlReader& reader, const YAML::Node& node,
                             const std::vector<Channel>& channels);

}  // namespace procedure
