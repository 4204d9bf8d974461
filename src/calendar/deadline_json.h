#pragma once
// deadline_json.h - a deadline and its derivation for the API and the command line.
#include "base/json.h"
#include "calendar/deadline.h"

namespace calendar {

// {"due", "provisional", "remaining"?: {"half_days" | "minutes"}, "steps": [step]}; `due` is null
// while an open pause lasts.
[[nodiscard]] base::json::value to_json(const Deadline& deadline);
// {"kind", "text": {"vi", "en"}, "article"?} and, where the step has them, "first", "last" (days),
// "from", "to" (moments), "half_days", "minutes", "reason"; for a counted rest day "act" and what
// it is worked for: "instead_of" (a make-up day) or "reason": {"vi", "en"} (the office's own).
[[nodiscard]] base::json::value to_json(const DerivationStep& step);

}  // namespace calendar
