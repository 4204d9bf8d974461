#pragma once
// whole_installation.h - what concerns every agency is for who administers all of them.
#include "casework/failure.h"
#include "casework/workplace.h"

namespace casework {

// Failure `whole-installation-only` (forbidden) with those words, where the officer administers a
// part only.
[[nodiscard]] Answer<base::Done> may_manage_all(const Workplace& workplace,
                                                const party::Officer& officer, Bilingual otherwise);

}  // namespace casework
