#pragma once
// resolution.h - the package that counts for one agency on one day, and where each value of it came
// from.
//
// Pure.  The same package, overlays, agency and day always yield the same files, in whatever order
// the overlays are given; without an overlay they are the base's own.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "calendar/instant.h"
#include "form/definition_problem.h"
#include "form/dictionary.h"
#include "procedure/layer.h"
#include "procedure/lock_policy.h"
#include "procedure/origin.h"
#include "procedure/overlay.h"
#include "procedure/package_tree.h"

namespace procedure {

using Overlays = std::vector<std::shared_ptr<const Overlay>>;

// What was applied, in this order, and until when it stays so.
struct Applicable {
  Overlays overlays;
  std::optional<calendar::Date> from;  // first day of this state of things; none: ever since
  std::optional<calendar::Date> to;    // last day; none: until something else is decided
};

// Of all `overlays` (of any procedure and agency) those that count, from the top down, by the
// position of their agency in the chain.  Problems: two of one agency for this day, of two
// ministries for this day.
[[nodiscard]] form::Defined<Applicable> applicable(const std::string& code,
                                                   const Overlays& overlays,
                                                   const AgencyChain& chain, calendar::Date on);

struct Resolution {
  PackageFiles files;
  std::string digest;           // of `files`
  std::vector<Origin> origins;  // [0] the base package, then the overlays applied
  std::optional<calendar::Date> from;
  std::optional<calendar::Date> to;
  // Names of overlays that were written against another base than this one: they hold, but ask for
  // a merge (merge.h).
  std::vector<std::string> written_against_another;
  Tree tree;  // every value with the index of its origin
};

// Everything in `overlays` is applied; applicable() chose them.  Problems with file, line and
// remedy: a locked value, a path that leads nowhere, an overlay of another procedure, one whose
// days lie outside those of the package …
[[nodiscard]] form::Defined<Resolution> resolve(const BasePackage& base,
                                                const Applicable& applicable,
                                                const LockPolicy& policy);
// The two together.
[[nodiscard]] form::Defined<Resolution> resolve(const BasePackage& base, const Overlays& overlays,
                                                const AgencyChain& chain, calendar::Date on,
                                                const LockPolicy& policy);

// The resolved package, read.  `checks` is LoadOptions::Checks::passed only for a digest that has
// passed them before.
[[nodiscard]] form::Defined<Procedure> load_resolved(
    const BasePackage& base, const Resolution& resolution, const form::Dictionary& dictionary,
    LoadOptions::Checks checks = LoadOptions::Checks::run);

struct ExplainedValue {
  std::string path;
  std::string value;               // in one line
  const Origin* origin = nullptr;  // into the resolution
};
// Every value of the package, in its order.
[[nodiscard]] std::vector<ExplainedValue> explain(const Resolution& resolution);

// {code, digest, from, to, written_against_another, origins, values: [[path, value, origin]]}
[[nodiscard]] base::json::object explanation_json(const Resolution& resolution);

}  // namespace procedure
