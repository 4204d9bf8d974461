#pragma once
// package_tree.h - a package as one Tree, and a changed Tree as a package again.
//
// The keys of procedure.yaml stand at the root as they are, but that every entry of a case's
// `limits` is for one channel.  Beside them stand
//
//   form       form.yaml
//   process    process.bpmn, as process_tree.h says it
//   rules      rules.dmn, as rules_tree.h says it
//   layouts    the list `results` of result.yaml
//   files      a map of the other files by name ("templates/x.html"): "sha256:…"
//
// A process, rules or file set as a whole is a text: the new file.
#include <memory>
#include <string>

#include "bpmn/model.h"
#include "form/definition_problem.h"
#include "procedure/package.h"
#include "procedure/tree.h"

namespace procedure {

// Immutable; any number of threads may read one.
struct BasePackage {
  PackageFiles files;
  std::string digest;
  std::string code;
  int revision = 1;
  Tree tree;
  bpmn::Model process;
  // Of these files, when the caller has loaded them: then a resolution of this package takes over
  // what it leaves as it is.  May be null.
  std::shared_ptr<const Procedure> loaded;
};

// Reads the parts; whether they make sense together is load_package()'s business.
[[nodiscard]] form::Defined<std::shared_ptr<const BasePackage>> prepare(
    PackageFiles files, std::shared_ptr<const Procedure> loaded = nullptr);

// The files of `base` with what `tree` says otherwise: files that say the same stay byte for byte,
// the others are written in canonical form.  Problems where a file set as a whole cannot be read.
[[nodiscard]] form::Defined<PackageFiles> package_files(const BasePackage& base, const Tree& tree);

}  // namespace procedure
