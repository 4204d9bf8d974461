#pragma once
// publications.h - the procedures in force, per agency and day, and the older revisions that
// dossiers pin.
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/fault.h"
#include "casework/publication.h"
#include "casework/store.h"
#include "form/dictionary.h"
#include "procedure/package.h"
#include "procedure/procedure.h"
#include "procedure/resolver.h"
#include "procedure/revision_pin.h"
#include "procedure/search.h"

namespace casework {

using ProcedurePtr = std::shared_ptr<const procedure::Procedure>;

// What publications need to know of the office around them.  Where something is absent: every day
// is in force, nobody stands above anybody, nothing may be laid over anything, nothing is kept.
struct PublicationSurroundings {
  std::function<calendar::Date()> today{};
  std::string home{};  // the agency whose view lists and search show: the province
  // The agencies above one, from the top down, itself last.
  std::function<procedure::AgencyChain(const std::string& agency)> chain{};
  procedure::LockPolicy locks{};  // what overlays may change
  // Keeps the files of a resolved revision, so that a dossier may pin it.
  std::function<base::Outcome<base::Done>(const std::string& digest, const std::string& code,
                                          const std::string& files)>
      keep{};
};

// Thread-safe.  What is in force is a value that refresh() replaces as a whole; procedures are
// loaded when somebody asks for them, and the ones asked for last are held.
class Publications {
 public:
  using FindRevision =
      std::function<base::Outcome<std::optional<std::string>>(const std::string& digest)>;

  Publications(std::vector<ProcedurePtr> shipped, form::Dictionary dictionary,
               FindRevision find_revision, PublicationSurroundings around = {});

  // Takes over what was published since; true: something changed, or the day did.
  [[nodiscard]] base::Outcome<bool> refresh(Store& store);

  // As the home agency has it today.  Nothing when no procedure of that code is in force.
  [[nodiscard]] base::Outcome<ProcedurePtr> find_here(const std::string& code);
  // The same for whoever can go on without: a fault is nothing as well.
  [[nodiscard]] ProcedurePtr find(const std::string& code);
  // As that agency has it on that day, with the overlays of the agencies above it and its own.
  [[nodiscard]] base::Outcome<ProcedurePtr> find(const std::string& code, const std::string& agency,
                                                 calendar::Date on);
  // What a dossier pins: a revision, or the law of one with the process of another
  // (procedure/revision_pin.h).
  [[nodiscard]] base::Outcome<ProcedurePtr> pinned(const std::string& digest);

  [[nodiscard]] std::vector<procedure::CardPtr> search(std::string_view words) const;
  // One a code, in order of code.
  [[nodiscard]] std::vector<procedure::CardPtr> all() const;
  // All revisions and overlays of a code: past, present and to come.
  [[nodiscard]] std::vector<Publication> revisions(const std::string& code) const;
  [[nodiscard]] std::vector<OverlayPublication> overlays(const std::string& code) const;

  // Procedures that the home agency cannot have as they are published, and why: for the log.
  [[nodiscard]] std::vector<std::string> troubles() const;

  [[nodiscard]] const form::Dictionary& dictionary() const { return dictionary_; }

 private:
  struct Published {
    std::vector<Publication> revisions;
    std::vector<std::vector<OverlayPublication>> overlays;  // by agency
  };
  // Never changed once it is there.
  struct InForce {
    std::map<std::string, Published> published;
    std::map<std::string, procedure::CardPtr> cards;
    procedure::SearchIndex index;
    procedure::OverlayIndex overlays;
    std::optional<calendar::Date> on;
    std::int64_t sequence = -1;
    std::vector<std::string> troubles;
  };
  using InForcePtr = std::shared_ptr<const InForce>;

  [[nodiscard]] InForcePtr now_in_force() const;
  void put_in_force(InForce next);
  [[nodiscard]] base::Outcome<ProcedurePtr> resolved(const InForce& in_force,
                                                     const std::string& code,
                                                     const std::string& agency, calendar::Date on);
  [[nodiscard]] base::Outcome<ProcedurePtr> lay_over(const Publication& base,
                                                     const procedure::Applicable& overlays);
  void hold(const std::string& digest, const ProcedurePtr& procedure);
  [[nodiscard]] ProcedurePtr held(const std::string& digest);
  [[nodiscard]] calendar::Date today() const;

  form::Dictionary dictionary_;
  FindRevision find_revision_;
  PublicationSurroundings around_;
  std::map<std::string, ProcedurePtr> shipped_;  // by digest; always held
  std::vector<Publication> shipped_revisions_;

  mutable std::mutex mutex_;
  InForcePtr in_force_;
  // The ones asked for last stand first.
  std::list<std::pair<std::string, ProcedurePtr>> recent_;
  std::map<std::string, std::list<std::pair<std::string, ProcedurePtr>>::iterator> by_digest_;
  // procedure::resolution_key -> digest of what comes of it.
  std::map<std::string, std::string> laid_over_;
};

// A package's files as one JSON text, and back.
[[nodiscard]] std::string files_text(const procedure::PackageFiles& files);
[[nodiscard]] base::Outcome<procedure::PackageFiles> read_files(std::string_view text);

}  // namespace casework
