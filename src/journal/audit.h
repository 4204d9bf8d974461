#pragma once
// audit.h - holds a whole store against its tree, and the tree against heads kept elsewhere.
//
// Fed record by record, so that a store of any size is audited in little memory:
//
//   Audit audit{{.tenant = …, .size = …, .source = …, .keys = …, .heads = …}};
//   for each record, in order of index: TRY(audit.add(record));
//   const AuditReport report = TRY(audit.finish());
//
// What it cannot see: a change of everything behind the oldest head that somebody kept elsewhere.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fault.h"
#include "journal/checkpoint.h"
#include "journal/leaf.h"
#include "journal/tree.h"

namespace journal {

enum class Damage {
  record_changed,         // the record is not what its leaf commits to
  record_missing,         // a leaf whose record is gone
  record_out_of_place,    // an index twice
  leaf_changed,           // the leaf is neither its record's nor the one under the signed head
  leaf_missing,           // a record, or only its place, is there, but the tree has no leaf
  tile_damaged,           // a stored tile is not made of these leaves, or is gone
  head_malformed,         // not a checkpoint, or kept under another size
  head_signature_bad,     // no known key signed it, or one is named that did not
  head_not_of_this_tree,  // another root at that size
  tree_too_short,         // the head is over more leaves than there are
  timestamp_bad,          // not over the head that it is kept with, or not by a known authority
};
[[nodiscard]] std::string_view to_text(Damage damage);

// As the store has it now.  The views need live only until add() returns.
struct AuditRecord {
  std::int64_t index = -1;     // of its leaf; -1: not in the tree yet
  Leaf leaf;                   // with the hash of the content as it is there now
  bool erased = false;         // the content is gone by law, only its hash was kept
  std::string_view leaf_hash;  // what the tree has at the index; not 32 bytes: nothing
};

struct AuditHead {
  std::string name;  // for the report: "head 4711", name of a file
  std::string checkpoint;
  std::int64_t size = -1;  // under which the store keeps it; -1: somebody else kept it
  std::string timestamp;   // token (DER), or empty
};

struct AuditSubject {
  std::string tenant;     // what every leaf has to name
  std::int64_t size = 0;  // leaves that there were before the first record was read
  TreeSource source;
  std::vector<VerifierKey> keys;  // none: signatures are not looked at
  std::vector<AuditHead> heads;   // of the store and kept elsewhere, in any order
  std::string ca;                 // PEM of who vouches for time-stamps, or empty
};

struct AuditFinding {
  Damage damage = Damage::record_changed;
  // Of the record or leaf; of a head the first leaf that no head before it covers; -1: no place.
  std::int64_t index = -1;
  std::string detail;  // which record or head, without personal data
  friend bool operator==(const AuditFinding&, const AuditFinding&) = default;
};

inline constexpr std::size_t kFindingsKept = 1'000;

struct AuditReport {
  std::vector<AuditFinding> findings;  // the first kFindingsKept
  std::int64_t findings_in_all = 0;
  // Where the damage begins as far as can be told.  -1: there is none, or it has no place.
  std::int64_t first_bad_index = -1;
  std::int64_t leaves = 0;
  std::int64_t records_waiting = 0;  // not in the tree yet
  std::int64_t records_erased = 0;
  std::int64_t heads_held = 0;  // that are of this tree and signed
  std::int64_t covered = 0;     // leaves under the largest of them
  Hash root{};

  [[nodiscard]] bool whole() const { return findings_in_all == 0; }
};

class Audit {
 public:
  explicit Audit(AuditSubject subject);

  // Records that have an index in its order, the others after them.  Faults: those of the source.
  [[nodiscard]] base::Outcome<base::Done> add(const AuditRecord& record);
  // Once, at the end.
  [[nodiscard]] base::Outcome<AuditReport> finish();

 private:
  struct Expected {
    std::string name;
    TreeHead head;
    bool of_store = true;
  };
  // A head that did not fit, and the leaves among which the reason lies.
  struct Misfit {
    std::size_t finding = 0;
    std::int64_t from = 0;
    std::int64_t to = 0;
  };

  void find(Damage damage, std::int64_t index, std::string detail);
  void read_heads(std::vector<AuditHead> heads);
  void read_head(const AuditHead& head);
  [[nodiscard]] base::Outcome<base::Done> fill_to(std::int64_t index);
  [[nodiscard]] base::Outcome<base::Done> append(const Hash& leaf, const Hash& record);
  [[nodiscard]] base::Outcome<base::Done> compare_tiles();
  void compare_heads();
  void misfit(const Expected& expected, Damage damage);
  void name_first_bad_index();

  AuditSubject subject_;
  std::vector<Expected> heads_;  // by size
  std::size_t next_head_ = 0;
  std::int64_t tiles_end_ = 0;  // size of the largest head of the store: its tiles are stored
  std::int64_t next_ = 0;       // index that comes next
  std::int64_t vouched_ = 0;    // leaves under the largest head that holds and was kept elsewhere
  bool broken_ = false;         // a leaf is gone, so that no later root can be made
  TileBuilder leaves_;          // the tree as stored
  std::optional<TileBuilder> records_;  // as the records would have it, where that differs
  std::vector<std::size_t> undecided_;  // findings since the last head: record or leaf?
  std::vector<Misfit> misfits_;
  AuditReport report_;
};

}  // namespace journal
