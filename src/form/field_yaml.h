#pragma once
// field_yaml.h - one field as written in a dictionary or a form.  Internal to form.
#include <yaml-cpp/yaml.h>

#include "form/field.h"
#include "form/yaml_reader.h"

namespace form {

// Lays what `node` says over `field` (a dictionary entry, or an empty field), then fills in the
// bounds that every type has.  Keys that name the field (id, from, code) are the caller's.
void read_field_body(YamlReader& reader, const YAML::Node& node, Field& field);

// What has to hold of a finished field: a type's own needs (options, columns), sane bounds.
void check_field(YamlReader& reader, const YAML::Node& node, const Field& field);

}  // namespace form
