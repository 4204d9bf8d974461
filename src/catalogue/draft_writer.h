#pragma once
// draft_writer.h - the files of a draft, before they are checked.
//
// Internal to the drafts.
#include "catalogue/draft.h"

namespace catalogue {

// Requires: the entry names a channel, and is done at the level asked for.
[[nodiscard]] Draft write_draft(const Entry& entry, const DraftOptions& options,
                                const DraftSources& sources);

}  // namespace catalogue
