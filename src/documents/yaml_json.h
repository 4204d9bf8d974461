#pragma once
// yaml_json.h - YAML text as JSON, bounded: the form in which templates are read.
#include <string_view>

#include "base/fault.h"
#include "base/json.h"

namespace documents::internal {

// Plain scalars that are whole numbers, true, false, null or ~ become that; all others, and
// whatever is quoted, are text ("01" and 2026-08-20 too).  Aliases are expanded within the node
// limit. Fault `invalid`: not YAML, over 256 KiB, over 20,000 nodes or 32 levels, a key twice.
[[nodiscard]] base::Outcome<base::json::value> parse_yaml(std::string_view text);

}  // namespace documents::internal
