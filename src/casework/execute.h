#pragma once
// execute.h - the one way a command reaches a dossier: repeatable, gated, decided, stored.
//
// The same request (key, actor, body) gives the same answer for as long as the dossier lives; a
// twin under way is told to wait; another body under the same key is refused; If-Match guards
// against deciding on what somebody else has changed.  Without If-Match a lost race is decided
// again.
#include <functional>
#include <optional>
#include <string>

#include "casework/failure.h"
#include "casework/workplace.h"
#include "dossier/decide.h"
#include "party/officer.h"

namespace casework {

struct CommandRequest {
  std::string dossier;  // id
  RequestKey request;
  std::optional<std::int64_t> if_match;
  const party::Officer* officer = nullptr;  // null: the applicant, by the receipt's secret
};

// What became of a command: the dossier at the version it led to.
struct CommandDone {
  std::string id;
  dossier::Dossier dossier;
  ProcedurePtr procedure;
  std::string number;  // of its last event: of a receipt or refund slip; else empty
};

// Decides on the dossier as it is; may be called again after a lost race.  The gate is asked
// inside.
using Decider = std::function<Answer<std::vector<dossier::NewEvent>>(
    const dossier::Dossier&, const dossier::Circumstances&)>;

[[nodiscard]] Answer<CommandDone> execute(Workplace& workplace, const CommandRequest& command,
                                          const Decider& decide);

// Stores a new dossier.  `decide` gets an empty one; `around` is made for `procedure`.
[[nodiscard]] Answer<CommandDone> execute_new(Workplace& workplace, const RequestKey& request,
                                              ProcedurePtr procedure, const dossier::Actor& actor,
                                              const std::string& agency, const Decider& decide);

// A dossier with the revision it pins.
struct OpenDossier {
  std::string id;
  dossier::Dossier dossier;
  ProcedurePtr procedure;
};
// By id or code.
[[nodiscard]] Answer<OpenDossier> open_dossier(Workplace& workplace, const std::string& id_or_code);

[[nodiscard]] dossier::Actor actor_of(const party::Officer* officer,
                                      const dossier::Dossier& dossier);
[[nodiscard]] dossier::Actor actor_of(const party::Officer& officer);

// Keeps a request's key taken while it is being done.
class InFlight {
 public:
  InFlight(RequestsInFlight& requests, RequestKey request);
  ~InFlight();
  InFlight(const InFlight&) = delete;
  InFlight& operator=(const InFlight&) = delete;
  [[nodiscard]] bool mine() const { return mine_; }

 private:
  RequestsInFlight& requests_;
  RequestKey request_;
  bool mine_;
};
[[nodiscard]] base::Failure<Failure> in_flight_failure();
[[nodiscard]] base::Failure<Failure> key_reused_failure();

}  // namespace casework
