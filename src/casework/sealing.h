#pragma once
// sealing.h - signs the journal's newest tree head, and makes the proofs that rest on it.
//
// Not thread-safe: one thread seals.  Proofs may be made by any thread.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/fault.h"
#include "casework/store.h"
#include "journal/note.h"
#include "journal/proof_file.h"
#include "journal/tree.h"

namespace casework {

// What whoever signs knows besides the store, so that the store alone cannot talk him into a tree.
struct SealingTrust {
  // Public halves of all keys that have signed this journal; our own need not be among them.
  std::vector<journal::VerifierKey> keys;
  // The newest checkpoint that was signed here, kept outside the store; without it a store that
  // was rolled back, or rewritten without its heads, looks like one that is only young.
  std::function<base::Outcome<std::optional<std::string>>()> last_signed;
  std::function<base::Outcome<base::Done>(const std::string& checkpoint)> remember;
};

class Sealing {
 public:
  // `store` outlives it.  The key's name is the origin of every head.
  Sealing(Store& store, std::string tenant, journal::SigningKey key, SealingTrust trust = {});

  // Signs a head over all there is; nothing when the last one covers it.  Before it goes on, what
  // the store holds is held against the last head, that head's signature, and the head that was
  // signed here last: fault `corrupt`, and nothing is signed, where one of them does not agree, for
  // a signature would vouch for what somebody changed.
  [[nodiscard]] base::Outcome<std::optional<HeadRow>> seal(Instant now);

 private:
  [[nodiscard]] base::Outcome<base::Done> catch_up(const std::optional<HeadRow>& last);
  [[nodiscard]] base::Outcome<base::Done> hold_against(const std::string& remembered,
                                                       const journal::TileBuilder& built) const;

  Store& store_;
  std::string tenant_;
  journal::SigningKey key_;
  SealingTrust trust_;
  // The tree as far as it was signed; nothing before the first seal() and after a fault.
  std::optional<journal::TileBuilder> built_;
};

// A tree that is read from the store.
[[nodiscard]] journal::TreeSource tree_source(Store& store);

// The proof that a record is in the journal, under the newest head.  Nothing: it is there, but no
// head covers it yet.  Fault `not_found`: there is no such record.
[[nodiscard]] base::Outcome<std::optional<journal::ProofFile>> prove(Store& store,
                                                                     const std::string& tenant,
                                                                     const std::string& subject,
                                                                     std::int64_t sequence,
                                                                     bool opened);

}  // namespace casework
