#pragma once
// proof_file.h - the file a citizen keeps: one leaf, its place in the tree, a signed head over it.
//
// docs/formats/journal.md has the grammar.  parse_proof_file takes nothing else, so that one proof
// has one spelling; check_proof needs no store and no network.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "journal/checkpoint.h"
#include "journal/hash.h"
#include "journal/note.h"
#include "journal/timestamp.h"

namespace journal {

inline constexpr std::size_t kProofBytesMax = 4'194'304;

// The content in the clear.
struct Opening {
  std::string salt;  // kSaltSize bytes
  int actor_kind = 0;
  std::string actor_id;
  std::string actor_name;
  std::string actor_agency;
  std::string payload;

  friend bool operator==(const Opening&, const Opening&) = default;
};

struct ProofFile {
  std::optional<Opening> opening;
  std::string leaf;  // its text
  std::int64_t index = 0;
  std::vector<Hash> path;  // from the leaf up
  std::string checkpoint;  // text
  std::string timestamp;   // RFC 3161 token (DER), or empty

  friend bool operator==(const ProofFile&, const ProofFile&) = default;
};

// Requires parts that parse: a leaf and a checkpoint by their grammar.
[[nodiscard]] std::string proof_file_text(const ProofFile& proof);
[[nodiscard]] base::Outcome<ProofFile> parse_proof_file(std::string_view text);

enum class Check {
  absent,     // the file has no such part
  unchecked,  // it has, but what is needed to check it was not given, or an earlier check failed
  passed,
  failed,
};

// Each thing that was looked at.  Whatever passed is true by itself; the proof holds when ok().
struct ProofChecks {
  Check content = Check::absent;       // the opening is what the leaf commits to
  Check inclusion = Check::unchecked;  // the leaf is in the tree of the checkpoint, at its index
  Check signature = Check::unchecked;  // a known key signed the checkpoint
  Check timestamp = Check::absent;     // an authority saw the checkpoint
  TreeHead head;                       // what the checkpoint says
  std::string signed_by;               // name of the key
  std::optional<CheckpointRefusal> refusal;  // where `signature` failed
  std::optional<Timestamp> stamped;          // where `timestamp` passed
  std::string problem;                       // of the first that failed, in English

  // Nothing failed, and the leaf is in a tree that a known key signed.
  [[nodiscard]] bool ok() const {
    return content != Check::failed && inclusion == Check::passed && signature == Check::passed &&
           timestamp != Check::failed;
  }
};

// In a word, the same from every verifier: "good", or what failed first, looked at in the order
// "content-differs", "bad-signature" or "unknown-key", "not-in-tree", "timestamp-differs".  A text
// that parse_proof_file refuses is "malformed".
[[nodiscard]] std::string_view judgement(const ProofChecks& checks);

// `ca`: PEM of whoever vouches for time-stamps; empty: a time-stamp is only held to be over the
// checkpoint.
[[nodiscard]] ProofChecks check_proof(const ProofFile& proof, std::span<const VerifierKey> keys,
                                      std::string_view ca = {});

}  // namespace journal
