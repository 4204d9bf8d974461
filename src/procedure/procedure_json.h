#pragma once
// procedure_json.h - a procedure as lists, pages and the browser receive it.
//
// summary := {"code", "name", "summary", "field", "level", "channels": [..], "online": bool}
// detail  := summary + {"revision", "digest", "legal_basis", "cases", "components", "fees",
//            "results", "form", "steps", "notes"}
// Every text is {"vi", "en"}.
#include <vector>

#include "base/json.h"
#include "procedure/assessment.h"
#include "procedure/procedure.h"

namespace procedure {

[[nodiscard]] base::json::object summary_json(const Procedure& procedure);
[[nodiscard]] base::json::object detail_json(const Procedure& procedure);

[[nodiscard]] base::json::object to_json(const Fees& fees);
[[nodiscard]] base::json::object to_json(const NeededComponent& needed);
[[nodiscard]] base::json::object to_json(const LimitOffer& offer);

// "3 ngày làm việc" / "3 working days", "trong ngày" / "the same day", …
[[nodiscard]] Bilingual in_words(const calendar::Limit& limit);

}  // namespace procedure
