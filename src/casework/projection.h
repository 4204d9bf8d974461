#pragma once
// projection.h - from a decision to the rows that are stored with it, and back.  Pure.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "casework/store.h"
#include "dossier/decide.h"
#include "dossier/dossier.h"
#include "procedure/procedure.h"

namespace casework {

struct Decided {
  dossier::Dossier before;
  std::vector<dossier::NewEvent> events;
};

// Activities that are no tasks of the process, but wait for somebody all the same.
inline constexpr std::uint32_t kApologyActivity = 0xFFFFFFF0U;     // form 04 to be signed
inline constexpr std::uint32_t kEscalationActivity = 0xFFFFFFF1U;  // silence to be answered

// Transports that wait or travel: this and the number of the transport.
inline constexpr std::uint32_t kTransportActivities = 0xFFFFFE00U;
inline constexpr std::uint32_t kTransportsMax = 0x100U;
[[nodiscard]] inline bool is_transport(std::uint32_t activity) {
  return activity > kTransportActivities && activity < kTransportActivities + kTransportsMax;
}

// Everything one commit writes.  Allotted numbers stand as placeholders in its texts.
[[nodiscard]] Commit project(const std::string& id, const Decided& decided,
                             const dossier::Circumstances& around, const RequestKey& request);

// What its due date is computed from, as the store keeps it; empty unless the clock runs or stands.
[[nodiscard]] std::string clock_text(const dossier::Dossier& dossier);

// The dossier as stored, from its state row.
[[nodiscard]] base::Outcome<dossier::Dossier> read_loaded(const procedure::Procedure& procedure,
                                                          const LoadedDossier& loaded);

// The dossier as its events say, for history and repeated answers.
// Its content was erased; what is left is that it happened, and when.
[[nodiscard]] inline bool is_erased(const StoredEvent& stored) {
  return stored.payload.empty();
}
// Each event is meant by the revision pinned when it was recorded; `revisions` finds it by its pin.
using RevisionOf =
    std::function<base::Outcome<std::shared_ptr<const procedure::Procedure>>(const std::string&)>;
[[nodiscard]] base::Outcome<dossier::Dossier> fold(const RevisionOf& revisions,
                                                   const std::vector<StoredEvent>& events);
// Of a dossier that has had one revision only.
[[nodiscard]] base::Outcome<dossier::Dossier> fold(const procedure::Procedure& procedure,
                                                   const std::vector<StoredEvent>& events);
[[nodiscard]] base::Outcome<dossier::EventRecord> read_record(const StoredEvent& stored);

}  // namespace casework
