#pragma once
// package_check.h - everything that can be known to be wrong with a package before it is published.
//
// load_package() takes what a dossier can run on, now and in ten years.  This asks more, and is
// asked when a package is made or published: that the process is sound, every outcome leads
// somewhere of its own, every paper is asked for in some situation, fees can be computed in every
// case and channel, provisions are in force, templates read what exists.  Warnings do not refuse.
#include <optional>

#include "form/dictionary.h"
#include "procedure/finding.h"
#include "procedure/package.h"
#include "procedure/procedure.h"

namespace procedure {

struct CheckedPackage {
  std::optional<Procedure> procedure;  // nothing when it does not load
  Findings findings;                   // in the order of the files and lines

  [[nodiscard]] bool publishable() const { return procedure.has_value() && !has_error(findings); }
};

[[nodiscard]] CheckedPackage check_package(const PackageFiles& files,
                                           const form::Dictionary& dictionary);

// The findings beyond those of loading.  Requires: `files` are those of `procedure`.
[[nodiscard]] Findings check_for_publishing(const Procedure& procedure, const PackageFiles& files);

}  // namespace procedure
