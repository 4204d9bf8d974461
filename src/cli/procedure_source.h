#pragma once
// procedure_source.h - packages, overlays and the lock policy as the commands below
// `motcua procedure` find them: in folders, or in a store.
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/fault.h"
#include "casework/store.h"
#include "form/dictionary.h"
#include "procedure/include.h"
#include "procedure/lock_policy.h"
#include "procedure/package_tree.h"
#include "procedure/resolution.h"

namespace cli {

// A package, read as far as it goes.
struct ReadPackage {
  std::string name;  // what it was asked for by
  form::DefinitionProblems problems;
  std::shared_ptr<const procedure::BasePackage> package;  // null with problems
};

class ProcedureSource {
 public:
  // Empty names: what is shipped.  Without `data` no store is opened.
  struct Places {
    std::string packages{};  // folder of folders named by code
    std::string overlays{};  // folder of folders named by agency, with CODE.yaml
    std::string data{};
    std::string store_url{};
  };
  [[nodiscard]] static base::Outcome<ProcedureSource> open(const Places& places);

  [[nodiscard]] const form::Dictionary& dictionary() const { return dictionary_; }
  [[nodiscard]] const procedure::LockPolicy& policy() const { return policy_; }
  [[nodiscard]] const procedure::Parts& parts() const { return parts_; }
  [[nodiscard]] bool has_store() const { return store_ != nullptr; }

  // A folder, with the parts it includes put in.
  [[nodiscard]] base::Outcome<ReadPackage> package_in(const std::filesystem::path& folder) const;
  // What counts on the day: from the store where it has the code, else from the folders.
  [[nodiscard]] base::Outcome<ReadPackage> package_of(const std::string& code,
                                                      calendar::Date on) const;
  // "CODE@DIGEST" (the beginning of the digest is enough where the store has the code's revisions),
  // or a folder.
  [[nodiscard]] base::Outcome<ReadPackage> package_named(const std::string& name) const;

  // Every overlay of the code.  `problems` of those that cannot be read.
  [[nodiscard]] base::Outcome<procedure::Overlays> overlays_of(
      const std::string& code, calendar::Date on, form::DefinitionProblems& problems) const;

 private:
  ProcedureSource() = default;
  [[nodiscard]] ReadPackage prepared(std::string name, procedure::PackageFiles files) const;
  [[nodiscard]] base::Outcome<ReadPackage> stored(const std::string& name,
                                                  const std::string& digest) const;

  std::filesystem::path packages_;
  std::filesystem::path overlays_;
  form::Dictionary dictionary_;
  procedure::LockPolicy policy_;
  procedure::Parts parts_;
  std::shared_ptr<casework::Store> store_;
};

// "file:line: what is wrong" and the remedy, a line each, to stderr; `within` is the folder.
void print_problems(const form::DefinitionProblems& problems, const std::string& within = {});

}  // namespace cli
