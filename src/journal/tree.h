#pragma once
// tree.h - a tree that lies somewhere in tiles, read through two functions: roots and proofs.
//
// A tile holds 256 hashes of one level: of level 0 leaf hashes, of level L the roots of complete
// subtrees of 256^L leaves.  Only complete tiles are stored.  What no complete tile covers is
// worked out from the level below and kept in memory, so that the first proof near the end of a
// large tree reads some hundred tiles and the next ones a handful.
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/fault.h"
#include "journal/hash.h"

namespace journal {

inline constexpr std::int64_t kTileWidth = 256;

struct TreeSource {
  // The complete tile `number` of `level` (0, 1, 2 ...): 8,192 bytes, or nothing where it is not
  // stored.
  std::function<base::Outcome<std::optional<std::string>>(int level, std::int64_t number)> tile;
  // Leaf hashes from index `from`, 32 bytes each, exactly `count`; asked for no more than 256.
  std::function<base::Outcome<std::string>(std::int64_t from, std::int64_t count)> leaf_hashes;
};

// Faults: what the source answers; `corrupt` where it answers too little; `invalid` for a size or
// an index that cannot be.  Not thread-safe: it remembers what it has read.  As the tree only
// grows, what it remembers stays true.
class StoredTree {
 public:
  explicit StoredTree(TreeSource source) : source_(std::move(source)) {}

  // Requires that the source has at least as many leaves as each size named.
  [[nodiscard]] base::Outcome<Hash> root_at(std::int64_t size);
  // From the leaf up.
  [[nodiscard]] base::Outcome<std::vector<Hash>> inclusion_proof(std::int64_t index,
                                                                 std::int64_t size);
  [[nodiscard]] base::Outcome<std::vector<Hash>> consistency_proof(std::int64_t old_size,
                                                                   std::int64_t new_size);
  // The roots of the complete subtrees that make up the tree of `size`, largest first: what
  // CompactRange::restore needs.
  [[nodiscard]] base::Outcome<std::vector<Hash>> edge_at(std::int64_t size);
  // Root of the complete subtree of 2^height leaves that begins at leaf number * 2^height.
  [[nodiscard]] base::Outcome<Hash> node(int height, std::int64_t number);
  // `count` hashes of `level` from the `first` on, all of one tile, stored or made from what lies
  // below it.
  [[nodiscard]] base::Outcome<std::string> hashes(int level, std::int64_t first,
                                                  std::int64_t count);

 private:
  using Place = std::pair<int, std::int64_t>;  // level and number

  [[nodiscard]] base::Outcome<Hash> subtree(std::int64_t from, std::int64_t to);
  [[nodiscard]] base::Outcome<Hash> root_below(int level, std::int64_t number);
  [[nodiscard]] base::Outcome<const std::string*> stored_tile(int level, std::int64_t number);

  TreeSource source_;
  std::map<Place, std::string> tiles_;  // read lately, at most kTilesKept
  std::map<Place, Hash> roots_;         // of complete tiles
};

struct Tile {
  int level = 0;
  std::int64_t number = 0;
  std::string hashes;  // 8,192 bytes
};

// The tiles that become complete as leaves are appended.  Holds at most 256 hashes a level.
class TileBuilder {
 public:
  TileBuilder() = default;  // of the empty tree
  // Goes on where the tree had `size` leaves.
  [[nodiscard]] static base::Outcome<TileBuilder> resume(StoredTree& tree, std::int64_t size);

  void append(const Hash& leaf);

  [[nodiscard]] std::int64_t size() const { return size_; }
  [[nodiscard]] Hash root() const;
  // As of CompactRange.
  [[nodiscard]] std::vector<Hash> edge() const;
  // Those completed since the last call, of all levels, each after those below it.
  [[nodiscard]] std::vector<Tile> take_completed();
  // Hashes of `level` after its last complete tile.
  [[nodiscard]] const std::string& partial(int level) const;
  [[nodiscard]] int levels() const { return static_cast<int>(partial_.size()); }

 private:
  std::int64_t size_ = 0;
  std::vector<std::string> partial_;
  std::vector<Tile> completed_;
};

}  // namespace journal
