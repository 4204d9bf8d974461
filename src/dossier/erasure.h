#pragma once
// erasure.h - what is left of a dossier whose content the law no longer has kept.
#include <optional>

#include "dossier/dossier.h"

namespace dossier {

// From this moment on the content may be erased: so many years after the end.  Nothing: the
// procedure has it kept for ever, or says nothing, or the dossier has not ended.
[[nodiscard]] std::optional<Instant> erasable_from(const procedure::Procedure& procedure,
                                                   const Dossier& dossier);

// Takes out who it was about and what it said.  What is counted stays: codes, numbers, agencies,
// dates, statuses, fees and sums of money.
void erase_content(Dossier& dossier);

}  // namespace dossier
