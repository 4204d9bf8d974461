#pragma once
// include.h - parts that several packages or overlays share: procedures/parts/<name>.yaml.
//
// A list may hold an entry `include: NAME`; in its place stand the entries of the list of the same
// key in that part, which may include others.  A part that leads back to itself is refused with the
// way it takes.  docs/formats/overlay.md is the format.
#include <map>
#include <string>

#include "form/definition_problem.h"
#include "procedure/package.h"
#include "procedure/tree.h"

namespace procedure {

// Name without ".yaml" -> text.
using Parts = std::map<std::string, std::string, std::less<>>;

// Puts the parts in.  False, and problems, when a part is missing, cyclic, or has no such list.
bool include_parts(Tree& tree, const std::string& file, const Parts& parts,
                   form::DefinitionProblems& problems);

// The package with the parts put into procedure.yaml and form.yaml; those without an include stay
// byte for byte.
[[nodiscard]] form::Defined<PackageFiles> include_parts(PackageFiles files, const Parts& parts);

}  // namespace procedure
