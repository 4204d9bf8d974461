#pragma once
// overlay_application.h - the changes of one overlay, made to the tree of a package.  Internal to
// procedure.
#include <cstdint>
#include <optional>
#include <vector>

#include "form/definition_problem.h"
#include "procedure/lock_policy.h"
#include "procedure/origin.h"
#include "procedure/overlay.h"
#include "procedure/tree.h"

namespace procedure {

// Makes every change that is allowed, and tells every one that is not: a locked value, a path that
// leads nowhere, an entry whose place is gone or whose id is taken.  What was changed bears the
// index of its origin, which joins `origins`; the provisions the overlay rests on join
// `legal_basis`.
void apply_overlay(Tree& tree, const Overlay& overlay, const LockPolicy& policy,
                   std::vector<Origin>& origins, form::DefinitionProblems& problems);

// One change of it; nothing when it was made, else why not.  What was not made has not changed
// `tree`.
[[nodiscard]] std::optional<form::DefinitionProblem> apply_change(Tree& tree,
                                                                  const Overlay& overlay,
                                                                  const Change& change,
                                                                  const LockPolicy& policy,
                                                                  std::uint16_t origin);

}  // namespace procedure
