#pragma once
// projection.h - from a decision to the rows that are stored with it, and back.  Pure.
#include "casework/store.h"
#include "dossier/decide.h"
#include "dossier/dossier.h"
#include "procedure/procedure.h"

namespace casework {

struct Decided {
  dossier::Dossier before;
  std::vector<dossier::NewEvent> events;
};

// Everything one commit writes.  Allotted numbers stand as placeholders in its texts.
[[nodiscard]] Commit project(const std::string& id, const procedure::Procedure& procedure,
                             const Decided& decided, const dossier::Actor& actor, Instant at,
                             const RequestKey& request);

// The dossier as stored, from its state row.
[[nodiscard]] base::Outcome<dossier::Dossier> read_loaded(const procedure::Procedure& procedure,
                                                          const LoadedDossier& loaded);

// The dossier as its events say, for history and repeated answers.
[[nodiscard]] base::Outcome<dossier::Dossier> fold(const procedure::Procedure& procedure,
                                                   const std::vector<StoredEvent>& events);
[[nodiscard]] base::Outcome<dossier::EventRecord> read_record(const StoredEvent& stored);

}  // namespace casework
