#pragma once
// laying_over.h - what agencies would work by if a proposal were in force: on its first day, and on
// every later one on which something changes.
#include <map>
#include <string>
#include <vector>

#include "casework/publication.h"
#include "casework/workplace.h"
#include "form/definition_problem.h"
#include "procedure/lock_policy.h"
#include "procedure/package.h"

namespace rehearsal {

// Packages that are proposed together with what is laid over them, by code.
struct ProposedBase {
  procedure::PackageFiles files;
  calendar::Date from;
};
using ProposedBases = std::map<std::string, ProposedBase>;

struct LaidOver {
  casework::Workplace& workplace;
  const procedure::LockPolicy& locks;
  const ProposedBases& bases;
  // Of one procedure: those published and those proposed, as they came.
  const std::vector<casework::OverlayPublication>& overlays;
};

struct Laid {
  procedure::Procedure procedure;
  procedure::PackageFiles files;
};
// What the agency has on that day.
[[nodiscard]] form::Defined<Laid> laid_over(const LaidOver& what, const std::string& code,
                                            const std::string& agency, calendar::Date on);

struct UnfitDay {
  std::string agency;
  calendar::Date on;
  form::DefinitionProblems problems;
};
// The first day on which it does not work any more, for every agency with an overlay of its own:
// `from`, and every later day on which a package or an overlay begins or ends.
[[nodiscard]] std::vector<UnfitDay> unfit_days(const LaidOver& what, const std::string& code,
                                               calendar::Date from);

}  // namespace rehearsal
