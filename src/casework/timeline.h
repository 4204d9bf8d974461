#pragma once
// timeline.h - what happened to a dossier, in words.
#include "base/json.h"
#include "casework/execute.h"

namespace casework {

enum class Audience { officer, applicant };

// The events as TimelineEntry objects, oldest first.  For the applicant engine moves, assignments
// and what officers write to one another are left out, and names of people are masked; who handles
// the dossier is told.  Source: NĐ 224/2026/NĐ-CP, điều 15 (agency and person in charge are
// announced).
[[nodiscard]] Answer<base::json::array> timeline_json(Workplace& workplace, const OpenDossier& open,
                                                      Audience audience);

}  // namespace casework
