#pragma once
// scope_json.h - which procedures something is for, as JSON: {"all"?, "fields"?, "codes"?}.
//
// Read strictly: what cannot be understood must never come out as "all of them".
#include <optional>

#include "base/json.h"
#include "party/procedure_scope.h"

namespace casework {

// Nothing: it is no object, has other members, or a list that is not of texts.  All procedures only
// where it says so; without anything in it, it is for none.
[[nodiscard]] std::optional<party::ProcedureScope> read_scope(const base::json::value& json);
// Of a record: absent is all, as it always was; what cannot be read is for none.
[[nodiscard]] party::ProcedureScope read_stored_scope(const base::json::value* json);

}  // namespace casework
