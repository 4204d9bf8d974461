#include "journal/tree.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "journal/proof.h"
#include "journal/subtree.h"

namespace journal {

namespace {

constexpr int kTileHeight = 8;
constexpr int kHeightMax = 62;
constexpr std::size_t kTileBytes = static_cast<std::size_t>(kTileWidth) * sizeof(Hash);
constexpr std::size_t kTilesKept = 64;
constexpr std::size_t kRootsKept = 16'384;

// Largest power of two below `n`, which is at least 2.
std::int64_t split_of(std::int64_t n) {
  return static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(n - 1)));
}

}  // namespace

base::Outcome<const std::string*> StoredTree::stored_tile(int level, std::int64_t number) {
  const Place place{level, number};
  if (const auto known = tiles_.find(place); known != tiles_.end()) return &known->second;
  std::optional<std::string> tile = TRY(source_.tile(level, number));
  if (!tile) return nullptr;
  if (tile->size() != kTileBytes) {
    return base::fault(base::FaultCode::corrupt, "tile " + std::to_string(number) + " of level " +
                                                     std::to_string(level) + " has not 256 hashes");
  }
  if (tiles_.size() >= kTilesKept) tiles_.clear();
  const auto [kept, added] = tiles_.insert_or_assign(place, std::move(*tile));
  return &kept->second;
}

base::Outcome<std::string> StoredTree::hashes(int level, std::int64_t first, std::int64_t count) {
  const std::string* const tile = TRY(stored_tile(level, first / kTileWidth));
  const std::size_t bytes = static_cast<std::size_t>(count) * sizeof(Hash);
  if (tile != nullptr) {
    return tile->substr(static_cast<std::size_t>(first % kTileWidth) * sizeof(Hash), bytes);
  }
  if (level == 0) {
    std::string leaves = TRY(source_.leaf_hashes(first, count));
    if (leaves.size() == bytes) return leaves;
    return base::fault(base::FaultCode::corrupt, "leaves " + std::to_string(first) + " to " +
                                                     std::to_string(first + count - 1) +
                                                     " are not all there");
  }
  std::string roots;
  for (std::int64_t i = first; i < first + count; ++i) {
    const Hash root = TRY(root_below(level - 1, i));
    roots += bytes_of(root);
  }
  return roots;
}

base::Outcome<Hash> StoredTree::root_below(int level, std::int64_t number) {
  const Place place{level, number};
  if (const auto known = roots_.find(place); known != roots_.end()) return known->second;
  std::string all = TRY(hashes(level, number * kTileWidth, kTileWidth));
  const Hash root = complete_root(std::move(all));
  if (roots_.size() >= kRootsKept) roots_.clear();
  roots_.insert_or_assign(place, root);
  return root;
}

base::Outcome<Hash> StoredTree::node(int height, std::int64_t number) {
  if (height < 0 || height > kHeightMax || number < 0 ||
      number > std::numeric_limits<std::int64_t>::max() >> static_cast<unsigned>(height)) {
    return base::fault(base::FaultCode::invalid, "no tree has such a node");
  }
  const int level = height / kTileHeight;
  const auto rest = static_cast<unsigned>(height % kTileHeight);
  if (rest == 0 && level > 0 && roots_.contains({level - 1, number})) {
    return roots_.at({level - 1, number});
  }
  std::string below = TRY(hashes(level, number << rest, std::int64_t{1} << rest));
  return complete_root(std::move(below));
}

base::Outcome<Hash> StoredTree::subtree(std::int64_t from, std::int64_t to) {
  const auto count = static_cast<std::uint64_t>(to - from);
  if (std::has_single_bit(count)) {
    const int height = std::countr_zero(count);
    return node(height, from >> static_cast<unsigned>(height));
  }
  const std::int64_t middle = from + split_of(to - from);
  const Hash left = TRY(subtree(from, middle));
  const Hash right = TRY(subtree(middle, to));
  return hash_node(left, right);
}

base::Outcome<Hash> StoredTree::root_at(std::int64_t size) {
  if (size < 0) return base::fault(base::FaultCode::invalid, "no tree has such a size");
  if (size == 0) return empty_root();
  return subtree(0, size);
}

base::Outcome<std::vector<Hash>> StoredTree::edge_at(std::int64_t size) {
  if (size < 0) return base::fault(base::FaultCode::invalid, "no tree has such a size");
  std::vector<Hash> edge;
  for (std::int64_t from = 0; from < size;) {
    const auto count =
        static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(size - from)));
    edge.push_back(TRY(subtree(from, from + count)));
    from += count;
  }
  return edge;
}

base::Outcome<std::vector<Hash>> StoredTree::inclusion_proof(std::int64_t index,
                                                             std::int64_t size) {
  if (index < 0 || index >= size) {
    return base::fault(base::FaultCode::invalid, "the tree has no such leaf");
  }
  // From the root down; the path is told from the leaf up.
  std::vector<Hash> path;
  std::int64_t from = 0;
  std::int64_t to = size;
  while (to - from > 1) {
    const std::int64_t middle = from + split_of(to - from);
    if (index < middle) {
      path.push_back(TRY(subtree(middle, to)));
      to = middle;
    } else {
      path.push_back(TRY(subtree(from, middle)));
      from = middle;
    }
  }
  std::ranges::reverse(path);
  return path;
}

base::Outcome<std::vector<Hash>> StoredTree::consistency_proof(std::int64_t old_size,
                                                               std::int64_t new_size) {
  if (old_size < 0 || old_size > new_size) {
    return base::fault(base::FaultCode::invalid, "the tree never had such a size");
  }
  std::vector<Hash> path;
  if (old_size == 0 || old_size == new_size) return path;
  std::int64_t from = 0;
  std::int64_t to = new_size;
  while (to != old_size) {
    const std::int64_t middle = from + split_of(to - from);
    if (old_size <= middle) {
      path.push_back(TRY(subtree(middle, to)));
      to = middle;
    } else {
      path.push_back(TRY(subtree(from, middle)));
      from = middle;
    }
  }
  // Where the old tree is one complete subtree, whoever checks has its root.
  if (from != 0) path.push_back(TRY(subtree(from, to)));
  std::ranges::reverse(path);
  return path;
}

}  // namespace journal
