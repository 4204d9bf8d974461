#pragma once
// form_json.h - a form as the browser receives it.
//
// form   := {"pages": [page]}           (checks across fields are the server's)
// page   := {"id", "title": text, "intro"?: text, "fields": [field]}
// field  := {"id", "type", "label": text, "help"?: text, "required": bool, "conditional": bool,
//            "options"?: [{"value", "label": text}], "min_length"?, "max_length"?, "min"?, "max"?,
//            "autocomplete"?, "columns"?: [field], "max_rows"?, "source"?: text, "prefill"?,
//            "code"?, "personal_data"?: "basic" | "sensitive", "visible_when"?, "required_when"?}
// text   := {"vi", "en"}
//
// Conditions are FEEL texts: a page may show and hide with them while one types; what is asked is
// what form::evaluate says.
//
// "min" and "max" are integers for integer and money, ISO texts (or "today") for dates.
#include "base/json.h"
#include "form/bilingual.h"
#include "form/form.h"

namespace form {

[[nodiscard]] base::json::object to_json(const Bilingual& text);
[[nodiscard]] base::json::object to_json(const Field& field);
[[nodiscard]] base::json::object to_json(const Form& form);

}  // namespace form
