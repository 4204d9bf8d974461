#pragma once
// procedure_json.h - a procedure as lists, pages and the browser receive it.
//
// The shapes are those of ProcedureSummary, Procedure, Component and Fee in api/openapi.yaml.
// Every text is {"vi", "en"}.
#include "base/json.h"
#include "procedure/assessment.h"
#include "procedure/procedure.h"

namespace procedure {

[[nodiscard]] base::json::object summary_json(const Procedure& procedure);
[[nodiscard]] base::json::object detail_json(const Procedure& procedure);

[[nodiscard]] base::json::object to_json(const Fees& fees);
[[nodiscard]] base::json::object to_json(const NeededComponent& needed);
[[nodiscard]] base::json::object to_json(const LimitOffer& offer);

// "3 ngày làm việc" / "3 working days".
[[nodiscard]] Bilingual in_words(const calendar::Limit& limit);

}  // namespace procedure
