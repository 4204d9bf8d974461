#pragma once
// answer_value.h - an answer as FEEL sees it: dates are dates, rows are contexts.  Internal to
// form.
#include "base/json.h"
#include "calendar/instant.h"
#include "form/field.h"
#include "rules/value.h"

namespace form {

[[nodiscard]] rules::Value feel_date(calendar::Date on);

// Requires: `answer` is a normalised answer of `field`; anything else becomes what its JSON means.
[[nodiscard]] rules::Value feel_value(const Field& field, const base::json::value& answer);

}  // namespace form
