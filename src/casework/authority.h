#pragma once
// authority.h - the register of grants, delegations and absences of this installation, and the use
// cases that change it.
//
// Every change is a definition version with its actor; nothing is edited or taken back.  Who is
// asked about is looked through the register on every reading (Officers::look_through), so that a
// change counts for the next question; what another program records is taken over by refresh().
#include <memory>
#include <mutex>
#include <string>

#include "casework/failure.h"
#include "casework/store.h"
#include "party/authority_check.h"

namespace casework {

struct Workplace;

// Thread-safe.
class AuthorityRecords {
 public:
  [[nodiscard]] std::shared_ptr<const party::AuthorityRegister> now() const;
  // Takes over what was recorded since; true: something was.
  [[nodiscard]] base::Outcome<bool> refresh(Store& store);
  // Held while something is checked against the register and recorded.
  [[nodiscard]] std::mutex& changing() { return changing_; }

 private:
  std::mutex changing_;
  mutable std::mutex mutex_;
  std::shared_ptr<const party::AuthorityRegister> now_ =
      std::make_shared<const party::AuthorityRegister>();
  std::int64_t sequence_ = -1;
  std::int64_t changes_ = -1;
};

struct RecordedAuthority {
  party::AuthorityEntry entry;
  party::AuthorityProblems notes;  // of a preview: its errors, too
};

// Records it, once for a request key.  Failure `forbidden` where the officer may not record such a
// thing (casework/authority_gate.h), `unprocessable` with every problem of it.
[[nodiscard]] Answer<RecordedAuthority> record_authority(Workplace& workplace,
                                                         const party::Officer& by,
                                                         party::AuthorityEntry draft,
                                                         const RequestKey& request);
// The same without recording, for a form that is being filled in.
[[nodiscard]] Answer<RecordedAuthority> preview_authority(Workplace& workplace,
                                                          const party::Officer& by,
                                                          party::AuthorityEntry draft);
// Ends it from `revocation.at` on (at once, when that has passed), and what rests on it.
[[nodiscard]] Answer<RecordedAuthority> revoke_authority(Workplace& workplace,
                                                         const party::Officer& by,
                                                         const std::string& id,
                                                         party::Revocation revocation,
                                                         const RequestKey& request);
// What rests on a post that is no longer held ends: recorded by the system.  How many.
[[nodiscard]] base::Outcome<int> end_what_lost_its_post(Workplace& workplace);

[[nodiscard]] party::AuthorityWorld authority_world(const Workplace& workplace, Instant now);

}  // namespace casework
