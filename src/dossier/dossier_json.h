#pragma once
// dossier_json.h - the state of a dossier as JSON text: the stored state row.
//
// A cache of the fold over the events, never the truth: it may be rebuilt at any time.  Code and
// slip number are columns of the row beside it, because the store allots them.
#include <string>
#include <string_view>

#include "base/fault.h"
#include "dossier/dossier.h"

namespace dossier {

[[nodiscard]] std::string state_text(const procedure::Procedure& procedure, const Dossier& dossier);
// Fault `corrupt` when it is not of that form.
[[nodiscard]] base::Outcome<Dossier> read_state(const procedure::Procedure& procedure,
                                                std::string_view text);

}  // namespace dossier
