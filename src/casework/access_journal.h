#pragma once
// access_journal.h - every reading of personal data by an officer is a record of the journal: who,
// what, why, when.
//
// The record is durable before the data are shown.  Where the store takes no writes (a full disk),
// officers still have to be able to read: such records wait in memory, at most kWaitingMax of them,
// and are written with the first one that the store takes; beyond that reading is refused.
#include <mutex>
#include <string>
#include <vector>

#include "base/json.h"
#include "casework/failure.h"
#include "casework/store.h"
#include "party/officer.h"

namespace casework {

struct Workplace;
struct OpenDossier;

class AccessJournal {
 public:
  static constexpr std::size_t kWaitingMax = 10'000;

  // Thread-safe.
  [[nodiscard]] base::Outcome<base::Done> record(Store& store, AccessRow row);
  // Writes those that wait, as far as the store takes them; called now and then, and at the end.
  [[nodiscard]] base::Outcome<base::Done> flush(Store& store);
  // Those that the store would not take yet.
  [[nodiscard]] std::size_t waiting() const;

 private:
  // In front of what came meanwhile.
  void put_back(std::vector<AccessRow> rows);

  mutable std::mutex mutex_;
  std::vector<AccessRow> waiting_;
};

// `what`: "dossier", "file:ID", "form:slip" ….  The ground is worked out: a task that the officer
// has or could take ("task:examine"), else what lets him see the dossier ("by_hierarchy").
[[nodiscard]] Answer<base::Done> record_reading(Workplace& workplace, const party::Officer& officer,
                                                const OpenDossier& open, const std::string& what);
// Of many dossiers at once: a search, an export, a book.  `why`: what was asked for.
[[nodiscard]] Answer<base::Done> record_listing(Workplace& workplace, const party::Officer& officer,
                                                const std::string& what, const std::string& why);

// Who has read it, newest first, for whoever may see the dossier.
[[nodiscard]] Answer<base::json::object> accesses_json(Workplace& workplace,
                                                       const OpenDossier& open);

}  // namespace casework
