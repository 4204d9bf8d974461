#pragma once
// template_parse.h - the `blocks` of a template, from JSON to values.
#include "base/fault.h"
#include "base/json.h"
#include "documents/template_block.h"

namespace documents::internal {

// `body` is the size of the running text.  Fault `invalid` names the place: "blocks[3].list.items".
[[nodiscard]] base::Outcome<Blocks> parse_blocks(const base::json::value& list, double body);

}  // namespace documents::internal
