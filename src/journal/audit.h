#pragma once
// audit.h - holds a whole store against its tree, and the tree against heads kept elsewhere.
//
// Fed record by record, so that a store of any size is audited in little memory:
//
//   Audit audit{tenant, keys, saved heads, heads of the store};
//   for each record in order of index: audit.add(record);
//   const AuditReport report = audit.finish();
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "journal/checkpoint.h"
#include "journal/compact_range.h"
#include "journal/leaf.h"

namespace journal {

enum class Damage {
  record_changed,         // the record is not what its leaf commits to
  record_missing,         // a leaf whose record is gone
  record_out_of_place,    // an index twice, or one smaller than the one before
  leaf_missing,           // the record has an index, but the tree has no leaf there
  sequence_broken,        // records of one subject do not follow each other
  head_malformed,         // not a checkpoint
  head_signature_bad,     // no known key signed it, or one is named that did not
  head_not_of_this_tree,  // another root at that size
  head_out_of_order,      // of another log, or a head that is not larger than the one before it
  tree_too_short,         // a head is over more leaves than there are
};
[[nodiscard]] std::string_view to_text(Damage damage);

// As the store has it now.  The views live until add() returns.
struct AuditRecord {
  std::int64_t index = -1;  // of its leaf; -1: not in the tree yet
  Leaf leaf;                // `content` only where it was erased; else it is computed
  bool erased = false;      // the content is gone by law, its hash is in `leaf`
  std::string_view salt;
  Content content;
  std::string_view leaf_hash;  // what the tree has at the index, 32 bytes; empty: nothing
};

struct AuditHead {
  std::string name;  // for the report: "head 4711 of the store", name of a file
  std::string checkpoint;
  bool kept_elsewhere = false;  // handed in by whoever saved it; else of the store itself
};

struct AuditFinding {
  Damage damage;
  std::int64_t index = -1;  // of the record or leaf; of a head the size it claims; -1: none
  std::string detail;       // which record or head, without personal data
  friend bool operator==(const AuditFinding&, const AuditFinding&) = default;
};

inline constexpr std::size_t kFindingsKept = 100;

struct AuditReport {
  std::vector<AuditFinding> findings;  // the first kFindingsKept, in the order met
  std::int64_t findings_in_all = 0;
  std::int64_t leaves = 0;
  std::int64_t records_waiting = 0;  // not in the tree yet
  std::int64_t records_erased = 0;
  std::int64_t heads_checked = 0;
  std::int64_t covered = 0;  // leaves below the largest head that holds
  Hash root{};

  [[nodiscard]] bool whole() const { return findings_in_all == 0; }
  // Smallest index that damage was found at; of a head that does not fit, that of the first leaf
  // which no head that holds covers.  -1: none.
  std::int64_t first_bad_index = -1;
};

class Audit {
 public:
  // `tenant`: what every leaf has to name.  Heads in any order.
  Audit(std::string tenant, std::span<const VerifierKey> keys, std::vector<AuditHead> heads);

  // Records that have an index in its order, the others after them.
  void add(const AuditRecord& record);
  [[nodiscard]] AuditReport finish();

 private:
  struct Expected {
    std::string name;
    TreeHead head;
    bool kept_elsewhere = false;
  };
  void find(Damage damage, std::int64_t index, std::string detail);
  void append_leaf(const Hash& leaf);
  void compare_heads();

  std::string tenant_;
  std::vector<Expected> heads_;  // by size
  std::size_t next_head_ = 0;
  CompactRange tree_;
  AuditReport report_;
};

}  // namespace journal
