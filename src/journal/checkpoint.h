#pragma once
// checkpoint.h - a tree head in the text of C2SP tlog-checkpoint, signed as a note.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/fault.h"
#include "journal/hash.h"
#include "journal/note.h"

namespace journal {

struct TreeHead {
  std::string origin;
  std::int64_t size = 0;
  Hash root{};

  friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

struct Checkpoint {
  TreeHead head;
  Note note;
};

// Requires: head.origin == key.verifier().name.
[[nodiscard]] std::string sign_checkpoint(const TreeHead& head, const SigningKey& key);

// Strict, and without a look at the signatures.
[[nodiscard]] base::Outcome<Checkpoint> parse_checkpoint(std::string_view text);

// Why a checkpoint is not believed.
enum class CheckpointRefusal {
  no_known_key,  // none of the keys that the reader knows and that bear the origin's name signed it
  bad_signature,  // one of the keys that the reader knows is named, but did not sign this
};

// The key that speaks for the checkpoint: known, named as the origin, with a good signature.  A bad
// signature by any known key refuses the whole, as C2SP signed-note asks.
[[nodiscard]] base::Result<VerifierKey, CheckpointRefusal> signer_of(
    const Checkpoint& checkpoint, std::span<const VerifierKey> known);

// Both steps; the fault (invalid) says which failed.
[[nodiscard]] base::Outcome<TreeHead> open_checkpoint(std::string_view text,
                                                      std::span<const VerifierKey> known);

}  // namespace journal
