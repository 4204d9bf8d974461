#pragma once
// repertoire.h - all scenarios of a package, read together and held to the package.
#include <map>
#include <string>
#include <vector>

#include "procedure/package.h"
#include "procedure/procedure.h"
#include "rehearsal/scenario.h"

namespace rehearsal {

struct Repertoire {
  std::vector<Scenario> scenarios;  // by name; `like` in their data is replaced by what it means
};

// The files `scenarios/*.txt` of a package.  All problems at once: what is no scenario, `like` that
// leads nowhere or in a circle, and names of fields, papers, steps, outcomes and cases that the
// procedure does not have.  At most 500 scenarios.
[[nodiscard]] form::Defined<Repertoire> read_repertoire(const procedure::PackageFiles& files,
                                                        const procedure::Procedure& procedure);

}  // namespace rehearsal
