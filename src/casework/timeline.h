#pragma once
// timeline.h - what happened to a dossier, in words.
#include "base/json.h"
#include "casework/execute.h"

namespace casework {

enum class Audience { officer, applicant };

// The events as TimelineEntry objects, oldest first.  Engine moves and what is internal are left
// out for the applicant, as are officers' names other than the agency's.
[[nodiscard]] Answer<base::json::array> timeline_json(Workplace& workplace, const OpenDossier& open,
                                                      Audience audience);

}  // namespace casework
