#pragma once
// plain_yaml.h - the YAML that definitions are mostly written in, read fast.  Internal to
// procedure.
//
// Block maps and lists, flow maps and lists on one line, scalars on one line.  What is anything
// else (blocks of text, anchors, tags, tabs, several documents, errors) is left to the library: see
// tree_yaml.h.  What is read here is what the library reads; a test holds the two together.
#include <optional>
#include <string_view>

#include "procedure/tree.h"

namespace procedure {

[[nodiscard]] std::optional<Tree> read_plain_yaml(std::string_view text);

}  // namespace procedure
