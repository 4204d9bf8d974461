#pragma once
// package.h - reads a procedure package: procedure.yaml, process.bpmn, rules.dmn, form.yaml.
//
// Text in, value out; reading folders is the caller's.  docs/formats/procedure.md is the format.
#include <map>
#include <string>

#include "form/definition_problem.h"
#include "form/dictionary.h"
#include "procedure/procedure.h"

namespace procedure {

using PackageProblem = form::DefinitionProblem;
using PackageFiles = std::map<std::string, std::string>;

// What is known of a package before it is read.
struct LoadOptions {
  // Of a digest that has passed its checks before: they are not run again.
  enum class Checks { run, passed };
  Checks checks = Checks::run;
  // A package loaded before with the same dictionary, and its files: a part whose text is the same
  // (the form, the process, the rules) is taken over instead of being read again.
  const Procedure* like = nullptr;
  const PackageFiles* like_files = nullptr;
};

// `files`: name within the package ("procedure.yaml", "templates/x.html") -> text.  All problems at
// once, those of check.h included: a procedure that loads has passed its checks.
[[nodiscard]] form::Defined<Procedure> load_package(const PackageFiles& files,
                                                    const form::Dictionary& dictionary,
                                                    const LoadOptions& options = {});

// SHA-256, hex, over every file: its name, its length, its text with line ends as LF.
[[nodiscard]] std::string digest_of(const PackageFiles& files);

}  // namespace procedure
