#pragma once
// publications.h - the procedures in force, and the older revisions that dossiers pin.
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/fault.h"
#include "form/dictionary.h"
#include "procedure/package.h"
#include "procedure/procedure.h"
#include "procedure/search.h"

namespace casework {

using ProcedurePtr = std::shared_ptr<const procedure::Procedure>;

// Thread-safe.  The set in force is fixed at construction; pinned revisions are read on demand from
// `find_revision` (the store) and kept.
class Publications {
 public:
  using FindRevision =
      std::function<base::Outcome<std::optional<std::string>>(const std::string& digest)>;

  Publications(std::vector<ProcedurePtr> in_force, form::Dictionary dictionary,
               FindRevision find_revision);

  // Nothing when no procedure of that code is in force.
  [[nodiscard]] ProcedurePtr find(const std::string& code) const;
  // The revision a dossier was filed under.
  [[nodiscard]] base::Outcome<ProcedurePtr> pinned(const std::string& digest);
  [[nodiscard]] std::vector<ProcedurePtr> search(std::string_view words) const;
  [[nodiscard]] const std::vector<ProcedurePtr>& all() const { return in_force_; }

 private:
  std::vector<ProcedurePtr> in_force_;
  std::map<std::string, ProcedurePtr> by_code_;
  procedure::SearchIndex index_;
  form::Dictionary dictionary_;
  FindRevision find_revision_;
  std::mutex mutex_;
  std::map<std::string, ProcedurePtr> by_digest_;
};

// A package's files as one JSON text, and back.
[[nodiscard]] std::string files_text(const procedure::PackageFiles& files);
[[nodiscard]] base::Outcome<procedure::PackageFiles> read_files(std::string_view text);

}  // namespace casework
